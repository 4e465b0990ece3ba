using MailDashboard.Checks.Dkim;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Nameservers;

/// <summary>Says which names exist that nobody made up.</summary>
internal static class WildcardJudge
{
    private const int Longest = 200;

    public static void Judge(NameserversObservation seen, OutcomeBuilder outcome, Subject domain)
    {
        var answers = seen.Improbable.Where(a => a is { Status: DnsStatus.Answered } && !IsDkimsOwn(a) && !Forbids(a)).ToList();
        if (answers.Count > 0)
        {
            outcome.Report(NameserversFindings.Wildcard, domain, new Evidence("wildcards", string.Join('\n', answers.Select(Text)), answers[0].Server));
        }
    }

    /// <summary>A key for every selector is Dkim's to judge, and an empty one is what a domain without mail should have.</summary>
    private static bool IsDkimsOwn(DnsAnswer answer) =>
        answer.Question.Name.StartsWith($"{DkimSelectors.Improbable}._domainkey.", StringComparison.Ordinal)
        && answer.Texts.Any(t => DkimKeyRecord.Parse(t).State is DkimKeyState.Valid or DkimKeyState.Invalid or DkimKeyState.Revoked);

    /// <summary>Some forbid mail of every name below them, as they should.</summary>
    private static bool Forbids(DnsAnswer answer) => answer.Records.All(r => r switch
    {
        TxtRecord txt => txt.Text.Trim().Equals("v=spf1 -all", StringComparison.OrdinalIgnoreCase),
        MxRecord mx => mx.Exchange.Length == 0,
        _ => false,
    });

    private static string Text(DnsAnswer answer)
    {
        var label = answer.Question.Name.IndexOf('.', StringComparison.Ordinal);
        var value = answer.Records.Select(DnsRecordText.Of).Order(StringComparer.Ordinal).First();
        var text = $"*{answer.Question.Name[label..]} {answer.Question.Type} {value}";
        return text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest - 1), "…");
    }
}
