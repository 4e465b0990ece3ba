using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Spf;

namespace MailDashboard.Tests.Checks.Spf;

public class SpfTreeTests
{
    [Theory]
    [InlineData("v=spf1 a mx ptr a/24 mx//64 -all", 5)]
    [InlineData("v=spf1 +a ?mx ~a:example.org/24//64 -ptr:example.org -all", 4)]
    [InlineData("v=spf1 ip4:192.0.2.1 ip6:2001:db8::1 -all", 0)]
    [InlineData("v=spf1 ?include:spf.example.net -include:spf.example.net ~include:spf.example.net all", 3)]
    [InlineData("v=spf1 a -all mx include:spf.example.net", 1)]
    [InlineData("v=spf1 a redirect=spf.example.net", 2)]
    [InlineData("v=spf1 a redirect=spf.example.net ~all", 1)]
    [InlineData("v=spf1 exists:%{i}.example.org exp=why.example.org foo=bar -all", 1)]
    public async Task Walk_Record_CountsEveryTermThatNeedsDns(string record, int lookups)
    {
        var tree = (await SpfWorld.ObserveAsync(SpfWorld.With(record))).Tree;

        Assert.Equal(lookups, tree.Lookups);
    }

    [Fact]
    public async Task Walk_NestedIncludes_BlamesEachTerm()
    {
        var dns = SpfWorld.With("v=spf1 mx include:one.example.net include:two.example.net -all")
            .Txt("one.example.net", "v=spf1 a:mx.example.org include:spf.example.net ~all")
            .Txt("two.example.net", "v=spf1 redirect=spf.example.net");

        var tree = (await SpfWorld.ObserveAsync(dns)).Tree;

        Assert.Equal(
            """
            example.org
              mx  [1, 1/10]
              include:one.example.net  [3, 4/10]
                one.example.net
                  a:mx.example.org  [1, 3/10]
                  include:spf.example.net  [1, 4/10]
                    spf.example.net
                      ip4:198.51.100.0/24
                      -all
                  ~all
              include:two.example.net  [2, 6/10]
                two.example.net
                  redirect=spf.example.net  [1, 6/10]
                    spf.example.net
                      ip4:198.51.100.0/24
                      -all
              -all
            """,
            SpfTreeText.Render(tree));
        Assert.True(tree.IsComplete);
    }

    [Fact]
    public async Task Walk_SameIncludeInTwoBranches_IsNoLoop()
    {
        var dns = SpfWorld.With("v=spf1 include:one.example.net include:two.example.net -all")
            .Txt("one.example.net", "v=spf1 include:spf.example.net -all")
            .Txt("two.example.net", "v=spf1 include:spf.example.net -all");

        var tree = (await SpfWorld.ObserveAsync(dns)).Tree;

        Assert.DoesNotContain(tree.Walk(), t => t.Node.Note == SpfNote.Loop);
        Assert.Equal(4, tree.Lookups);
    }

    [Fact]
    public async Task Walk_TooManyLookups_MarksTheEleventh()
    {
        var dns = SpfWorld.With("v=spf1 a a a a a a a a a include:spf.example.net mx a -all");

        var tree = (await SpfWorld.ObserveAsync(dns)).Tree;

        Assert.Equal("mx", Assert.Single(tree.Walk(), t => t.Node.PassesLimit).Node.Text);
    }

    [Fact]
    public async Task Walk_BrokenRecord_IsStillShownAndCounted()
    {
        var tree = (await SpfWorld.ObserveAsync(SpfWorld.With("v=spf1 a foo:bar mx -all"))).Tree;

        Assert.Equal(SpfRecordState.Broken, tree.Root.State);
        Assert.Equal(["a", "foo:bar", "mx", "-all"], tree.Root.Terms.Select(t => t.Text));
        Assert.Equal(2, tree.Lookups);
    }

    [Fact]
    public async Task Walk_NameWithIPv6Alone_IsNotVoid()
    {
        var dns = SpfWorld.With("v=spf1 a:six.example.net a:none.example.net -all").Aaaa("six.example.net", "2001:db8::1");

        var tree = (await SpfWorld.ObserveAsync(dns)).Tree;

        Assert.Equal(1, tree.Voids);
    }

    [Fact]
    public async Task Walk_TreeWithoutEnd_StopsAtItsBounds()
    {
        var dns = new EndlessDns();

        var tree = await SpfTreeWalker.WalkAsync(dns, "example.org", TestContext.Current.CancellationToken);

        Assert.False(tree.IsComplete);
        Assert.True(tree.Lookups > SpfLimits.Lookups);
        Assert.InRange(dns.Questions, SpfLimits.Lookups, SpfTreeWalker.MostRecords + (2 * SpfTreeWalker.MostNames));
    }

    [Fact]
    public async Task CheckHost_TreeWithoutEnd_IsAPermError()
    {
        var dns = new EndlessDns();

        var evaluation = await SpfWorld.CheckAsync(dns, "192.0.2.1");

        Assert.Equal((SpfResult.PermError, SpfFault.TooManyLookups), (evaluation.Result, evaluation.Fault));
        Assert.InRange(dns.Questions, 1, 12);
    }

    /// <summary>Every name has a record that includes three new names.</summary>
    private sealed class EndlessDns : IDnsResolver
    {
        private int _questions;

        public int Questions => _questions;

        public Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, DnsOptions options, CancellationToken cancellationToken)
        {
            var number = Interlocked.Increment(ref _questions);
            var text = $"v=spf1 include:a{number}.example.net include:b{number}.example.net include:c{number}.example.net a:d{number}.example.net -all";
            var question = new DnsQuestion(DnsNames.Normalize(name), type);
            return Task.FromResult(type == DnsRecordType.TXT
                ? new DnsAnswer(question, DnsStatus.Answered) { Records = [new TxtRecord(question.Name, 60, text)] }
                : new DnsAnswer(question, DnsStatus.NoData));
        }
    }
}
