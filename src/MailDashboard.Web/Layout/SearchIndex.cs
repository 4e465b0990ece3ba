using System.Security.Claims;
using MailDashboard.Monitoring.Search;
using MailDashboard.Web.Account;
using MailDashboard.Web.Domains;
using MailDashboard.Web.Toolbox;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace MailDashboard.Web.Layout;

/// <summary>Something found.</summary>
/// <param name="Kind">Domain, address, finding or page, in the reader's language.</param>
public sealed record SearchResult(string Title, string Kind, string Href, string Icon);

/// <summary>Finds domains, addresses, what a code means, and the pages that the reader may open.</summary>
public sealed class SearchIndex(SearchQuery query, IAuthorizationService authorization, IStringLocalizer<LayoutTexts> texts)
{
    private const int MostCodes = 6;
    private const int MostShown = 60;

    /// <summary>Shorter than this, a word is in nearly every title.</summary>
    private const int ShortestWord = 3;

    public async Task<IReadOnlyList<SearchResult>> FindAsync(string text, ClaimsPrincipal reader, CancellationToken cancellationToken)
    {
        var wanted = text.Trim();
        var codes = await CodesAsync(wanted, cancellationToken);
        var pages = await PagesAsync(wanted, reader);

        // Who types a code wants it; a word that is in the name of a page rather means the page.
        var isCode = codes.Count > 0 && codes[0].Title.StartsWith(wanted, StringComparison.OrdinalIgnoreCase);
        return
        [
            .. await DomainsAsync(wanted, cancellationToken),
            .. await AddressesAsync(wanted, cancellationToken),
            .. isCode ? codes.Concat(pages) : pages.Concat(codes),
            .. await ToolboxAsync(wanted, reader),
        ];
    }

    /// <summary>What the toolbox understands, for those who may use it: last, so that what is known stands first.</summary>
    private async Task<IEnumerable<SearchResult>> ToolboxAsync(string wanted, ClaimsPrincipal reader) =>
        ToolboxTools.AtOnce(ToolboxInput.Recognise(wanted)).IsEmpty
        || new ToolboxRequest(wanted).ToUri() is not { } uri
        || !(await authorization.AuthorizeAsync(reader, Policies.Operate)).Succeeded
            ? []
            : [new SearchResult(texts["Search.Toolbox", wanted.Length > MostShown ? wanted[..MostShown] + "…" : wanted], texts["Nav.Toolbox"], uri, Icons.Material.Outlined.Handyman)];

    private async Task<IEnumerable<SearchResult>> DomainsAsync(string wanted, CancellationToken cancellationToken) =>
        (await query.DomainsAsync(wanted, cancellationToken))
            .Select(d => new SearchResult(d.DisplayName, texts["Search.Domain"], $"domains/{d.Id}", Icons.Material.Outlined.Dns));

    private async Task<IEnumerable<SearchResult>> AddressesAsync(string wanted, CancellationToken cancellationToken) =>
        (await query.AddressesAsync(wanted, cancellationToken)).Select(a => new SearchResult(
            a.Address, texts[a.IsStated ? "Search.Stated" : "Search.Seen", a.DisplayName], $"domains/{a.DomainId}?family=blocklists", Icons.Material.Outlined.Lan));

    private async Task<List<SearchResult>> CodesAsync(string wanted, CancellationToken cancellationToken)
    {
        if (wanted.Length < 2)
        {
            return [];
        }

        var codes = FamilyCatalogue.Codes
            .Select(code => (Code: code, FamilyCatalogue.Describe(code)!.Title))
            .Where(c => Fits(c.Code, c.Title, wanted))
            .OrderBy(c => c.Code.StartsWith(wanted, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
            .Take(MostCodes)
            .ToList();
        var open = await query.OpenCountsAsync([.. codes.Select(c => c.Code)], cancellationToken);
        return [.. codes.Select(c => new SearchResult($"{c.Code} – {c.Title}", Count(open.GetValueOrDefault(c.Code)), $"findings/{c.Code}", Icons.Material.Outlined.Rule))];
    }

    private static bool Fits(string code, string title, string wanted) =>
        code.StartsWith(wanted, StringComparison.OrdinalIgnoreCase)
        || (wanted.Length >= ShortestWord && wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => title.Contains(word, StringComparison.CurrentCultureIgnoreCase)));

    private string Count(int domains) => domains switch
    {
        0 => texts["Search.Finding"],
        1 => texts["Search.Finding.One"],
        _ => texts["Search.Finding.Many", domains],
    };

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
