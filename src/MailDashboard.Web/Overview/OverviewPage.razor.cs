using System.Globalization;
using MailDashboard.Monitoring.Overview;
using MailDashboard.Web.Alerts;
using MailDashboard.Web.Layout;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Overview;

/// <summary>What needs me now?</summary>
public sealed partial class OverviewPage
{
    private OverviewModel? _model;

    [Inject]
    private OverviewQuery Query { get; set; } = default!;

    [Inject]
    private ReaderClock Clock { get; set; } = default!;

    private string? Answer => _model switch
    {
        null => null,
        { Domains.All: 0 } => L["Answer.Empty"].Value,
        var m => string.Join(' ', Sentences(m)),
    };

    protected override async Task LoadAsync(CancellationToken cancellationToken) => _model = await Query.ReadAsync(cancellationToken);

    private static string Number(int value) => value.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>The first one answers; what follows is what it could not take into account.</summary>
    private IEnumerable<string> Sentences(OverviewModel model)
    {
        var (domains, broken) = (model.Domains, model.Broken);
        if (model.Unknown.ResolverSilentSince is { } silent)
        {
            yield return L["Answer.Silent", Clock.Format(silent)];
        }

        if (broken.Waiting > 0)
        {
            yield return L.Count("Answer.Waiting", broken.Waiting, AlertTitle.Of(broken.First[0].Alert));
        }
        else if (broken.Handled > 0)
        {
            yield return L.Count("Answer.Handled", broken.Handled);
        }
        else if (domains.Needy > 0)
        {
            yield return domains.All == 1 ? L["Answer.NeedyOnly"] : L.Count("Answer.Needy", domains.Needy, Number(domains.All));
        }
        else if (domains.New < domains.All)
        {
            yield return L.Count("Answer.Well", domains.All - domains.New);
        }

        if (domains.New > 0)
        {
            yield return L.Count("Answer.Looking", domains.New);
        }

        if (domains.Undetermined > 0)
        {
            yield return L.Count("Answer.Unknown", domains.Undetermined);
        }
    }
}
