using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Blocklists;

namespace MailDashboard.Mail.Messages.Judging;

/// <summary>Judges listings. A list that could not be asked says nothing, for good or ill.</summary>
internal static class ReputationJudge
{
    public static void Judge(MessageObservation seen, VerdictBuilder verdict)
    {
        foreach (var look in seen.Looks.Where(l => l.State == ListingState.Listed).OrderByDescending(l => l.Weight))
        {
            var definition = look.Subject.Address is null ? ServerMarks.DomainListed : ServerMarks.AddressListed;
            verdict.Mark(definition, look.Listing, Points(look.Weight), BlocklistFindings.SeverityOf(look.Weight), Evidence(look));
        }

        foreach (var look in seen.Looks.Where(l => l.State == ListingState.Unknown))
        {
            verdict.CouldNotTell(look.Cause == UnknownCause.NotPublic ? Subject.Address(look.Subject.Address!) : look.Listing, look.Reason!);
        }

        foreach (var group in seen.Looks.GroupBy(l => l.Subject).Where(g => g.Any(l => l.IsDetermined) && !g.Any(l => l.State == ListingState.Listed)))
        {
            var subject = group.Key.Address is { } address ? Subject.Address(address) : Subject.Host(group.Key.Name);
            verdict.Fine(subject, "notListed", string.Join(", ", group.Where(l => l.State == ListingState.NotListed).Select(l => l.List.Name)));
        }
    }

    /// <summary>By how many receivers act on the list.</summary>
    public static decimal Points(ListWeight weight) => weight switch
    {
        ListWeight.Critical => 3m,
        ListWeight.High => 2m,
        ListWeight.Medium => 1m,
        ListWeight.Low => 0.3m,
        _ => 0m,
    };

    private static Evidence[] Evidence(ListingLook look)
    {
        string Meaning(string culture) => string.Join(' ', look.Codes.Select(c => c.Code.Meaning.In(CultureInfo.GetCultureInfo(culture))).Distinct());
        List<Evidence> evidence =
        [
            new("listName", look.List.Name),
            new("answer", string.Join(", ", look.Codes.Select(c => c.Answer).Distinct()), look.Server),
            new("meaning", Meaning("en")),
            new("meaning.fr", Meaning("fr")),
            new("removal", look.List.RemovalFor(look.Subject.Name) ?? look.List.LookupFor(look.Subject.Name) ?? look.List.Name),
        ];
        if (look.Text is { } text)
        {
            evidence.Add(new Evidence("reason", text));
        }

        return [.. evidence];
    }
}
