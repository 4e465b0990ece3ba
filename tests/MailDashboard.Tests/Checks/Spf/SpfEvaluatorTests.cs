using System.Net;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Spf;
using MailDashboard.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.Tests.Checks.Spf;

/// <summary>What the public suite leaves open.</summary>
public class SpfEvaluatorTests
{
    // The examples of RFC 7208 §7.4.
    [Theory]
    [InlineData("%{s}", "strong-bad@email.example.com")]
    [InlineData("%{o}", "email.example.com")]
    [InlineData("%{d}", "email.example.com")]
    [InlineData("%{d4}", "email.example.com")]
    [InlineData("%{d3}", "email.example.com")]
    [InlineData("%{d2}", "example.com")]
    [InlineData("%{d1}", "com")]
    [InlineData("%{dr}", "com.example.email")]
    [InlineData("%{d2r}", "example.email")]
    [InlineData("%{l}", "strong-bad")]
    [InlineData("%{l-}", "strong.bad")]
    [InlineData("%{lr}", "strong-bad")]
    [InlineData("%{lr-}", "bad.strong")]
    [InlineData("%{l1r-}", "strong")]
    [InlineData("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com")]
    [InlineData("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com")]
    [InlineData("%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com")]
    [InlineData("%{S}", "strong-bad%40email.example.com")]
    [InlineData("%% %_ %- %{h} %{c} %{r} %{p}", "%   %20 helo.example.com 192.0.2.3 unknown unknown")]
    [InlineData("%{t}", "1750000000")]
    public async Task CheckHost_Explanation_IsExpanded(string text, string expected)
    {
        var dns = new FakeDns().Txt("email.example.com", "v=spf1 -all exp=why.example.com").Txt("why.example.com", text);
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_750_000_000));
        var request = SpfRequest.For(IPAddress.Parse("192.0.2.3"), "helo.example.com", "strong-bad@email.example.com");

        var evaluation = await new SpfEvaluator(dns, time).CheckHostAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, evaluation.Explanation);
    }

    [Theory]
    [InlineData("line\nbreak")]
    [InlineData("esc\u001b[31m")]
    [InlineData("%{l")]
    [InlineData("")]
    public async Task CheckHost_BadExplanation_IsNone(string text)
    {
        var dns = new FakeDns().Txt("example.org", "v=spf1 -all exp=why.example.com").Txt("why.example.com", text);

        var evaluation = await SpfWorld.CheckAsync(dns, "192.0.2.3");

        Assert.Equal((SpfResult.Fail, null), (evaluation.Result, evaluation.Explanation));
    }

    [Fact]
    public async Task CheckHost_SenderWithControlCharacters_DoesNotReachTheExplanation()
    {
        var dns = new FakeDns().Txt("example.org", "v=spf1 -all exp=why.example.com").Txt("why.example.com", "from %{l}");

        var evaluation = await SpfWorld.CheckAsync(dns, "192.0.2.3", "a\r\nb@example.org");

        Assert.Null(evaluation.Explanation);
    }

    [Theory]
    [InlineData("user@bücher.example", SpfResult.Pass)]
    [InlineData("<user@example.org>", SpfResult.Pass)]
    [InlineData("<>", SpfResult.Pass)]
    [InlineData("odd@name@example.org", SpfResult.Pass)]
    [InlineData("example.org", SpfResult.Pass)]
    [InlineData("user@example.org.", SpfResult.Pass)]
    [InlineData("user@localhost", SpfResult.None)]
    [InlineData("user@", SpfResult.None)]
    public async Task CheckHost_Sender_IsReadAsWritten(string from, SpfResult expected)
    {
        var dns = new FakeDns();
        foreach (var name in new[] { "example.org", "xn--bcher-kva.example", "helo.example.com" })
        {
            dns.Txt(name, "v=spf1 ip4:192.0.2.3 -all");
        }

        Assert.Equal(expected, (await SpfWorld.CheckAsync(dns, "::ffff:192.0.2.3", from)).Result);
    }

    [Fact]
    public async Task CheckHost_Match_NamesTheTermAndItsRecord()
    {
        var dns = SpfWorld.With("v=spf1 mx redirect=spf.example.net");

        var evaluation = await SpfWorld.CheckAsync(dns, "198.51.100.9");

        Assert.Equal((SpfResult.Pass, "ip4:198.51.100.0/24", "spf.example.net"), (evaluation.Result, evaluation.MatchedTerm, evaluation.DecidedBy));
        Assert.Equal((2, 0), (evaluation.DnsLookups, evaluation.VoidLookups));
    }

    [Theory]
    [InlineData("v=spf1 foo -all", SpfFault.Syntax, "foo")]
    [InlineData("v=spf1 include:gone.example -all", SpfFault.TargetWithoutRecord, "include:gone.example")]
    [InlineData("v=spf1 a:x.example a:y.example a:z.example -all", SpfFault.TooManyVoidLookups, "a:z.example")]
    [InlineData("v=spf1 include:example.org -all", SpfFault.TooManyLookups, "include:example.org")]
    public async Task CheckHost_PermError_SaysWhichTerm(string record, SpfFault fault, string term)
    {
        var evaluation = await SpfWorld.CheckAsync(SpfWorld.With(record), "203.0.113.1");

        Assert.Equal((SpfResult.PermError, fault, term), (evaluation.Result, evaluation.Fault, evaluation.FaultTerm));
    }

    [Fact]
    public async Task CheckHost_MailServersWithoutIPv6_AreOneVoidTerm()
    {
        var dns = SpfWorld.With("v=spf1 mx:many.example -all").Mx("many.example", (1, "mx.example.org"), (2, "example.org"), (3, "mx.example.org"));

        var evaluation = await SpfWorld.CheckAsync(dns, "2001:db8::1");

        Assert.Equal((SpfResult.Fail, 1), (evaluation.Result, evaluation.VoidLookups));
    }

    [Fact]
    public async Task CheckHost_MutatedRecordsAndExplanations_NeverThrows()
    {
        const string Seed = "v=spf1 -a:%{l3r+-}.%{o}.x.example exists:%{S}%{d2}.%{ir}._spf.example ?mx:%{h}/24 exp=%{d}.why.example -all %{c1r-} %{T} %{p}%_%%";
        const string Alphabet = "%{}:/=.-+~?0139acdhiloprstvSLODR ,_";
        var random = new Random(7208);
        for (var round = 0; round < 5_000; round++)
        {
            var text = Seed.ToCharArray();
            for (var i = random.Next(0, 6); i > 0; i--)
            {
                text[random.Next(7, text.Length)] = Alphabet[random.Next(Alphabet.Length)];
            }

            var mutated = new string(text);
            var record = mutated[..random.Next(7, 100)];
            var dns = new FakeDns().Txt("example.org", record + " -all").Txt("*.why.example", mutated[7..]).Txt("*.org", mutated[7..]);
            var evaluation = await SpfWorld.CheckAsync(dns, round % 2 == 0 ? "192.0.2.3" : "2001:db8::3", "a-b+c..d@example.org");

            Assert.InRange(evaluation.DnsLookups, 0, SpfLimits.Lookups + 1);
            Assert.False(evaluation.Explanation?.Any(char.IsControl) ?? false);
        }
    }

    [Fact]
    public async Task CheckHost_SlowDns_EndsInTempErrorInBoundedTime()
    {
        var time = new FakeTimeProvider();
        var dns = new SlowDns(time);
        var request = SpfRequest.For(IPAddress.Parse("192.0.2.3"), "helo.example.com", "user@example.org");

        var evaluation = await new SpfEvaluator(dns, time).CheckHostAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(SpfResult.TempError, evaluation.Result);
        Assert.InRange(dns.Questions, 2, 5);
    }

    /// <summary>Ten seconds a question.</summary>
    private sealed class SlowDns(FakeTimeProvider time) : IDnsResolver
    {
        public int Questions { get; private set; }

        public Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, DnsOptions options, CancellationToken cancellationToken)
        {
            Questions++;
            time.Advance(TimeSpan.FromSeconds(10));
            var question = new DnsQuestion(name, type);
            return Task.FromResult(type == DnsRecordType.TXT
                ? new DnsAnswer(question, DnsStatus.Answered) { Records = [new TxtRecord(name, 60, "v=spf1 a mx a:b.example mx:c.example a:d.example -all")] }
                : new DnsAnswer(question, DnsStatus.Answered) { Records = [new AddressRecord(name, 60, IPAddress.Parse("192.0.2.99"))] });
        }
    }
}
