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

    [SupplyParameterFromQuery(Name = ReportAddress.PeriodName)]
    private string? PeriodKey { get; set; }

    [SupplyParameterFromQuery(Name = ReportAddress.FromName)]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = ReportAddress.ToName)]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = ReportAddress.TagName)]
    private string? Tag { get; set; }

    private string? Answer => _model is null ? null : _total == 0 ? L["Answer.Empty"] : ReportWords.Answer(_model, L);

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var asked = new ReportAddress(PeriodKey, From, To, Tag);
        _total = (await Domains.CountsAsync(cancellationToken)).All;
        _tags = await Domains.TagsAsync(cancellationToken);
        _model = await Query.ReadAsync(asked.PeriodAt(Time), asked.TagOrAll, cancellationToken);
    }

    private string PeriodHref(PeriodKind kind) => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        [ReportAddress.PeriodName] = kind == PeriodKind.ThisMonth ? null : ReportPeriod.KeyOf(kind),
        [ReportAddress.FromName] = null,
        [ReportAddress.ToName] = null,
    });

    /// <summary>The same period and tag, as something else.</summary>
    private string FileHref(string file) => $"reports/{file}{new Uri(Navigation.Uri).Query}";

    private void GoToTag(string? tag) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(ReportAddress.TagName, string.IsNullOrEmpty(tag) ? null : tag));
}
