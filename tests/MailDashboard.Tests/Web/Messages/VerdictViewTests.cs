using Bunit;
using MailDashboard.Checks;
using MailDashboard.Mail.Messages;
using MailDashboard.Mail.Messages.Filters;
using MailDashboard.Web.Messages;

namespace MailDashboard.Tests.Web.Messages;

public sealed class VerdictViewTests : PageTest
{
    [Fact]
    public void Filters_Answered_ShowEachRuleWithItsScore()
    {
        var view = Show(
            new FilterReport("SpamAssassin", 6.1m, 5m, [new("FREE_MONEY", 3.1m, "Offers <b>money</b>"), new("KNOWN_SENDER", -0.5m, "Known")]),
            new FilterReport("rspamd", 2m, 15m, [new("R_PARTS", 2m, "")]));

        Assert.Equal(["What SpamAssassin says", "What rspamd says"], view.FindAll("h2").Select(h => h.TextContent));
        Assert.Equal([["FREE_MONEY", "3.1", "Offers <b>money</b>"], ["KNOWN_SENDER", "-0.5", "Known"], ["R_PARTS", "2.0", ""]], view.FindAll("tbody tr").Select(r => r.Children.Select(c => c.TextContent)));
        Assert.Empty(view.FindAll("td b"));
    }

    [Fact]
    public void Filter_Away_SaysSoAndShowsNoRules()
    {
        var view = Show(FilterReport.Unavailable("rspamd", "FilterUnreachable", "connection refused"));

        Assert.Contains("rspamd could not be reached: connection refused", view.Markup, StringComparison.Ordinal);
        Assert.Empty(view.FindAll("table"));
    }

    private IRenderedComponent<VerdictView> Show(params FilterReport[] filters) =>
        Render<VerdictView>(p => p.Add(v => v.Verdict, new MessageVerdict(10m, [], [], []) { Filters = [.. filters] }));
}
