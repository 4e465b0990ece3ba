using System.Collections.Immutable;
using Bunit;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Alerts;

namespace MailDashboard.Tests.Web.Alerts;

public sealed class AlertTableTests : PageTest
{
    [Fact]
    public void Table_ForThoseWhoOnlyRead_HasNothingToChoose()
    {
        var table = Render<AlertTable>(p => p.Add(t => t.Items, [Alert(1)]));

        Assert.Empty(table.FindAll("input"));
        Assert.Equal(5, table.FindAll("thead th").Count);
    }

    [Fact]
    public void Box_SaysWhatItChooses_AndWhatIsOverHasNone()
    {
        var table = Show([Alert(1), Alert(2) with { ResolvedAt = Time.GetUtcNow() }], [], _ => { });

        var box = Assert.Single(table.FindAll("input"));
        Assert.StartsWith("Choose: ", box.GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Equal(6, table.FindAll("thead th").Count);
    }

    [Fact]
    public void Box_Ticked_AddsToWhatWasChosen_AndUntickedTakesAway()
    {
        ImmutableHashSet<long> chosen = [1];
        var table = Show([Alert(1), Alert(2)], chosen, c => chosen = c);

        table.FindAll("input")[1].Change(true);
        Assert.Equal([1, 2], chosen.Order());

        table.FindAll("input")[0].Change(false);
        Assert.Empty(chosen);
    }

    private IRenderedComponent<AlertTable> Show(AlertView[] items, ImmutableHashSet<long> chosen, Action<ImmutableHashSet<long>> choose) =>
        Render<AlertTable>(p => p.Add(t => t.Items, items).Add(t => t.CanChoose, true).Add(t => t.Chosen, chosen).Add(t => t.ChosenChanged, choose));

    private AlertView Alert(long id) => new(
        id, "spf", "SPF001", Subject.Domain("example.org"), AlertStatus.Open, Severity.Critical, [], Time.GetUtcNow(), Time.GetUtcNow(), Time.GetUtcNow(), null, [(1, "example.org")]);
}
