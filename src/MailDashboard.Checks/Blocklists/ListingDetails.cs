using System.Collections.Immutable;
using System.Globalization;

namespace MailDashboard.Checks.Blocklists;

/// <summary>What a listing finding carries, read back from its evidence: for alerts and e-mails.</summary>
/// <param name="Subject">Address or domain.</param>
/// <param name="Zone">Public zone of the list.</param>
/// <param name="ListId">Id of the list in the data.</param>
/// <param name="ListName">As people call it.</param>
/// <param name="Answer">The addresses it answered.</param>
/// <param name="Meaning">What they mean, English and French.</param>
/// <param name="Weight">How much it matters.</param>
/// <param name="IsWatched">The domain's own; a provider's is shown only.</param>
/// <param name="Text">What the list itself writes, cleaned; may be hostile all the same.</param>
/// <param name="RemovalUrl">Where removal is asked for.</param>
public sealed record ListingDetails(
    string Subject,
    string Zone,
    string ListId,
    string ListName,
    string Answer,
    LocalText Meaning,
    ListWeight Weight,
    bool IsWatched,
    string? Text,
    string? RemovalUrl)
{
    /// <summary>May send an e-mail: watched, and of weight medium or more.</summary>
    public bool IsAlerting => IsWatched && Weight >= ListWeight.Medium;

    /// <summary>Reads a finding of this family back; null where it is not about a listing.</summary>
    public static ListingDetails? Of(Finding finding) => finding.Subject.Kind == SubjectKind.Listing ? Of(finding.Subject, finding.Evidence) : null;

    /// <summary>The same from what was stored of a finding.</summary>
    public static ListingDetails Of(Subject listing, IEnumerable<Evidence> evidence)
    {
        var byLabel = evidence.GroupBy(e => e.Label).ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal);
        var meaning = byLabel.GetValueOrDefault("meaning", "");
        return new ListingDetails(
            listing.Name,
            listing.List ?? "",
            byLabel.GetValueOrDefault("listId", ""),
            byLabel.GetValueOrDefault("listName", listing.List ?? ""),
            byLabel.GetValueOrDefault("answer", ""),
            new LocalText(meaning, byLabel.GetValueOrDefault("meaning.fr", meaning)),
            Enum.TryParse<ListWeight>(byLabel.GetValueOrDefault("weight"), ignoreCase: true, out var weight) ? weight : ListWeight.Info,
            byLabel.GetValueOrDefault("watched") == "true",
            byLabel.GetValueOrDefault("reason"),
            byLabel.GetValueOrDefault("removal") is { } removal && removal.StartsWith("http", StringComparison.Ordinal) ? removal : null);
    }

    /// <summary>The state as the command line and the facts write it.</summary>
    public static string StateWord(ListingState state) => state switch
    {
        ListingState.Listed => "listed",
        ListingState.NotListed => "notListed",
        ListingState.Off => "off",
        _ => "unknown",
    };

    internal static string OriginWord(ListingOrigin origin) => origin switch
    {
        ListingOrigin.Stated => "stated",
        ListingOrigin.Spf => "spf",
        ListingOrigin.OwnHost => "ownHost",
        ListingOrigin.OtherHost => "mx",
        _ => "domain",
    };

    internal static Finding Finding(ListingLook look, WatchedSubject subject)
    {
        var definition = !subject.IsWatched ? BlocklistFindings.OthersListed
            : look.Subject.Kind == ListKind.Domain ? BlocklistFindings.DomainListed
            : BlocklistFindings.AddressListed;
        var evidence = ImmutableArray.CreateBuilder<Evidence>();
        evidence.Add(new Evidence("answer", string.Join(", ", look.Codes.Select(c => c.Answer).Distinct()), look.Server));
        evidence.Add(new Evidence("meaning", Meanings(look, CultureInfo.InvariantCulture)));
        evidence.Add(new Evidence("meaning.fr", Meanings(look, CultureInfo.GetCultureInfo("fr"))));
        Add("reason", look.Text);
        Add("weight", look.Weight.ToString().ToLowerInvariant());
        // An operator's own list may have no page; its name then says whom to ask.
        Add("removal", look.List.RemovalFor(look.Subject.Name) ?? look.List.LookupFor(look.Subject.Name) ?? look.List.Name);
        Add("listName", look.List.Name);
        Add("listId", look.List.Id);
        Add("watched", subject.IsWatched ? "true" : "false");
        Add("provider", subject.Provider ?? (subject.IsWatched ? null : subject.Host));
        return new Finding(definition, look.Listing, evidence.ToImmutable(), null, subject.IsWatched ? BlocklistFindings.SeverityOf(look.Weight) : Severity.Info);

        void Add(string label, string? value)
        {
            if (value is not null)
            {
                evidence.Add(new Evidence(label, value));
            }
        }
    }

    private static string Meanings(ListingLook look, CultureInfo culture) =>
        string.Join(" ", look.Codes.Select(c => c.Code.Meaning.In(culture)).Distinct());
}
