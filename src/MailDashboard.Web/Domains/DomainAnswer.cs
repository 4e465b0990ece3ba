using MailDashboard.Checks;
using MailDashboard.Monitoring.Domains;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Domains;

/// <summary>The one sentence at the top of a domain's page.</summary>
internal static class DomainAnswer
{
    public static string Sentence(DomainDossier dossier, IStringLocalizer<DomainsTexts> texts)
    {
        if (dossier.Families.Count == 0)
        {
            return texts["Answer.First"];
        }

        var critical = dossier.Findings.Count(f => f.Severity == Severity.Critical);
        var errors = dossier.Findings.Count(f => f.Severity == Severity.Error);
        var warnings = dossier.Findings.Count(f => f.Severity == Severity.Warning);
        var unknown = dossier.Families.Count(f => f.Outcome == "inconclusive");
        var sentence = (critical, errors, warnings) switch
        {
            ( > 0, _, _) => texts["Answer.Critical", critical, errors + warnings],
            (0, > 0, _) => texts["Answer.Errors", errors, warnings],
            (0, 0, > 0) => texts["Answer.Warnings", warnings],
            _ => texts["Answer.Well"],
        };
        return unknown == 0 ? sentence : $"{sentence} {texts["Answer.Unknown", unknown]}";
    }
}
