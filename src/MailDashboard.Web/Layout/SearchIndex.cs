using System.Security.Claims;
using MailDashboard.Monitoring.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace MailDashboard.Web.Layout;

/// <summary>Something found.</summary>
/// <param name="Kind">Domain or page, in the reader's language.</param>
public sealed record SearchResult(string Title, string Kind, string Href, string Icon);

/// <summary>Finds domains and the pages that the reader may open.</summary>
public sealed class SearchIndex(
    IDbContextFactory<DashboardContext> contexts, IAuthorizationService authorization, IStringLocalizer<LayoutTexts> texts)
{
    private const int MaximumDomains = 8;

    public async Task<IReadOnlyList<SearchResult>> FindAsync(string text, ClaimsPrincipal reader, CancellationToken cancellationToken)
    {
        var wanted = text.Trim().ToLowerInvariant();
        return [.. await DomainsAsync(wanted, cancellationToken), .. await PagesAsync(wanted, reader)];
    }

    private async Task<List<SearchResult>> DomainsAsync(string wanted, CancellationToken cancellationToken)
    {
        if (wanted.Length == 0)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var domains = await db.Domains.AsNoTracking()
            .Where(d => d.DisplayName.Contains(wanted) || d.Name.Contains(wanted))
            .OrderBy(d => d.DisplayName.StartsWith(wanted) ? 0 : 1).ThenBy(d => d.DisplayName)
            .Take(MaximumDomains)
            .Select(d => new { d.Id, d.DisplayName })
            .ToListAsync(cancellationToken);
        return [.. domains.Select(d => new SearchResult(d.DisplayName, texts["Search.Domain"], $"domains/{d.Id}", Icons.Material.Outlined.Dns))];
    }

    private async Task<List<SearchResult>> PagesAsync(string wanted, ClaimsPrincipal reader)
    {
        var pages = new List<SearchResult>();
        foreach (var entry in NavEntries.Main.Concat(NavEntries.Settings))
        {
            var title = texts[entry.Key].Value;
            if (title.Contains(wanted, StringComparison.CurrentCultureIgnoreCase) && (await authorization.AuthorizeAsync(reader, entry.Policy)).Succeeded)
            {
                pages.Add(new SearchResult(title, texts["Search.Page"], entry.Href, entry.Icon));
            }
        }

        return pages;
    }
}
