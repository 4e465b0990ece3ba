using System.Globalization;
using MailDashboard.Checks.Compliance;
using MailDashboard.Monitoring.Compliance;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Compliance;

/// <summary>Which domains meet the rules of which mailbox providers? Filter and page are in the address, so that a view can be kept and sent.</summary>
public sealed partial class CompliancePage
{
    private static readonly ComplianceStatus[] Filters = [ComplianceStatus.NotMet, ComplianceStatus.AtRisk, ComplianceStatus.Undetermined, ComplianceStatus.Met, ComplianceStatus.NotMeasurable, ComplianceStatus.NotApplicable];
    private ComplianceQuery _query = new();
    private ComplianceList? _list;
    private ComplianceCounts _counts = new(0, new Dictionary<ComplianceStatus, int>());
    private IReadOnlyList<(string Tag, int Count)> _tags = [];
    private CancellationTokenSource? _typing;

    [Inject]
    private ComplianceBoard Board { get; set; } = default!;

    [Inject]
    private DomainCatalogue Domains { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "q")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "tag")]
    private string? Tag { get; set; }

    [SupplyParameterFromQuery(Name = "status")]
    private string? Status { get; set; }

    [SupplyParameterFromQuery(Name = "provider")]
    private string? ProviderId { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private int? PageNumber { get; set; }

    private static ComplianceCatalogue Catalogue => ComplianceCatalogue.Shipped;

    private IReadOnlyList<ComplianceProvider> Shown => Catalogue.Find(_query.Provider) is { } only ? [only] : Catalogue.Providers;

    private string? Answer => _list is null || _counts.All == 0 ? null
        : _counts.ByStatus.Count == 0 ? L["Answer.New"]
        : string.Join(' ', Standing());

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        _query = new ComplianceQuery
        {
            Search = Search,
            Tag = Tag,
            Status = Enum.TryParse<ComplianceStatus>(Status, ignoreCase: true, out var status) && Enum.IsDefined(status) ? status : null,
            Provider = Catalogue.Find(ProviderId)?.Id,
            Page = Math.Max(0, (PageNumber ?? 1) - 1),
        };
        _counts = await Board.CountsAsync(_query.Provider, cancellationToken);
        _tags = await Domains.TagsAsync(cancellationToken);
        _list = await Board.ListAsync(_query, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _typing?.Dispose();
        }

        base.Dispose(disposing);
    }

    private static string Number(int value) => value.ToString("N0", CultureInfo.CurrentCulture);

    private IEnumerable<string> Standing()
    {
        var (broken, risky, open) = (_counts.Of(ComplianceStatus.NotMet), _counts.Of(ComplianceStatus.AtRisk), _counts.Of(ComplianceStatus.Undetermined));
        yield return broken > 0 ? L.Count("Answer.NotMet", broken) : L["Answer.NoneBroken"];
        if (risky > 0)
        {
            yield return L.Count("Answer.AtRisk", risky);
        }

        if (open > 0)
        {
            yield return L.Count("Answer.Undetermined", open);
        }
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
            Navigation.NavigateTo(With("q", text?.Trim()), replace: true);
        }
        catch (OperationCanceledException)
        {
            // Another key came.
        }
    }

    private void GoToProvider(string? id) => Navigation.NavigateTo(With("provider", id));

    private void GoToTag(string? tag) => Navigation.NavigateTo(With("tag", tag));

    private string StatusHref(ComplianceStatus? status) => With("status", status?.ToString());

    private string With(string filter, string? value) =>
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { [filter] = string.IsNullOrWhiteSpace(value) ? null : value, ["page"] = null });

    private string Href(int page) => Navigation.GetUriWithQueryParameter("page", page == 0 ? null : page + 1);
}
