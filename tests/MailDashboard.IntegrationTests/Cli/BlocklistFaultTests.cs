using System.Text.Json;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Dns;

namespace MailDashboard.IntegrationTests.Cli;

/// <summary>
/// A world in which every list fails in its own way: rbldnsd behind a relay, all under the lists' real zone names. Whatever the others
/// do, the list that answers is heard, and the ones that do not are neither listed nor clean.
/// </summary>
public sealed class BlocklistFaultTests(BlocklistFaultTests.World world) : IClassFixture<BlocklistFaultTests.World>
{
    private const string Zen = "zen.spamhaus.org";
    private const string Psbl = "psbl.surriel.com";
    private const string SpamCop = "bl.spamcop.net";
    private const string Barracuda = "b.barracudacentral.org";
    private const string Mailspike = "bl.mailspike.net";
    private const string Uceprotect = "dnsbl-1.uceprotect.net";
    private const string BlocklistDe = "bl.blocklist.de";
    private const string Dbl = "dbl.spamhaus.org";
    private const string Surbl = "multi.surbl.org";
    private const string Uribl = "multi.uribl.com";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Blocklist_EveryListFailsInItsOwnWay_OnlyTheOneThatListsIsListed()
    {
        var (status, lists) = await world.AskAsync("192.0.2.10");

        Assert.Equal(1, status);
        Assert.Equal(("listed", "127.0.0.4 127.0.0.9"), (lists[Zen].State, lists[Zen].Codes));
        Assert.Equal("notListed", lists[Psbl].State);
        Assert.Equal(
            ["refuses", "SERVFAIL", "No answer in time", "203.0.113.80", "which no list may"],
            new[] { Mailspike, SpamCop, Barracuda, Uceprotect, BlocklistDe }.Select(z => World.Word(lists[z])));
        Assert.DoesNotContain(lists.Where(l => l.Key is not Zen and not Psbl), l => l.Value.State is "listed" or "notListed");
    }

    [Theory]
    [InlineData("192.0.2.20", "127.255.255.252")]
    [InlineData("192.0.2.21", "127.255.255.254")]
    [InlineData("192.0.2.22", "127.255.255.255")]
    [InlineData("192.0.2.23", "127.0.0.77")]
    [InlineData("192.0.2.24", "127.0.1.255")]
    [InlineData("192.0.2.25", "203.0.113.9")]
    public async Task Blocklist_AnswerThatListsNothing_IsUnknownWithTheAnswerInTheReason(string address, string answer)
    {
        var (status, lists) = await world.AskAsync(address);

        Assert.Equal((0, "unknown", ""), (status, lists[Zen].State, lists[Zen].Codes));
        Assert.Contains(answer, lists[Zen].Reason, StringComparison.Ordinal);
        Assert.Equal("notListed", lists[Psbl].State);
    }

    [Theory]
    [InlineData("2001:db8::10")]
    [InlineData("127.0.1.10")]
    [InlineData("::ffff:192.0.2.11")]
    public async Task Blocklist_OtherKindsOfAddress_AreListed(string address)
    {
        var (status, lists) = await world.AskAsync(address);

        Assert.Equal((1, "listed"), (status, lists[Zen].State));
    }

    [Fact]
    public async Task Blocklist_Domain_IsAskedOfDomainListsOnly()
    {
        var (status, lists) = await world.AskAsync("bad.example");

        Assert.Equal(1, status);
        Assert.Equal(("listed", "127.0.1.4"), (lists[Dbl].State, lists[Dbl].Codes));
        Assert.Equal(("unknown", "refuses"), (lists[Surbl].State, World.Word(lists[Surbl])));
        Assert.Equal(("listed", "127.0.0.14 127.0.0.14 127.0.0.14"), (lists[Uribl].State, lists[Uribl].Codes));
        Assert.DoesNotContain(Zen, lists.Keys);
    }

    [Fact]
    public async Task Blocklist_RefusalsOnly_EndsWith2()
    {
        var (status, lists) = await world.AskAsync("192.0.2.10", "--dns", world.Silent.EndPoint.ToString());

        Assert.Equal(2, status);
        Assert.All(lists.Values, l => Assert.Contains(l.State, new[] { "unknown", "off" }));
    }

    [Fact]
    public async Task Check_ListsFailInEveryWay_ListingIsNamedAndTheOthersAreUndetermined()
    {
        var run = await World.RunAsync("check", "listed.example", "--families", "blocklists", "--json", "--dns", world.Relay.EndPoint.ToString());

        Assert.Equal(1, run.Status);
        using var json = JsonDocument.Parse(run.Output);
        var family = json.RootElement.GetProperty("families")[0];
        var findings = family.GetProperty("findings").EnumerateArray().Select(f => $"{f.GetProperty("code").GetString()} {f.GetProperty("subject").GetString()}").ToList();
        Assert.Contains($"BLK001 192.0.2.10 {Zen}", findings);
        Assert.DoesNotContain(findings, f => f.StartsWith("BLK00", StringComparison.Ordinal) && f[5] is '1' or '2' && !f.EndsWith(Zen, StringComparison.Ordinal));
        var open = family.GetProperty("undetermined").EnumerateArray().Select(u => u.GetProperty("subject").GetString()!).ToHashSet();
        Assert.Superset(new[] { Mailspike, SpamCop, Barracuda, Uceprotect, BlocklistDe }.Select(z => $"192.0.2.10 {z}").ToHashSet(), open);
    }

    /// <summary>What one list said, as printed.</summary>
    public sealed record Said(string State, string Codes, string Reason);

    /// <summary>The servers, one for the class.</summary>
    public sealed class World : IAsyncLifetime
    {
        private RblServer rbl = null!;
        private KnotServer knot = null!;
        private UnboundServer unbound = null!;

        public DnsRelay Relay { get; private set; } = null!;

        /// <summary>Knows no list at all.</summary>
        public KnotServer Silent => knot;

        public async ValueTask InitializeAsync()
        {
            rbl = await RblServer.StartAsync(
                [(Zen, RblKind.Ip4), (Psbl, RblKind.Ip4), (SpamCop, RblKind.Ip4), (Barracuda, RblKind.Ip4), (Mailspike, RblKind.Ip4), (Uceprotect, RblKind.Ip4), (BlocklistDe, RblKind.Ip4)],
                cancellationToken: Token);
            await rbl.ListAsync(Zen, "192.0.2.20", "127.255.255.252", cancellationToken: Token);
            await rbl.ListAsync(Zen, "192.0.2.21", "127.255.255.254", cancellationToken: Token);
            await rbl.ListAsync(Zen, "192.0.2.22", "127.255.255.255", cancellationToken: Token);
            await rbl.ListAsync(Zen, "192.0.2.23", "127.0.0.77", cancellationToken: Token);
            await rbl.ListAsync(Zen, "192.0.2.24", "127.0.1.255", cancellationToken: Token);
            await rbl.ListAsync(Zen, "192.0.2.25", "203.0.113.9", cancellationToken: Token);
            await rbl.ListAsync(Zen, "192.0.2.11", cancellationToken: Token);
            await rbl.ListAsync(Zen, "127.0.1.10", cancellationToken: Token);
            await rbl.ListAsync(Uceprotect, "192.0.2.10", "203.0.113.80", cancellationToken: Token);
            await rbl.AnswerEverythingAsync(Mailspike, "127.255.255.254", Token);
            await rbl.AnswerEverythingAsync(BlocklistDe, "127.0.0.2", Token);
            knot = await KnotServer.StartAsync(
                [
                    new("listed.example", "@ TXT \"v=spf1 ip4:192.0.2.10 -all\""),

                    // Several codes at one name, nibbles and bit masks: what rbldnsd's data sets cannot hold together.
                    new($"10.2.0.192.{Zen}", "@ A 127.0.0.4\n@ A 127.0.0.9\n@ TXT \"several reasons\""),
                    new($"8.b.d.0.1.0.0.2.{Zen}", "0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0 A 127.0.0.3"),
                    new(Dbl, "dbltest.com A 127.0.1.2\nbad.example A 127.0.1.4"),
                    new(Surbl, "test.surbl.org A 127.0.0.254\nbad.example A 127.0.0.1"),
                    new(Uribl, "test.uribl.com A 127.0.0.14\nbad.example A 127.0.0.14"),
                ],
                cancellationToken: Token);
            unbound = await UnboundServer.StartAsync(
                new()
                {
                    Stubs = new[] { Zen, Psbl, SpamCop, Barracuda, Mailspike, Uceprotect, BlocklistDe }.ToDictionary(z => z, _ => rbl.EndPoint)
                        .Concat(new[] { "listed.example", $"10.2.0.192.{Zen}", $"8.b.d.0.1.0.0.2.{Zen}", Dbl, Surbl, Uribl }.ToDictionary(z => z, _ => knot.EndPoint))
                        .ToDictionary(p => p.Key, p => p.Value),
                },
                Token);
            Relay = DnsRelay.Start(unbound.EndPoint);
            Relay.Rule = name => name.EndsWith(SpamCop, StringComparison.Ordinal) ? DnsFault.ServFail : name == $"10.2.0.192.{Barracuda}" ? DnsFault.Silence : null;
        }

        public async Task<(int Status, Dictionary<string, Said> Lists)> AskAsync(string subject, params string[] more)
        {
            var run = await RunAsync(["blocklist", subject, "--json", .. more.Length > 0 ? more : ["--dns", Relay.EndPoint.ToString()]]);
            Assert.Empty(run.Errors);
            using var json = JsonDocument.Parse(run.Output);
            return (run.Status, json.RootElement.GetProperty("lists").EnumerateArray().ToDictionary(
                l => l.GetProperty("zone").GetString()!,
                l => new Said(
                    l.GetProperty("state").GetString()!,
                    string.Join(' ', l.GetProperty("codes").EnumerateArray().Select(c => c.GetProperty("answer").GetString()).Order(StringComparer.Ordinal)),
                    l.GetProperty("reason").GetString() ?? "")));
        }

        /// <summary>The word of a reason that tells it from the others.</summary>
        public static string Word(Said said) =>
            said.State != "unknown" ? said.State
            : new[] { "SERVFAIL", "No answer in time", "203.0.113.80", "which no list may", "refuses" }.FirstOrDefault(w => said.Reason.Contains(w, StringComparison.OrdinalIgnoreCase)) ?? said.Reason;

        public static Task<Shell.Result> RunAsync(params string[] args) =>
            Shell.TryRunAsync(["dotnet", Path.Combine(AppContext.BaseDirectory, "maildash.dll"), .. args], cancellationToken: Token);

        public async ValueTask DisposeAsync()
        {
            await Relay.DisposeAsync();
            await unbound.DisposeAsync();
            await knot.DisposeAsync();
            await rbl.DisposeAsync();
        }
    }
}
