using System.Globalization;
using MailDashboard.Monitoring.Overview;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Overview;

/// <summary>What needs me now?</summary>
public sealed partial class OverviewPage
{
    private const string NeedyHref = "domains?show=NeedsAttention&by=Worst&down=true";
    private OverviewModel? _model;

    [Inject]
    private OverviewQuery Query { get; set; } = default!;

    private string? Answer => _model switch
    {
        null => null,
        { DomainCount: 0 } => L["Answer.Empty"].Value,
        var m => string.Join(' ', Sentences(m)),
    };

    protected override async Task LoadAsync(CancellationToken cancellationToken) => _model = await Query.ReadAsync(cancellationToken);

    private IEnumerable<string> Sentences(OverviewModel model)
    {
        if (model.NeedyCount > 0)
        {
            yield return model.DomainCount == 1 ? L["Answer.NeedyOnly"].Value : L.Count("Answer.Needy", model.NeedyCount, Number(model.DomainCount));
        }

        if (model.ConfirmedListings > 0)
        {
            yield return L.Count("Answer.Listed", model.ConfirmedListings);
        }
        else if (model.NeedyCount == 0 && model.NewCount < model.DomainCount)
        {
            yield return L.Count("Answer.Well", model.DomainCount - model.NewCount);
        }

        if (model.NewCount > 0)
        {
            yield return L.Count("Answer.Looking", model.NewCount);
        }

        if (model.UndeterminedCount > 0)
        {
            yield return L.Count("Answer.Unknown", model.UndeterminedCount);
        }
    }

    private static string Number(int value) => value.ToString("N0", CultureInfo.CurrentCulture);
}
