using MailDashboard.Monitoring.Domains;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Domains;

/// <summary>Where do my domains stand? Filter, order and page are in the address, so that a view can be kept and sent.</summary>
public sealed partial class DomainsPage
{
    private readonly DomainListQuery _defaults = new();
    private DomainListQuery _query = new();
    private DomainListPage? _page;
    private DomainCounts _counts = new(0, 0, 0, 0, 0);
    private IReadOnlyList<(string Tag, int Count)> _tags = [];
    private CancellationTokenSource? _typing;

    [Inject]
    private DomainCatalogue Catalogue { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "q")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "show")]
    private string? Show { get; set; }

    [SupplyParameterFromQuery(Name = "tag")]
    private string? Tag { get; set; }

    [SupplyParameterFromQuery(Name = "by")]
    private string? By { get; set; }

    [SupplyParameterFromQuery(Name = "down")]
    private bool Down { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private int? PageNumber { get; set; }

    private DomainFilter Filter => _query.Filter;

    private bool IsUnfiltered => string.IsNullOrEmpty(Search) && string.IsNullOrEmpty(Tag) && Filter == DomainFilter.All;

    private string? Answer => _page is null || (_page.Total == 0 && IsUnfiltered) ? null
        : IsUnfiltered ? string.Join(' ', Standing().Where(s => s.Length > 0))
        : L.Count("List.Matching", _page.Total);

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        _query = _defaults with
        {
            Search = Search,
            Tag = Tag,
            Filter = Enum.TryParse<DomainFilter>(Show, ignoreCase: true, out var filter) && Enum.IsDefined(filter) ? filter : DomainFilter.All,
            Order = Enum.TryParse<DomainOrder>(By, ignoreCase: true, out var order) && Enum.IsDefined(order) ? order : DomainOrder.Name,
            Descending = Down,
            Page = Math.Max(0, (PageNumber ?? 1) - 1),
        };
        _page = await Catalogue.ListAsync(_query, cancellationToken);
        _counts = await Catalogue.CountsAsync(cancellationToken);
        _tags = await Catalogue.TagsAsync(cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _typing?.Dispose();
        }

        base.Dispose(disposing);
    }

    private IEnumerable<string> Standing()
    {
        string Part(string key, int number) => number > 0 ? L.Count(key, number) : "";
        yield return L.Count("List.All", _counts.All);
        yield return Part("List.Needy", _counts.NeedsAttention);
        yield return Part("List.Unknown", _counts.Undetermined);
        yield return Part("List.New", _counts.New);
    }

    /// <summary>Waits until the person pauses; every key would otherwise be a query.</summary>
    private async Task SearchAsync(string? text)
    {
        _typing?.Cancel();
        _typing?.Dispose();
        _typing = CancellationTokenSource.CreateLinkedTokenSource(Left);
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), Time, _typing.Token);
            Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["q"] = string.IsNullOrWhiteSpace(text) ? null : text.Trim(), ["page"] = null }), replace: true);
        }
        catch (OperationCanceledException)
        {
            // Another key came.
        }
    }

    private void GoToTag(string? tag) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["tag"] = string.IsNullOrEmpty(tag) ? null : tag, ["page"] = null }));

    private string FilterHref(DomainFilter filter) =>
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["show"] = filter == DomainFilter.All ? null : filter.ToString(), ["page"] = null });

    private string Href(int page) => Navigation.GetUriWithQueryParameter("page", page == 0 ? null : page + 1);

    private string SortHref(DomainOrder order)
    {
        // The first click on a column shows what people look for: names from A, everything else from its worrying end.
        var first = order is DomainOrder.Worst or DomainOrder.Listings or DomainOrder.LastAudit;
        var down = _query.Order == order ? !_query.Descending : first;
        return Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["by"] = order == DomainOrder.Name ? null : order.ToString(),
            ["down"] = down ? true : null,
            ["page"] = null,
        });
    }
}
