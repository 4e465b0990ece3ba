using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Spf;

namespace MailDashboard.Monitoring.Watching;

/// <summary>Judges a change of the domain's SPF record by its end: what becomes of everybody it does not name.</summary>
internal static class SpfChanges
{
    private const int Everybody = 0;
    private const int NoOpinion = 1;

    public static (FindingDefinition, Severity?)? Judge(RecordChange change)
    {
        var before = Records(change.Before);
        var after = Records(change.After);
        if (before.Count > 0 && after.Count == 0)
        {
            return (ChangeFindings.SpfRemoved, null);
        }

        // Several at once, or an end that another record decides: the family Spf looks there.
        return before is [var one] && after is [var other] && End(one) is { } was && End(other) is { } now && now < was && now <= NoOpinion
            ? (ChangeFindings.SpfWidened, now == Everybody ? Severity.Error : Severity.Warning)
            : null;
    }

    private static List<string> Records(ImmutableArray<string> texts) => [.. texts.Where(SpfRecord.IsSpf)];

    /// <summary>Null where another record decides.</summary>
    private static int? End(string text)
    {
        var record = SpfParser.Parse(text);
        return record switch
        {
            { FirstAll: >= 0 } => record.Terms[record.FirstAll].Qualifier switch
            {
                SpfQualifier.Fail => 3,
                SpfQualifier.SoftFail => 2,
                SpfQualifier.Neutral => NoOpinion,
                _ => Everybody,
            },
            { Redirect: >= 0 } => null,
            _ => NoOpinion,
        };
    }
}
