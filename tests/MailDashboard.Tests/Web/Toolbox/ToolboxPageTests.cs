using Bunit;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Tests.Fakes;
using MailDashboard.Web.Account;
using MailDashboard.Web.Toolbox;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace MailDashboard.Tests.Web.Toolbox;

public class ToolboxPageTests : PageTest
{
    private readonly FakeDns _dns = new();
    private readonly FakeToolbox _access;

    public ToolboxPageTests()
    {
        _access = new FakeToolbox(_dns, Time);
        Services.AddSingleton<IToolboxAccess>(_access);
        Services.AddSingleton<ToolboxRunner>();
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void Page_WithoutAQuestion_OffersExamplesAndRunsNothing()
    {
        var page = Render<ToolboxPage>();

        Assert.NotEmpty(page.FindAll(".toolbox__example"));
        Assert.Equal(0, _access.Entered);
    }

    [Fact]
    public void Box_WhileTyping_SaysWhatItIs()
    {
        var page = Render<ToolboxPage>();

        page.Find("#toolbox-text").Input("v=spf1 -all");

        Assert.Equal("An SPF record.", page.Find("#toolbox-kind").TextContent);
    }

    [Fact]
    public void Submit_OfAText_PutsTheQuestionIntoTheAddress()
    {
        var page = Render<ToolboxPage>();

        page.Find("#toolbox-text").Input("550 5.1.1 unknown");
        page.Find("form").Submit();

        Assert.EndsWith("toolbox?q=550%205.1.1%20unknown", Navigation.Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" ", "Paste something first")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIB", "This is a private key")]
    public void Submit_OfNothingOrASecret_SaysSoAndLeavesTheAddressAlone(string text, string said)
    {
        var page = Render<ToolboxPage>();
        var before = Navigation.Uri;

        page.Find("#toolbox-text").Input(text);
        page.Find("form").Submit();

        Assert.StartsWith(said, page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal((before, 0), (Navigation.Uri, _access.Entered));
        Assert.NotEmpty(page.FindAll(".toolbox__example"));
    }

    [Fact]
    public void Address_WithAReply_ShowsWhatItMeans()
    {
        Navigation.NavigateTo("toolbox?q=550%205.7.26%20x%20-%20gsmtp");

        var page = Render<ToolboxPage>();

        Assert.Contains("Gmail", page.Find("[data-tool=reply]").TextContent, StringComparison.Ordinal);
        Assert.Contains(Navigation.BaseUri, page.Find("[data-tool=reply] .toolbox-card__link a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Audit_OfOneFamily_StreamsAndShowsItsFindings()
    {
        var held = _dns.Txt("example.org", "v=spf1 include:slow.test +all").Mx("example.org", (10, "mx.example.org")).Hold("slow.test", DnsRecordType.TXT);
        Navigation.NavigateTo("toolbox?q=example.org&tool=audit&families=spf,dmarc");

        var page = Render<ToolboxPage>();
        page.WaitForAssertion(() => Assert.Equal("DETAILS", page.Find("[data-family=dmarc]").TagName));
        Assert.Equal("DIV", page.Find("[data-family=spf]").TagName);
        held.SetResult();

        page.WaitForAssertion(() => Assert.Contains(page.FindAll("[data-family=spf] [data-code]"), c => c.GetAttribute("data-code")!.StartsWith("SPF", StringComparison.Ordinal)));
    }

    [Fact]
    public void Audit_OfARegisteredDomain_TakesItsStoredSelectors()
    {
        _access.Stored = new AuditTarget("example.org") { Selectors = ["s1"] };
        _dns.Mx("example.org", (10, "mx.example.org")).Txt("s1._domainkey.example.org", "v=DKIM1; p=");
        Navigation.NavigateTo("toolbox?q=example.org&tool=audit&families=dkim");

        var page = Render<ToolboxPage>();

        page.WaitForAssertion(() => Assert.Contains("stored for this domain", page.Find("[data-tool=audit]").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Contains(_dns.Asked, q => q.Name == "s1._domainkey.example.org"));
    }

    [Fact]
    public void Stop_WhileRunning_EndsTheRun()
    {
        _dns.Txt("example.org", "v=spf1 +all").Hold("example.org", DnsRecordType.TXT);
        Navigation.NavigateTo("toolbox?q=example.org&tool=audit&families=spf");
        var page = Render<ToolboxPage>();

        page.FindAll("button").Single(b => b.TextContent == "Stop").Click();

        page.WaitForAssertion(() => Assert.Contains("stopped", page.Find("[data-tool=audit]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Spf_OfASender_SaysWhetherTheAddressMaySend()
    {
        _dns.Txt("example.org", "v=spf1 ip4:192.0.2.0/24 -all");
        Navigation.NavigateTo("toolbox?q=ada%40example.org&tool=spf&ip=192.0.2.7");

        var page = Render<ToolboxPage>();

        page.WaitForAssertion(() => Assert.Contains("192.0.2.7 may send for example.org", page.Find("[data-tool=spf]").TextContent, StringComparison.Ordinal));
        Assert.NotEmpty(page.FindAll(".spf-tree__line"));
    }

    [Fact]
    public void Spf_OfAWrongAddress_SaysSoAndKeepsTheForm()
    {
        Navigation.NavigateTo("toolbox?q=ada%40example.org&tool=spf&ip=192.0.2.700&helo=mx.example.org");

        var page = Render<ToolboxPage>();

        Assert.Contains("That is no IP address", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(["192.0.2.700", "ada@example.org", "mx.example.org"], page.FindAll("[data-tool=spf] input").Select(i => i.GetAttribute("value")));
    }

    [Fact]
    public void Audit_WhereNobodyCouldLook_DoesNotSayThatAllIsWell()
    {
        _dns.Fail("example.org", DnsRecordType.TXT, DnsStatus.Timeout);
        Navigation.NavigateTo("toolbox?q=example.org&tool=audit&families=spf");

        var page = Render<ToolboxPage>();

        page.WaitForAssertion(() => Assert.Contains("No check could be made", page.Find("[data-tool=audit] [role=status]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Dns_OfAName_ShowsEachAnswer()
    {
        _dns.Mx("example.org", (10, "mx.example.org"));
        Navigation.NavigateTo("toolbox?q=example.org&tool=dns&type=MX");

        var page = Render<ToolboxPage>();

        page.WaitForAssertion(() => Assert.Contains("10 mx.example.org", page.Find("[data-tool=dns] [data-type=MX]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Tls_OfAHost_ShowsEachPortAndEachCertificateOnce()
    {
        _dns.A("mx.example.org", "192.0.2.1");
        TlsVersionObservation Valid(TlsVersionObservation o, CertificateFacts c) =>
            o with { Best = o.Best! with { Certificate = c with { NotBefore = Time.GetUtcNow().AddDays(-30), NotAfter = Time.GetUtcNow().AddDays(60) } } };
        _access.Tls
            .At("192.0.2.1", 25, o => Valid(o, o.Best!.Certificate!) with { Offers = [.. o.Offers.Select(v => v with { Offered = true })] })
            .At("192.0.2.1", 993, o => Valid(o, o.Best!.Certificate!))
            .At("192.0.2.1", 465, o => Valid(o, o.Best!.Certificate! with { NameMatches = false, Thumbprint = "ff" }));
        Navigation.NavigateTo("toolbox?q=mx.example.org&tool=tls");

        var page = Render<ToolboxPage>();

        page.WaitForAssertion(() => Assert.Equal(7, page.FindAll("[data-tool=tls] tr[data-port]").Count));
        Assert.Equal(["25", "465", "587", "993", "143", "995", "110"], page.FindAll("tr[data-port]").Select(r => r.GetAttribute("data-port")));
        Assert.Equal("Good", page.Find("tr[data-port='25']").GetAttribute("data-state"));
        Assert.Equal(["yes", "yes", "yes", "yes"], page.FindAll("tr[data-port='25'] td").Skip(2).Take(4).Select(c => c.TextContent));
        Assert.Equal(["no", "no", "yes", "yes"], page.FindAll("tr[data-port='993'] td").Skip(2).Take(4).Select(c => c.TextContent));
        Assert.Contains("certificate for other names", page.Find("tr[data-port='465']").TextContent, StringComparison.Ordinal);
        Assert.Contains("nothing listens there", page.Find("tr[data-port='110']").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.FindAll("[data-certificate]").Count);
        Assert.Equal("Certificate at port 25, 993", page.Find("[data-certificate] h3").TextContent);
    }

    [Fact]
    public void Tls_OfANameWithoutAddress_SaysSo()
    {
        Navigation.NavigateTo("toolbox?q=nowhere.example.org:25&tool=tls");

        var page = Render<ToolboxPage>();

        page.WaitForAssertion(() => Assert.Contains("this name has no address", page.Find("[data-tool=tls]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Draft_WithAFault_ShowsItAtOnce()
    {
        Navigation.NavigateTo("toolbox?q=" + Uri.EscapeDataString("v=spf1 frob -all"));

        var page = Render<ToolboxPage>();

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-tool=draft] [data-code]")));
        Assert.Contains("fault", page.Find("[data-tool=draft]").TextContent, StringComparison.Ordinal);
        Assert.Contains("of importance. Judged by itself", page.Find("[data-tool=draft] .toolbox-card__answer").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-tool=draft] .evidence__source"));
    }

    [Fact]
    public void Header_Pasted_ShowsItsWayAndSettlesAlignment()
    {
        _dns.Txt("_dmarc.example.org", "v=DMARC1; p=none");
        var header = "Received: from a.example.org by mx.receiver.test with ESMTPS; Tue, 24 Nov 2026 10:00:00 +0000\nAuthentication-Results: mx.receiver.test; spf=pass smtp.mailfrom=b.example.org\nFrom: x@a.example.org";
        Navigation.NavigateTo(new ToolboxRequest(header).ToUri()!);

        var page = Render<ToolboxPage>();

        page.WaitForAssertion(() => Assert.Equal("Relaxed", page.Find("[data-alignment]").GetAttribute("data-alignment")));
        Assert.Contains("mx.receiver.test", page.Find(".header__hops").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void TooOften_IsSaidKindlyAndKeepsTheText()
    {
        _access.Wait = TimeSpan.FromSeconds(12.3);
        Navigation.NavigateTo("toolbox?q=example.org");

        var page = Render<ToolboxPage>();

        Assert.Contains("13 seconds", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("example.org", page.Find("#toolbox-text").GetAttribute("value"));
        Assert.Empty(_dns.Asked);
    }

    [Fact]
    public void NotAllowed_RunsNothing()
    {
        _access.IsRefused = true;
        Navigation.NavigateTo("toolbox?q=example.org");

        Assert.ThrowsAny<Exception>(() => Render<ToolboxPage>());
        Assert.Empty(_dns.Asked);
    }

    [Fact]
    public void Unknown_SaysWhatCanBePasted()
    {
        Navigation.NavigateTo("toolbox?q=hello%20there");

        Assert.Contains("We do not recognise this", Render<ToolboxPage>().Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_ForAViewer_HasNoEntryInTheNavigation()
    {
        Reader.SetPolicies(Policies.View);

        var menu = Render<MailDashboard.Web.Layout.NavMenu>();

        Assert.DoesNotContain(menu.FindAll("a"), a => a.GetAttribute("href") == "toolbox");
        Assert.Contains(menu.FindAll("a"), a => a.GetAttribute("href") == "alerts");
    }
}
