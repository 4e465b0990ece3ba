using System.Net;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Domains;

/// <summary>What a person states about a domain; as typed, to be validated.</summary>
public sealed record DomainDraft
{
    public bool? Sends { get; init; }

    public bool? Receives { get; init; }

    public IReadOnlyList<string> Selectors { get; init; } = [];

    public IReadOnlyList<string> SendingAddresses { get; init; } = [];

    public IReadOnlyList<string> OwnHosts { get; init; } = [];

    /// <summary>Hosts that people's mail programs connect to; empty: found out from DNS.</summary>
    public IReadOnlyList<string> ClientHosts { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Messages a day to one large mailbox provider; null: not stated.</summary>
    public int? DailyVolume { get; init; }

    /// <summary>Judged by the strict profile as well.</summary>
    public bool IsStrict { get; init; }

    public int? DnsIntervalMinutes { get; init; }

    public int? BlocklistIntervalMinutes { get; init; }

    public int? ConnectionIntervalMinutes { get; init; }

    /// <summary>What is stated about a domain now.</summary>
    public static DomainDraft Of(MailDomain domain) => new()
    {
        Sends = domain.Sends,
        Receives = domain.Receives,
        Selectors = [.. domain.Selectors],
        SendingAddresses = [.. domain.SendingAddresses],
        OwnHosts = [.. domain.OwnHosts],
        ClientHosts = [.. domain.ClientHosts],
        DailyVolume = domain.DailyVolume,
        IsStrict = domain.IsStrict,
        Tags = [.. domain.Tags.Select(t => t.Tag).Order(StringComparer.Ordinal)],
        DnsIntervalMinutes = domain.DnsIntervalMinutes,
        BlocklistIntervalMinutes = domain.BlocklistIntervalMinutes,
        ConnectionIntervalMinutes = domain.ConnectionIntervalMinutes,
    };

    /// <summary>Whether both state the same, list for list.</summary>
    public bool States(DomainDraft other) =>
        (Sends, Receives, DailyVolume, IsStrict, DnsIntervalMinutes, BlocklistIntervalMinutes, ConnectionIntervalMinutes)
            == (other.Sends, other.Receives, other.DailyVolume, other.IsStrict, other.DnsIntervalMinutes, other.BlocklistIntervalMinutes, other.ConnectionIntervalMinutes)
        && Selectors.SequenceEqual(other.Selectors)
        && SendingAddresses.SequenceEqual(other.SendingAddresses)
        && OwnHosts.SequenceEqual(other.OwnHosts)
        && ClientHosts.SequenceEqual(other.ClientHosts)
        && Tags.SequenceEqual(other.Tags);
}

/// <summary>A field that cannot be taken as typed.</summary>
/// <param name="Field">Name of the property of <see cref="DomainDraft"/>.</param>
/// <param name="Problem">A key: <c>BadAddress</c>, <c>BadSelector</c>, <c>BadHost</c>, <c>BadTag</c>, <c>BadInterval</c>, <c>BadVolume</c>, <c>BadStrict</c>, <c>TooMany</c>.</param>
/// <param name="Value">What was typed.</param>
public sealed record DraftProblem(string Field, string Problem, string Value);

/// <summary>Normalises a draft, or says what is wrong with it: everything at once.</summary>
public static class DomainDraftValidation
{
    /// <summary>The shortest interval, in minutes; blocklists ask not to be asked more often.</summary>
    public const int ShortestInterval = 5;

    /// <summary>A week, in minutes.</summary>
    public const int LongestInterval = 7 * 24 * 60;

    /// <summary>Messages a day: nobody sends more to one provider.</summary>
    public const int LargestVolume = 1_000_000_000;

    private const int MostEntries = 200;

    public static (DomainDraft Draft, IReadOnlyList<DraftProblem> Problems) Normalise(DomainDraft draft)
    {
        var problems = new List<DraftProblem>();
        var clean = draft with
        {
            Selectors = Each(draft.Selectors, nameof(draft.Selectors), "BadSelector", Selector, problems),
            SendingAddresses = Each(draft.SendingAddresses, nameof(draft.SendingAddresses), "BadAddress", Address, problems),
            OwnHosts = Each(draft.OwnHosts, nameof(draft.OwnHosts), "BadHost", Host, problems),
            ClientHosts = Each(draft.ClientHosts, nameof(draft.ClientHosts), "BadHost", Host, problems),
            Tags = Each(draft.Tags, nameof(draft.Tags), "BadTag", Tag, problems),
        };
        if (draft.DailyVolume is < 0 or > LargestVolume)
        {
            problems.Add(new DraftProblem(nameof(draft.DailyVolume), "BadVolume", draft.DailyVolume.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        Interval(draft.DnsIntervalMinutes, nameof(draft.DnsIntervalMinutes), problems);
        Interval(draft.BlocklistIntervalMinutes, nameof(draft.BlocklistIntervalMinutes), problems);
        Interval(draft.ConnectionIntervalMinutes, nameof(draft.ConnectionIntervalMinutes), problems);
        return (clean, problems);
    }

    private static List<string> Each(IReadOnlyList<string> typed, string field, string problem, Func<string, string?> normalise, List<DraftProblem> problems)
    {
        var clean = new List<string>();
        foreach (var text in typed.Select(t => t.Trim()).Where(t => t.Length > 0))
        {
            if (normalise(text) is not { } value)
            {
                problems.Add(new DraftProblem(field, problem, text));
            }
            else if (!clean.Contains(value))
            {
                clean.Add(value);
            }
        }

        if (clean.Count > MostEntries)
        {
            problems.Add(new DraftProblem(field, "TooMany", clean.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        return clean;
    }

    /// <summary>A selector is a sequence of host labels (RFC 6376 §3.1); people often paste the whole owner name.</summary>
    private static string? Selector(string text)
    {
        var name = DnsNames.Normalize(text);
        var mark = name.IndexOf("._domainkey", StringComparison.Ordinal);
        name = mark > 0 ? name[..mark] : name;
        return name.Length > 0 && DnsNames.CanBeAsked(name) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? name : null;
    }

    private static string? Address(string text) =>
        IPAddress.TryParse(text, out var address) && (text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3)
            ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString()
            : null;

    private static string? Host(string text) => DomainName.TryParse(text, out var name, out _, out _) ? name.Ascii : null;

    private static string? Tag(string text)
    {
        var tag = text.ToLowerInvariant().Normalize();
        return tag.Length <= 100 && !tag.Any(char.IsControl) ? tag : null;
    }

    private static void Interval(int? minutes, string field, List<DraftProblem> problems)
    {
        if (minutes is < ShortestInterval or > LongestInterval)
        {
            problems.Add(new DraftProblem(field, "BadInterval", minutes.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
    }
}
