using System.Collections.Immutable;
using MailDashboard.Checks.Compliance;
using MailDashboard.Checks.Strict;
using MailDashboard.Web.Shared;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Compliance;

/// <summary>The strict profile in one sentence.</summary>
internal static class StrictWords
{
    public static string Summary(ImmutableArray<StrictVerdict> verdicts, IStringLocalizer<ComplianceTexts> texts) => string.Join(' ', Parts(verdicts, texts));

    private static IEnumerable<string> Parts(ImmutableArray<StrictVerdict> verdicts, IStringLocalizer<ComplianceTexts> texts)
    {
        foreach (var (status, key) in new[] { (ComplianceStatus.Met, "Strict.Met"), (ComplianceStatus.NotMet, "Strict.NotMet"), (ComplianceStatus.Undetermined, "Strict.Undetermined"), (ComplianceStatus.NotMeasurable, "Strict.NotMeasurable") })
        {
            if (verdicts.Count(v => v.Status == status) is var count and > 0)
            {
                yield return texts.Count(key, count);
            }
        }
    }
}
