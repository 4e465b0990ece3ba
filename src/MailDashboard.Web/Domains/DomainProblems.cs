using MailDashboard.Monitoring.Domains;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Domains;

/// <summary>What is wrong with something typed about a domain, as a sentence that says what to do.</summary>
internal static class DomainProblems
{
    public static string Sentence(IStringLocalizer<DomainsTexts> texts, DomainNameProblem problem, string? suggestion)
    {
        var sentence = texts[$"Name.{problem}"];
        return suggestion is null ? sentence : $"{sentence} {texts["Name.Suggestion", suggestion]}";
    }

    public static string Sentence(IStringLocalizer<DomainsTexts> texts, DraftProblem problem) => texts[$"Draft.{problem.Problem}", problem.Value];
}
