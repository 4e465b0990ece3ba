using MailDashboard.Checks;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Web.Shared;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Domains;

/// <summary>The sentence at the top of a domain's page: how urgent it is, what else there is, what is not known.</summary>
internal static class DomainAnswer
{
    public static string Sentence(DomainDossier dossier, IStringLocalizer<DomainsTexts> texts)
    {
        if (dossier.Families.Count == 0)
        {
            return texts["Answer.First"];
        }

        var unknown = dossier.Families.Count(f => f.Outcome == "inconclusive");
        return unknown == dossier.Families.Count ? texts["Answer.AllUnknown"]
            : string.Join(' ', Parts(dossier, unknown, texts).Where(p => p.Length > 0));
    }

    private static IEnumerable<string> Parts(DomainDossier dossier, int unknown, IStringLocalizer<DomainsTexts> texts)
    {
        int Count(Severity severity) => dossier.Findings.Count(f => f.Severity == severity);
        var (critical, errors, warnings) = (Count(Severity.Critical), Count(Severity.Error), Count(Severity.Warning));
        var (key, number, more) = (critical, errors, warnings) switch
        {
            ( > 0, _, _) => ("Answer.Critical", critical, errors + warnings),
            (0, > 0, _) => ("Answer.Errors", errors, warnings),
            _ => ("Answer.Warnings", warnings, 0),
        };
        yield return number > 0 ? texts.Count(key, number) : texts[unknown == 0 ? "Answer.Well" : "Answer.WellAsFar"];
        yield return more > 0 ? texts.Count(critical > 0 ? "Answer.More" : "Answer.MoreMay", more) : "";
        yield return unknown > 0 ? texts.Count("Answer.Unknown", unknown) : "";
    }
}
