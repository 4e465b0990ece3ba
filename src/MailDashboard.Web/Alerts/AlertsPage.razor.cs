using System.Collections.Immutable;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Web.Account;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Alerts;

/// <summary>What is going on, what somebody takes care of, and what is over.</summary>
public sealed partial class AlertsPage
{
    private const int PageSize = 50;

    private IReadOnlyList<AlertView>? _items;
    private IReadOnlyDictionary<AlertShow, int> _counts = new Dictionary<AlertShow, int>();
    private IReadOnlyList<(string Tag, int Count)> _tags = [];
    private ImmutableHashSet<long> _chosen = [];
    private int _total;
    private bool _canAct;

    [SupplyParameterFromQuery(Name = "show")]
    private string? Show { get; set; }

    [SupplyParameterFromQuery(Name = "tag")]
    private string? Tag { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private int? PageNumber { get; set; }

    [Inject]
    private AlertLog Log { get; set; } = default!;

    [Inject]
    private DomainCatalogue Catalogue { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private Authorizer Authorizer { get; set; } = default!;

    /// <summary>Of those shown, the ones that something can be done about.</summary>
    private IReadOnlyList<long> Open => [.. _items!.Where(a => a.ResolvedAt is null).Select(a => a.Id)];

    private AlertFilter Filter => new(Enum.TryParse<AlertShow>(Show, ignoreCase: true, out var show) ? show : AlertShow.Open, null, Empty(Tag), Empty(Search));

    private bool IsNarrowed => (Filter.Tag ?? Filter.Text) is not null;

    private int CurrentPage => Math.Max(0, (PageNumber ?? 1) - 1);

    private string? Answer => _items is null ? null
        : _counts[AlertShow.Open] == 0 ? L["Answer.None"]
        : _counts[AlertShow.Unhandled] == 0 ? L.Count("Answer.AllHandled", _counts[AlertShow.Open])
        : L.Count("Answer.Open", _counts[AlertShow.Unhandled]);

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        _counts = await Log.CountsAsync(cancellationToken);
        _tags = await Catalogue.TagsAsync(cancellationToken);
        (_items, _total) = await Log.ListAsync(Filter, CurrentPage, PageSize, cancellationToken);
        _canAct = await Authorizer.IsAllowedAsync(Policies.Operate, cancellationToken);
        _chosen = _chosen.Intersect(Open);
    }

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string? Text(ChangeEventArgs e) => Empty(e.Value?.ToString());

    private void Go(AlertFilter filter) => Navigation.NavigateTo(Href(filter));

    private string Href(AlertFilter filter, int page = 0) => Navigation.GetUriWithQueryParameters("alerts", new Dictionary<string, object?>
    {
        ["show"] = filter.Show == AlertShow.Open ? null : filter.Show.ToString().ToLowerInvariant(),
        ["tag"] = filter.Tag,
        ["q"] = filter.Text,
        ["page"] = page == 0 ? null : page + 1,
    });
}
