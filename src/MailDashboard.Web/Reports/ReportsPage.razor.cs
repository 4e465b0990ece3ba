using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Portfolio;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Reports;

/// <summary>How are we doing? For those who decide. Period and tag are in the address, so that a view can be kept and sent.</summary>
public sealed partial class ReportsPage
{
    private PortfolioModel? _model;
    private IReadOnlyList<(string Tag, int Count)> _tags = [];
    private int _total;

    [Inject]
    private PortfolioQuery Query { get; set; } = default!;

    [Inject]
    private DomainCatalogue Domains { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "period")]
    private string? PeriodKey { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "tag")]
    private string? Tag { get; set; }

    private string? Answer => _model is null ? null : _total == 0 ? L["Answer.Empty"] : ReportWords.Answer(_model, L);

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);
        _total = (await Domains.CountsAsync(cancellationToken)).All;
        _tags = await Domains.TagsAsync(cancellationToken);
        _model = await Query.ReadAsync(ReportPeriod.Parse(PeriodKey, From, To, today), Tag ?? "", cancellationToken);
    }

    private string PeriodHref(PeriodKind kind) => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["period"] = kind == PeriodKind.ThisMonth ? null : ReportPeriod.KeyOf(kind),
        ["from"] = null,
        ["to"] = null,
    });

    /// <summary>The same period and tag, as something else.</summary>
    private string FileHref(string file) => $"reports/{file}{new Uri(Navigation.Uri).Query}";

    private void GoToTag(string? tag) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("tag", string.IsNullOrEmpty(tag) ? null : tag));
}
