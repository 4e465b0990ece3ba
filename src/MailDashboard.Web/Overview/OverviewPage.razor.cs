using MailDashboard.Checks;
using MailDashboard.Monitoring.Overview;
using MailDashboard.Web.Domains;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Overview;

/// <summary>What needs me now?</summary>
public sealed partial class OverviewPage
{
    private OverviewModel? _model;

    [Inject]
    private OverviewQuery Query { get; set; } = default!;

    private string? Answer => _model switch
    {
        null => null,
        { DomainCount: 0 } => L["Answer.Empty"].Value,
        { NeedyCount: 0, ConfirmedListings: 0, NewCount: > 0 } m => L["Answer.Looking", m.NewCount].Value,
        { NeedyCount: 0, ConfirmedListings: 0, UndeterminedCount: > 0 } m => L["Answer.Unknown", m.DomainCount, m.UndeterminedCount].Value,
        { NeedyCount: 0, ConfirmedListings: 0 } m => L["Answer.Well", m.DomainCount].Value,
        { ConfirmedListings: > 0 } m => L["Answer.Listed", m.NeedyCount, m.DomainCount, m.ConfirmedListings].Value,
        var m => L["Answer.Needy", m.NeedyCount, m.DomainCount].Value,
    };

    protected override async Task LoadAsync(CancellationToken cancellationToken) => _model = await Query.ReadAsync(cancellationToken);

    private string Sentence(RecentChange change)
    {
        if (change.Kind == ChangeKind.RecordChanged)
        {
            return L["Changes.Record", change.Text];
        }

        var title = FamilyCatalogue.Text(change.Code!, Subject.Parse(change.Text), change.Evidence, change.DisplayName)?.Title ?? change.Code!;
        return L[change.Kind == ChangeKind.FindingOpened ? "Changes.Opened" : "Changes.Resolved", title];
    }
}
