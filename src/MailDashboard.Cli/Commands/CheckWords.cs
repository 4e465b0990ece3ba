using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;

namespace MailDashboard.Cli.Commands;

/// <summary>The words of outcomes, and what they make the program end with.</summary>
internal static class CheckWords
{
    public static string Outcome(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.NotApplicable => "notApplicable",
        CheckOutcome.Inconclusive => "inconclusive",
        _ => "completed",
    };

    public static Reason? Reason(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.NotApplicable n => n.Reason,
        CheckOutcome.Inconclusive i => i.Reason,
        _ => null,
    };

    /// <summary>
    /// 1 for a finding of error or above. 2 where a family that was asked for by name told nothing at all, or, where none was named,
    /// where none of those that apply told anything. A notice ("the list refuses our resolver") is no answer to the question.
    /// </summary>
    public static int ExitCodeOf(AuditReport report, bool wereNamed)
    {
        if (report.Families.Any(f => f.Outcome.Findings.Any(x => x.Severity >= Severity.Error)))
        {
            return ExitCode.Bad;
        }

        var applying = report.Families.Where(f => f.Outcome is not CheckOutcome.NotApplicable).ToList();
        var silent = applying.Count(f => f.Outcome is CheckOutcome.Inconclusive && f.Outcome.Findings.All(x => x.Severity < Severity.Warning));
        return silent > 0 && (wereNamed || silent == applying.Count) ? ExitCode.Undetermined : ExitCode.Good;
    }
}
