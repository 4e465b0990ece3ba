using System.Net;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Headers;
using MailDashboard.Mail.Messages;
using MailDashboard.Mail.Messages.Authentication;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.Tests.Mail.Messages;

public class ServerJudgementTests
{
    private readonly WellWorld _world = new();

    [Fact]
    public async Task NoReverseName_CostsAlone()
    {
        _world.Dns.Remove(DnsNames.Reverse(IPAddress.Parse(WellWorld.Sender)));

        Assert.Equal("MSG062:1.5", WellWorld.Costs(await _world.JudgeAsync()));
    }

    [Theory]
    [InlineData("elsewhere.example", "MSG063:1")]
    [InlineData("host-203-0-113-10.pool.isp.example", "MSG064:0.5")]
    public async Task ReverseName(string name, string costs)
    {
        _world.Dns.Remove(DnsNames.Reverse(IPAddress.Parse(WellWorld.Sender))).Ptr(WellWorld.Sender, name).A("elsewhere.example", "198.51.100.1").A("host-203-0-113-10.pool.isp.example", WellWorld.Sender);

        Assert.Equal(costs, WellWorld.Costs(await _world.JudgeAsync()));
    }

    [Theory]
    [InlineData("localhost", "MSG060:0.5")]
    [InlineData("nowhere.good.example", "MSG061:0.5")]
    [InlineData("tls1.good.example", "MSG061:0.5")]
    public async Task Helo(string name, string costs)
    {
        _world.Received = _world.Received.Replace("from mx.good.example", $"from {name}", StringComparison.Ordinal);

        Assert.Equal(costs, WellWorld.Costs(await _world.JudgeAsync()));
    }

    [Theory]
    [InlineData("ESMTP id 1", "MSG065:1")]
    [InlineData("ESMTPS id 1 (version=TLS1_1 cipher=AES128-SHA)", "MSG066:0.5")]
    [InlineData("HTTP id 1", "")]
    public async Task Encryption(string with, string costs)
    {
        _world.Received = $"from mx.good.example (mx.good.example [{WellWorld.Sender}]) by in.mailbox.example with {with}; Tue, 24 Nov 2026 10:00:00 +0000";

        Assert.Equal(costs, WellWorld.Costs(await _world.JudgeAsync()));
    }

    [Fact]
    public async Task ForgedFieldBelow_IsNotBelieved()
    {
        var forged = WellWorld.Crlf("Received: from mx.good.example (mx.good.example [203.0.113.10]) by in.mailbox.example with ESMTPS; Tue, 24 Nov 2026 09:59:59 +0000\n");
        _world.Received = "from mx.good.example (evil.example [198.51.100.66]) by in.mailbox.example with ESMTPS (version=TLS1_3); Tue, 24 Nov 2026 10:00:00 +0000";

        var seen = await _world.ObserveAsync([.. forged, .. _world.Signed()]);

        Assert.Equal(IPAddress.Parse("198.51.100.66"), seen.Hop!.Address);
    }

    [Fact]
    public async Task NoTrustedHop_CostsNothing()
    {
        _world.Received = "from a.example ([192.0.2.1]) by elsewhere.example with ESMTP; Tue, 24 Nov 2026 10:00:00 +0000";

        var verdict = await _world.JudgeAsync();

        Assert.Equal(10m, verdict.Score);
        Assert.Contains(verdict.Undetermined, u => u.Reason.Key == "HopUnknown");
    }

    [Theory]
    [InlineData("from mx.a.example (mail.a.example [192.0.2.1])", "192.0.2.1", "mx.a.example")]
    [InlineData("from mail.a.example ([192.0.2.1] helo=mx.a.example)", "192.0.2.1", "mx.a.example")]
    [InlineData("from mx.a.example (2001:db8::5) by b", "2001:db8::5", "mx.a.example")]
    [InlineData("from mx.a.example (mail.a.example. [IPv6:2001:db8::5])", "2001:db8::5", "mx.a.example")]
    [InlineData("from [192.0.2.1] (helo=mx.a.example)", "192.0.2.1", "mx.a.example")]
    [InlineData("from mx.a.example (HELO mx.a.example) (192.0.2.1)", "192.0.2.1", "mx.a.example")]
    [InlineData("from mx.a.example (HELO mx.a.example) (user@192.0.2.1)", "192.0.2.1", "mx.a.example")]
    [InlineData("from [10.0.0.9] (mail.a.example [192.0.2.1])", "192.0.2.1", "[10.0.0.9]")]
    [InlineData("from [IPv6:2001:db8::9] (unknown [IPv6:2001:db8::5])", "2001:db8::5", "[ipv6:2001:db8::9]")]
    [InlineData("from [10.0.0.9] (192.0.2.1)", "192.0.2.1", "[10.0.0.9]")]
    [InlineData("from unknown (HELO [10.0.0.9]) (192.0.2.1)", "192.0.2.1", "[10.0.0.9]")]
    [InlineData("from [192.0.2.1] (helo=[10.0.0.9])", "192.0.2.1", "[10.0.0.9]")]
    [InlineData("from a[10.0.0.9] (mail.a.example [192.0.2.1])", "192.0.2.1", "a[10.0.0.9]")]
    [InlineData("from 192.0.2.1 (EHLO mx.a.example)", "192.0.2.1", "mx.a.example")]
    public void SendingHop_AsServersWriteIt(string from, string address, string helo)
    {
        var hop = SendingHops.Read(ReceivedParser.Parse($"{from} by in.mailbox.example with ESMTP id 1; Tue, 24 Nov 2026 10:00:00 +0000"), 1);

        Assert.Equal((IPAddress.Parse(address), helo), (hop.Address, hop.Helo));
    }

    /// <summary>Lines as large providers add them on top, the latest first; ours came from 203.0.113.10.</summary>
    [Theory]
    [InlineData("google.com", "by 2002:a05:6a10:c16:b0:4ac:f2ab:dd21 with SMTP id a1csp2", "from mx.good.example (mx.good.example. [203.0.113.10]) by mx.google.com with ESMTPS id b2 for <x@gmail.com>")]
    [InlineData("yahoo.com", "from 203.0.113.10 (EHLO mx.good.example) by 10.217.150.70 with SMTPs (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256)")]
    [InlineData(
        "outlook.com",
        "from DB1PR01MB1.eurprd01.prod.exchangelabs.com (2603:10a6:10:1::2) by DB2PR01MB2.eurprd01.prod.outlook.com with HTTPS",
        "from AM0PR01CA1.eurprd01.prod.exchangelabs.com (2603:10a6:208::12) by DB1PR01MB1.eurprd01.prod.exchangelabs.com (2603:10a6:10:1::2) with Microsoft SMTP Server (version=TLS1_2)",
        "from mx.good.example (203.0.113.10) by AM0EUR02FT063.mail.protection.outlook.com (10.13.54.184) with Microsoft SMTP Server (version=TLS1_3)")]
    public void SendingHop_BehindTheProvidersOwnMachines(string trusted, params string[] lines)
    {
        var header = HeaderAnalyzer.Analyze(string.Concat(lines.Select(l => $"Received: {l}; Tue, 24 Nov 2026 10:00:00 +0000\r\n")));
        var request = new MessageRequest(default, WellWorld.Now) { TrustedHosts = [trusted], TrustedNetworks = [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2603:1000::/24")] };

        var hop = SendingHops.Find(header, request);

        Assert.Equal((IPAddress.Parse(WellWorld.Sender), "mx.good.example", lines.Length), (hop?.Address, hop?.Helo, hop?.FromTop));
    }

    [Fact]
    public async Task Listed_CostsByWeightAndOnce_AndSilentListsNothing()
    {
        const string zen = "zen.spamhaus.org";
        _world.Dns.A($"2.0.0.127.{zen}", "127.0.0.2").A($"10.113.0.203.{zen}", "127.0.0.4").Txt($"10.113.0.203.{zen}", "see us");
        _world.Blocklists = Probe();

        Assert.Equal("MSG070:3", WellWorld.Costs(await _world.JudgeAsync()));

        _world.Dns.Remove($"2.0.0.127.{zen}");
        _world.Blocklists = Probe();
        var silent = await _world.JudgeAsync();
        Assert.Equal(10m, silent.Score);
        Assert.Contains(silent.Undetermined, u => u.Subject.List == zen);
    }

    private BlocklistProbe Probe() => new(_world.Dns, BlocklistCatalogue.Shipped, BlocklistSettings.Default, new BlocklistHealth(new FakeTimeProvider()));
}
