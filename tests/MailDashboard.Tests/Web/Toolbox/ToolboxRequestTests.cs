using MailDashboard.Web.Toolbox;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.Tests.Web.Toolbox;

public class ToolboxRequestTests
{
    public static TheoryData<ToolboxRequest> Requests =>
    [
        new ToolboxRequest("example.org"),
        new ToolboxRequest("v=spf1 +all & <b>é #x"),
        new ToolboxRequest("example.org") { Tool = ToolboxTool.Audit, Families = ["spf", "dmarc"] },
        new ToolboxRequest("example.org") { Tool = ToolboxTool.Spf, Ip = "2001:db8::1", MailFrom = "a+b@example.org", Helo = "mail.example.org" },
        new ToolboxRequest("example.org") { Tool = ToolboxTool.Dns, Type = "MX" },
        new ToolboxRequest("p=MII") { Tool = ToolboxTool.Draft, Domain = "example.org", Selector = "s1" },
        new ToolboxRequest("Received: by x\nFrom: é@example.org"),
        new ToolboxRequest(string.Concat(Enumerable.Repeat("Received: from a by b\n", 500))),
        new ToolboxRequest("") { Tool = ToolboxTool.Spf },
    ];

    [Theory]
    [MemberData(nameof(Requests))]
    public void Address_ReadBack_AsksTheSame(ToolboxRequest request)
    {
        var uri = request.ToUri();

        Assert.NotNull(uri);
        var read = ToolboxRequest.Of(new Uri(new Uri("https://dashboard.example/"), uri));
        Assert.Equal(request.Families, read.Families);
        Assert.Equal(request with { Families = [] }, read with { Families = [] });
    }

    [Fact]
    public void Address_OfSeveralLines_KeepsThemFromTheServersLog()
    {
        var uri = new Uri(new Uri("https://dashboard.example/"), new ToolboxRequest("From: ada@example.org\nTo: bob@example.org").ToUri());

        Assert.DoesNotContain("example.org", uri.Query, StringComparison.Ordinal);
        Assert.StartsWith("#t=", uri.Fragment, StringComparison.Ordinal);
    }

    [Fact]
    public void Address_OfTooMuchText_IsNone()
    {
        var random = new Random(1);

        Assert.Null(new ToolboxRequest(new string([.. Enumerable.Range(0, 20_000).Select(_ => (char)random.Next('a', 'z'))]) + "\n").ToUri());
    }

    [Theory]
    [InlineData("https://d.example/toolbox?q=a&tool=frob&type=LONGLONGLONGLONG", "a")]
    [InlineData("https://d.example/toolbox#t=!!!", "")]
    [InlineData("https://d.example/toolbox#t=AAAA", "")]
    [InlineData("https://d.example/toolbox?q=%FF%00", "%FF\0")]
    public void Address_MadeByOthers_DoesNoHarm(string uri, string text)
    {
        var request = ToolboxRequest.Of(new Uri(uri));

        Assert.Equal((text, (ToolboxTool?)null), (request.Text, request.Tool));
    }

    [Fact]
    public void Unpack_OfABomb_IsRefused()
    {
        using var bomb = new MemoryStream();
        using (var deflate = new System.IO.Compression.DeflateStream(bomb, System.IO.Compression.CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(new byte[4_000_000]);
        }

        var packed = Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode(bomb.ToArray());

        Assert.True(packed.Length < TextPacking.MaximumPacked);
        Assert.Null(TextPacking.Unpack(packed));
    }

    [Fact]
    public void Limits_ThirtyRunsInAMinute_AreEnough()
    {
        var time = new FakeTimeProvider();
        var limits = new ToolboxLimits(time);

        Assert.All(Enumerable.Range(0, ToolboxLimits.RunsPerMinute), _ => Assert.True(limits.TryRun("ada", out TimeSpan _)));
        Assert.False(limits.TryRun("ada", out var wait));
        Assert.Equal(TimeSpan.FromMinutes(1), wait);
        Assert.True(limits.TryRun("bob", out _));

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(limits.TryRun("ada", out _));
    }

    [Theory]
    [InlineData("hello there", null, "Problem.Unknown")]
    [InlineData("", null, null)]
    [InlineData("hello", ToolboxTool.Audit, "Problem.NeedsName")]
    [InlineData("", ToolboxTool.Blocklists, "Problem.NeedsNameOrAddress")]
    [InlineData("example.org", ToolboxTool.Draft, "Problem.NeedsRecord")]
    public void Plan_WithoutEnough_SaysWhatToDo(string text, ToolboxTool? tool, string? problem)
    {
        var plan = ToolboxPlan.Of(new ToolboxRequest(text) { Tool = tool });

        Assert.Equal(problem, plan.Problem);
        Assert.Empty(plan.Results);
    }

    [Theory]
    [InlineData("version: STSv1\nmode: none\nmax_age: 86400", "", "https://mta-sts.your-domain.example/.well-known/mta-sts.txt")]
    [InlineData("<?xml version=\"1.0\"?>\n<svg/>", "example.org", "https://example.org/logo.svg")]
    public void Plan_OfAFile_IsADraftAtItsAddress(string text, string domain, string address)
    {
        var draft = Assert.IsType<DraftResult>(Assert.Single(ToolboxPlan.Of(new ToolboxRequest(text) { Domain = domain }).Results)).Draft;

        Assert.Equal((text, address), (draft.File, draft.FileAddress!.ToString()));
    }

    [Fact]
    public void Address_OfAnotherLongText_DiffersBeforeItsFragment()
    {
        string Page(string text) => new ToolboxRequest(text).ToUri()!.Split('#')[0];

        Assert.NotEqual(Page("Received: a\nFrom: b"), Page("Received: a\nFrom: c"));
        Assert.Equal(Page("Received: a\nFrom: b"), Page("Received: a\nFrom: b"));
    }

    [Theory]
    [InlineData("127.1")]
    [InlineData("not an address")]
    public void Plan_OfSpfWithoutAnAddress_SaysSo(string ip) =>
        Assert.Equal("Problem.Ip", ToolboxPlan.Of(new ToolboxRequest("ada@example.org") { Tool = ToolboxTool.Spf, Ip = ip }).Problem);

    [Fact]
    public void Plan_OfSpf_TakesWhatWasPasted()
    {
        var result = Assert.IsType<SpfResult>(Assert.Single(ToolboxPlan.Of(new ToolboxRequest("ada@example.org") { Tool = ToolboxTool.Spf, Ip = "192.0.2.1" }).Results));

        Assert.Equal(("example.org", "ada", "example.org"), (result.Question!.Domain, result.Question.LocalPart, result.Question.Helo));
    }

    [Fact]
    public void Plan_OfSpfWithASenderOnly_IsAFormToFillIn() =>
        Assert.Null(Assert.IsType<SpfResult>(Assert.Single(ToolboxPlan.Of(new ToolboxRequest("example.org") { Tool = ToolboxTool.Spf }).Results)).Question);

    [Fact]
    public void Plan_OfAnAudit_TakesTheFamiliesThatExist()
    {
        var result = Assert.IsType<AuditResult>(Assert.Single(ToolboxPlan.Of(new ToolboxRequest("example.org") { Families = ["spf", "frob"] }).Results));

        Assert.Equal(["spf"], result.Families);
    }

    [Fact]
    public void Plan_OfAService_AsksForItsTlsaToo()
    {
        var result = ToolboxPlan.Of(new ToolboxRequest("mx.example.org:25")).Results.OfType<DnsResult>().Single();

        Assert.Contains(result.Questions, q => q.Name == "_25._tcp.mx.example.org");
    }

    [Theory]
    [InlineData("mx.example.org:465", "mx.example.org", 465)]
    [InlineData("[2001:db8::1]:993", "2001:db8::1", 993)]
    [InlineData("mx.example.org", "mx.example.org", null)]
    [InlineData("ada@example.org", "example.org", null)]
    [InlineData("https://mail.example.org:8443/x", "mail.example.org", null)]
    public void Plan_OfTls_TakesHostAndPort(string text, string host, int? port)
    {
        var result = Assert.IsType<TlsResult>(Assert.Single(ToolboxPlan.Of(new ToolboxRequest(text) { Tool = ToolboxTool.Tls }).Results));

        Assert.Equal((host, port), (result.Host, result.Port));
    }

    [Theory]
    [InlineData("_dmarc.example.org")]
    [InlineData("v=spf1 -all")]
    public void Plan_OfTlsWithoutAHost_SaysWhatItNeeds(string text) =>
        Assert.Equal("Problem.NeedsNameOrAddress", ToolboxPlan.Of(new ToolboxRequest(text) { Tool = ToolboxTool.Tls }).Problem);
}
