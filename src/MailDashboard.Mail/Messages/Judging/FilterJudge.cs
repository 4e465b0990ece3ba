using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Mail.Messages.Filters;

namespace MailDashboard.Mail.Messages.Judging;

/// <summary>
/// Judges what spam filters say. Their rules about authentication, lists and form name faults that have marks here: they are shown,
/// and left out when it is decided whether the filter's verdict costs.
/// </summary>
internal static class FilterJudge
{
    private const int Shown = 15;

    private static readonly string[] JudgedHere =
    [
        "SPF_", "R_SPF", "DKIM", "R_DKIM", "T_DKIM", "DMARC", "ARC_", "FORGED_SPF", "RCVD_IN_", "RBL_", "DBL_", "URIBL_", "SURBL", "RDNS_", "HFILTER_", "HELO_", "NO_RELAYS", "ALL_TRUSTED", "AUTH_NA", "VIOLATED_DIRECT_SPF", "MISSING_DATE", "MISSING_MID",
        "MISSING_FROM", "MISSING_SUBJECT", "MISSING_MIME", "INVALID_MSGID", "INVALID_DATE", "DATE_IN_", "MULTIPLE_", "MULTIPLE_UNIQUE", "MIME_HTML_ONLY", "MPART_ALT_DIFF", "R_PARTS_DIFFER", "HTML_IMAGE_ONLY",
        "SUBJ_ALL_CAPS", "EMPTY_MESSAGE", "BROKEN_HEADERS", "RECEIVED_SPAMHAUS", "RCVD_NO_TLS", "RCVD_COUNT", "SUBJECT_NEEDS_ENCODING", "FROM_NEEDS_ENCODING", "R_BAD_CTE", "MIME_BAD",
    ];

    public static void Judge(MessageObservation seen, VerdictBuilder verdict)
    {
        foreach (var report in seen.Filters)
        {
            var subject = Subject.Part(report.Filter);
            if (report.WhyNot is { } why)
            {
                verdict.CouldNotTell(subject, why);
                continue;
            }

            if (report.Score < report.Required)
            {
                verdict.Fine(subject, "filter", string.Create(CultureInfo.InvariantCulture, $"{report.Filter}: {report.Score} / {report.Required}"));
                continue;
            }

            verdict.Mark(OwnScore(report) >= report.Required ? AttachmentMarks.FilterSpam : AttachmentMarks.FilterSpamElsewhere, subject, Evidence(report));
        }
    }

    /// <summary>The score without what rules add that name faults judged here.</summary>
    internal static decimal OwnScore(FilterReport report) => report.Score - report.Rules.Where(r => r.Points > 0 && IsJudgedHere(r.Name)).Sum(r => r.Points);

    private static bool IsJudgedHere(string rule) => Array.Exists(JudgedHere, p => rule.StartsWith(p, StringComparison.Ordinal));

    private static Evidence[] Evidence(FilterReport report) =>
    [
        new("filter", report.Filter),
        new("score", report.Score.ToString(CultureInfo.InvariantCulture)),
        new("required", report.Required.ToString(CultureInfo.InvariantCulture)),
        new("rules", string.Join('\n', report.Rules.Take(Shown).Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Points} {r.Name}: {r.Description}")))),
    ];
}
