using Bunit;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Alerting.Sightings;
using MailDashboard.Monitoring.Overview;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Overview;

namespace MailDashboard.Tests.Web;

public sealed class OverviewCardTests : PageTest
{
    [Fact]
    public void Broken_WithNothing_SaysSo() =>
        Assert.Contains("No alert is open.", Render<BrokenCard>(p => p.Add(c => c.Broken, new BrokenNow(0, 0, 0, []))).Markup, StringComparison.Ordinal);

    [Fact]
    public void Broken_OfWhatSomebodyHas_NamesThemAndLeadsToBothLists()
    {
        var broken = new BrokenNow(1, 1, 0, [new(Alert(1), 3), new(Alert(2) with { AcknowledgedAt = Time.GetUtcNow(), AcknowledgedBy = "ada@example.org" }, 1)]);

        var card = Render<BrokenCard>(p => p.Add(c => c.Broken, broken));

        var rows = card.FindAll("li");
        Assert.Contains("nobody takes care of it yet – 3 domains behind it", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("taken care of by ada@example.org", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Equal(["alerts?show=unhandled", "alerts?show=handled"], card.FindAll(".card__links a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public void Broken_OfWhatCouldNotBeChecked_HasNoColourOfSeverity()
    {
        var unknown = Alert(1) with { Family = OwnFindings.Descriptor.Id, Code = OwnFindings.NotDetermined.Code };

        var card = Render<BrokenCard>(p => p.Add(c => c.Broken, new BrokenNow(1, 0, 0, [new(unknown, 1)])));

        Assert.NotEmpty(card.FindAll(".tag--unknown"));
        Assert.Empty(card.FindAll(".tag--critical, .tag--error, .tag--warning"));
    }

    [Fact]
    public void Worse_OnManyDomains_LeadsToTheCode_OnOneToTheDomain()
    {
        var example = new TopFinding("SPF001", Subject.Domain("example.org"), []);
        var worse = new GotWorse(0, [], [new(example, Severity.Error, Time.GetUtcNow(), 40, 7, "example.org"), new(example with { Code = "SPF003" }, Severity.Error, Time.GetUtcNow(), 1, 8, "example.net")], [], 1, [new(9, "example.com", 84, 61.5, "C")]);

        var card = Render<WorseCard>(p => p.Add(c => c.Worse, worse));

        Assert.Equal(["findings/SPF001", "domains/8", "domains/9"], card.FindAll(".rows a").Select(a => a.GetAttribute("href")));
        Assert.Contains("example.org and 39 more domains", card.Markup, StringComparison.Ordinal);
        Assert.Contains("The score fell from 84 to 61.5.", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_WithASilentResolver_SaysSinceWhen()
    {
        var card = Render<UnknownCard>(p => p.Add(c => c.Unknown, new NotChecked(Time.GetUtcNow(), [])).Add(c => c.Total, 0));

        Assert.Contains("Our DNS server does not answer", card.Find(".card--unknown .tag--unknown").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_WithNothing_IsNeitherDashedNorGreen()
    {
        var card = Render<UnknownCard>(p => p.Add(c => c.Unknown, new NotChecked(null, [])).Add(c => c.Total, 0));

        Assert.Empty(card.FindAll(".card--unknown, .ok"));
        Assert.Contains("Everything could be checked.", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Expiring_OfEachKind_LeadsToItsPlace()
    {
        var soon = Time.GetUtcNow().AddDays(2);
        Expiry[] rows =
        [
            new Expiry.Certificate("mx.example.org", 92, soon, 5, 1, "tls"),
            new Expiry.Certificate("mail.example.org", 91, null, null, 2, "imap"),
            new Expiry.Acceptance(new TopFinding("SPF001", Subject.Domain("example.org"), []), "imposed", 3, "example.org", soon),
            new Expiry.Mute(Alert(4) with { MutedUntil = soon, MutedBy = "ada@example.org" }),
            new Expiry.Work("moving", true, soon),
        ];

        var card = Render<ExpiringCard>(p => p.Add(c => c.Expiring, rows));

        Assert.Equal(["alerts/5", "domains/2?family=imap", "domains/3", "alerts/4", "alerts/maintenance"], card.FindAll("a").Select(a => a.GetAttribute("href")));
        Assert.Contains("92 % of its lifetime is used", card.Markup, StringComparison.Ordinal);
    }

    private AlertView Alert(long id) => new(
        id, "spf", "SPF001", Subject.Domain("example.org"), AlertStatus.Open, Severity.Critical, [], Time.GetUtcNow(), Time.GetUtcNow(), Time.GetUtcNow(), null, [(1, "example.org")]);
}
