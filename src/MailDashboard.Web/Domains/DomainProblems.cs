using System.Data.Common;
using MailDashboard.Monitoring.Domains;
using Microsoft.EntityFrameworkCore;
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

    /// <summary>The database failed: what was typed is kept, and the person may try again.</summary>
    public static bool IsDatabaseFailure(Exception e) => e is DbException or DbUpdateException or TimeoutException;

    public static string Sentence(IStringLocalizer<DomainsTexts> texts, DraftProblem problem) => texts[$"Draft.{problem.Problem}", problem.Value];
}
