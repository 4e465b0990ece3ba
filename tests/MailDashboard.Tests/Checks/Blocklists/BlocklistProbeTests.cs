using System.Net;
using MailDashboard.Checks;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Tests.Checks.Blocklists;

public class BlocklistProbeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Look_Listed_HasMeaningTextAndRemoval()
    {
        var world = new ListWorld();
        world.Dns.A($"10.2.0.192.{ListWorld.Ip}", "127.0.0.2").Txt($"10.2.0.192.{ListWorld.Ip}", "see\u0007 https://lists.example\r\n" + new string('x', 9000));

        var look = await world.LookAsync("192.0.2.10");

        Assert.Equal(ListingState.Listed, look.State);
        Assert.StartsWith("see  https://lists.example  xxx", look.Text, StringComparison.Ordinal);
        Assert.True(look.Text!.Length <= 500);
        Assert.Equal("https://lists.example/?q=192.0.2.10", look.List.RemovalFor(look.Subject.Name));
    }

    [Fact]
    public async Task Look_NotListed_DoesNotAskForText()
    {
        var world = new ListWorld();

        var look = await world.LookAsync("192.0.2.10");

        Assert.Equal(ListingState.NotListed, look.State);
        Assert.DoesNotContain(world.Dns.Asked, q => q.Type == DnsRecordType.TXT);
    }

    [Fact]
    public async Task Look_IPv6_AsksNibbles()
    {
        var world = new ListWorld();
        world.Dns.A($"1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.{ListWorld.Ip}", "127.0.0.2");

        Assert.Equal(ListingState.Listed, (await world.LookAsync("2001:db8::1")).State);
        Assert.Contains(world.Dns.Asked, q => q.Name == $"{ListWorld.V6Listed}.{ListWorld.Ip}");
        Assert.Equal("2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0", ListWorld.V6Listed);
    }

    [Fact]
    public async Task Look_MappedAddress_IsAskedAsIPv4()
    {
        var world = new ListWorld();
        world.Dns.A($"10.2.0.192.{ListWorld.Ip}", "127.0.0.2");

        var look = await world.LookAsync("::ffff:192.0.2.10");

        Assert.Equal((ListingState.Listed, "192.0.2.10"), (look.State, look.Subject.Name));
    }

    [Fact]
    public async Task LookMany_KindsAreNeverMixed()
    {
        var world = new ListWorld();

        var looks = await world.Probe().LookAsync([ListWorld.Subject("192.0.2.10"), ListWorld.Subject("2001:db8::1"), ListWorld.Subject("example.org")], _ => true, Token, Token);

        Assert.Equal(
            ["192.0.2.10 ip.lists.example", "192.0.2.10 other.lists.example", "2001:db8::1 ip.lists.example", "example.org names.lists.example"],
            looks.Select(l => l.Listing.ToString()));
        Assert.DoesNotContain(world.Dns.Asked, q => q.Name.Contains("10.2.0.192.names", StringComparison.Ordinal) || q.Name == $"example.org.{ListWorld.Ip}");
    }

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("192.168.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.1.10")]
    [InlineData("169.254.1.1")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("::1")]
    public async Task Look_PrivateAddress_IsNotAsked(string address)
    {
        var world = new ListWorld();

        var look = await world.LookAsync(address);

        Assert.Equal((ListingState.Unknown, UnknownCause.NotPublic), (look.State, look.Cause));
        Assert.Empty(world.Dns.Asked);
    }

    [Fact]
    public async Task Look_PrivateAddressOfAnOpenedNetwork_IsAsked()
    {
        var world = new ListWorld { Settings = new() { PrivateNetworks = [IPNetwork.Parse("127.0.0.0/8")] } };
        world.Dns.A($"10.1.0.127.{ListWorld.Ip}", "127.0.0.2");

        Assert.Equal(ListingState.Listed, (await world.LookAsync("127.0.1.10")).State);
        Assert.Equal(UnknownCause.NotPublic, (await world.LookAsync("10.1.2.3")).Cause);
    }

    [Fact]
    public async Task Look_IPv6OnAListThatHasTheTestEntryOfIPv4Only_IsBelieved()
    {
        var world = new ListWorld();
        world.Dns.A($"2.0.0.127.{ListWorld.Other}", "127.0.0.2");
        var list = ListWorld.Reads(ListWorld.Json.Replace("\"other.lists.example\", \"kinds\": [\"ipv4\"]", "\"other.lists.example\", \"kinds\": [\"ipv4\", \"ipv6\"]", StringComparison.Ordinal)).Find(ListWorld.Other)!;
        world.Dns.A($"{DnsNames.ReversedLabels(IPAddress.Parse("2001:db8::1"))}.{ListWorld.Other}", "127.0.0.2");

        Assert.Equal(ListingState.Listed, (await world.Probe().LookAsync(ListWorld.Subject("2001:db8::1"), list, false, Token)).State);
    }

    [Theory]
    [InlineData(DnsStatus.ServFail)]
    [InlineData(DnsStatus.Timeout)]
    [InlineData(DnsStatus.Refused)]
    public async Task Look_DnsFails_IsUnknownAndTheOtherListStillTells(DnsStatus status)
    {
        var world = new ListWorld();
        world.Dns.Fail($"10.2.0.192.{ListWorld.Ip}", DnsRecordType.A, status).A($"10.2.0.192.{ListWorld.Other}", "127.0.0.2");

        var looks = await world.Probe().LookAsync([ListWorld.Subject("192.0.2.10")], _ => true, Token, Token);

        Assert.Equal([(ListingState.Unknown, UnknownCause.Dns), (ListingState.Listed, UnknownCause.None)], looks.Select(l => (l.State, l.Cause)));
    }

    [Fact]
    public async Task SelfTest_TestEntryMissing_SuspendsTheListForAnHour()
    {
        var world = new ListWorld();
        world.Dns.Remove($"2.0.0.127.{ListWorld.Ip}").A($"10.2.0.192.{ListWorld.Ip}", "127.0.0.2");

        var look = await world.LookAsync("192.0.2.10");
        Assert.Equal((ListingState.Unknown, UnknownCause.SelfTest, "SelfTestSilent"), (look.State, look.Cause, look.Reason!.Key));

        world.Dns.A($"2.0.0.127.{ListWorld.Ip}", "127.0.0.2");
        world.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(ListingState.Unknown, (await world.LookAsync("192.0.2.10")).State);

        world.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(ListingState.Listed, (await world.LookAsync("192.0.2.10")).State);
    }

    [Theory]
    [InlineData("127.0.0.2", "SelfTestListsAll")]
    [InlineData("203.0.113.9", "AnswerOutside127")]
    public async Task SelfTest_ListAnswersEverything_AccusesNobody(string everything, string reason)
    {
        var world = new ListWorld();
        world.Dns.Remove($"2.0.0.127.{ListWorld.Other}").A($"*.{ListWorld.Other}", everything);

        var look = await world.LookAsync("192.0.2.10", ListWorld.Other);

        Assert.Equal((ListingState.Unknown, UnknownCause.SelfTest, reason), (look.State, look.Cause, look.Reason!.Key));
    }

    [Fact]
    public async Task SelfTest_ManyLooks_RunsOnceAnHour()
    {
        var world = new ListWorld();

        await Task.WhenAll(Enumerable.Range(1, 20).Select(i => world.LookAsync($"192.0.2.{i}")));
        await world.LookAsync("192.0.2.99");
        Assert.Single(world.Dns.Asked, q => q.Name == $"2.0.0.127.{ListWorld.Ip}");

        world.Time.Advance(TimeSpan.FromMinutes(61));
        await world.LookAsync("192.0.2.99");
        Assert.Equal(2, world.Dns.Asked.Count(q => q.Name == $"2.0.0.127.{ListWorld.Ip}"));
    }

    [Fact]
    public async Task SelfTest_ItsAuditIsCancelled_TheOtherRunsItAgain()
    {
        var world = new ListWorld();
        var held = world.Dns.Hold($"2.0.0.127.{ListWorld.Ip}", DnsRecordType.A);
        using var gaveUp = new CancellationTokenSource();
        var first = world.Probe().LookAsync(ListWorld.Subject("192.0.2.10"), world.List(ListWorld.Ip), false, gaveUp.Token);
        var second = world.LookAsync("192.0.2.11");

        await gaveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        held.SetResult();

        Assert.Equal(ListingState.NotListed, (await second).State);
    }

    [Fact]
    public async Task SelfTest_NoAnswer_IsTriedAgainAfterAMinute()
    {
        var world = new ListWorld();
        world.Dns.Fail($"2.0.0.127.{ListWorld.Ip}", DnsRecordType.A, DnsStatus.Timeout);
        Assert.Equal((ListingState.Unknown, UnknownCause.Dns), await StateAsync(world));

        world.Dns.Remove($"2.0.0.127.{ListWorld.Ip}").A($"2.0.0.127.{ListWorld.Ip}", "127.0.0.2");
        world.Time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal((ListingState.NotListed, UnknownCause.None), await StateAsync(world));
    }

    [Fact]
    public async Task Refusal_PausesTheListForAnHour()
    {
        var world = new ListWorld();
        world.Dns.A($"10.2.0.192.{ListWorld.Ip}", "127.255.255.254");
        Assert.Equal((ListingState.Unknown, UnknownCause.Refused), await StateAsync(world));
        var asked = world.AskedFor(ListWorld.Ip);

        world.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal((ListingState.Unknown, UnknownCause.Refused), await StateAsync(world, "192.0.2.77"));
        Assert.Equal(asked, world.AskedFor(ListWorld.Ip));

        world.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((ListingState.NotListed, UnknownCause.None), await StateAsync(world, "192.0.2.77"));
    }

    [Fact]
    public async Task TimeOuts_ThreeInARow_LeaveTheListAloneForAMinute()
    {
        var world = new ListWorld();
        foreach (var i in Enumerable.Range(10, 20))
        {
            world.Dns.Fail($"{i}.2.0.192.{ListWorld.Ip}", DnsRecordType.A, DnsStatus.Timeout);
        }

        for (var i = 10; i < 20; i++)
        {
            Assert.Equal((ListingState.Unknown, UnknownCause.Dns), await StateAsync(world, $"192.0.2.{i}"));
        }

        Assert.Equal(3, world.Dns.Asked.Count(q => q.Name.EndsWith($"2.0.192.{ListWorld.Ip}", StringComparison.Ordinal)));
        world.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal((ListingState.NotListed, UnknownCause.None), await StateAsync(world, "192.0.2.99"));
    }

    [Fact]
    public async Task Look_OwnListThatHoldsPrivateAddresses_IsAskedForThem()
    {
        var world = new ListWorld();
        world.Dns.A($"3.2.1.10.{ListWorld.Ip}", "127.0.0.2");

        var look = await world.Probe().LookAsync(ListWorld.Subject("10.1.2.3"), world.List(ListWorld.Ip) with { AsksPrivate = true }, false, Token);

        Assert.Equal(ListingState.Listed, look.State);
    }

    [Fact]
    public async Task Look_NeedsKeyAndHasNone_IsOff()
    {
        var world = new ListWorld();

        var look = await world.LookAsync("192.0.2.10", ListWorld.Keyed);

        Assert.Equal((ListingState.Off, "NeedsKey"), (look.State, look.Reason!.Key));
        Assert.Empty(world.Dns.Asked);
    }

    [Fact]
    public async Task Look_WithKey_AsksTheKeyedZoneAndNamesThePublicOne()
    {
        var world = new ListWorld { Settings = ListWorld.WithKey };
        world.Dns.A($"10.2.0.192.{ListWorld.Key}.dq.lists.example", "127.0.0.2");

        var look = await world.LookAsync("192.0.2.10", ListWorld.Keyed);

        Assert.Equal((ListingState.Listed, "192.0.2.10 keyed.lists.example"), (look.State, look.Listing.ToString()));
    }

    [Fact]
    public async Task Look_KeyedZoneFails_ReasonDoesNotShowTheKey()
    {
        var world = new ListWorld { Settings = ListWorld.WithKey };
        world.Dns.Fail($"10.2.0.192.{ListWorld.Key}.dq.lists.example", DnsRecordType.A, DnsStatus.ServFail);

        var look = await world.LookAsync("192.0.2.10", ListWorld.Keyed);

        Assert.Equal("10.2.0.192.***.dq.lists.example", look.Reason!.Arguments[0]);
    }

    [Theory]
    [InlineData("a key")]
    [InlineData("a..b")]
    [InlineData("x\u0000y")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task Look_KeyThatIsNone_IsNeverAsked(string key)
    {
        var world = new ListWorld { Settings = new BlocklistSettings { Keys = ListWorld.WithKey.Keys.SetItem("publisher", key) } };

        var look = await world.LookAsync("192.0.2.10", ListWorld.Keyed);

        Assert.Equal((ListingState.Unknown, UnknownCause.Key), (look.State, look.Cause));
        Assert.DoesNotContain(look.Reason!.Arguments, a => a.Contains(key, StringComparison.Ordinal));
        Assert.Empty(world.Dns.Asked);
    }

    [Fact]
    public async Task LookAgain_RepeatsSelfTestAndQuestion()
    {
        var world = new ListWorld();
        world.Dns.A($"10.2.0.192.{ListWorld.Ip}", "127.0.0.2");
        await world.LookAsync("192.0.2.10");

        var again = await world.Probe().LookAgainAsync(Subject.Listing("192.0.2.10", ListWorld.Ip), Token);

        Assert.Equal(ListingState.Listed, again!.State);
        Assert.Equal(2, world.Dns.Asked.Count(q => q.Name == $"2.0.0.127.{ListWorld.Ip}"));
        Assert.Equal(2, world.Dns.Asked.Count(q => q.Name == $"10.2.0.192.{ListWorld.Ip}" && q.Type == DnsRecordType.A));
    }

    [Fact]
    public async Task LookAgain_ListHasGoneMadMeanwhile_ConfirmsNothing()
    {
        var world = new ListWorld();
        world.Dns.A($"10.2.0.192.{ListWorld.Ip}", "127.0.0.2");
        await world.LookAsync("192.0.2.10");
        world.Dns.A($"1.0.0.127.{ListWorld.Ip}", "127.0.0.2");

        var again = await world.Probe().LookAgainAsync(Subject.Listing("192.0.2.10", ListWorld.Ip), Token);

        Assert.Equal((ListingState.Unknown, UnknownCause.SelfTest), (again!.State, again.Cause));
    }

    [Fact]
    public async Task LookAgain_ListNoLongerInTheData_IsNull() =>
        Assert.Null(await new ListWorld().Probe().LookAgainAsync(Subject.Listing("192.0.2.10", "gone.example"), Token));

    private static async Task<(ListingState, UnknownCause)> StateAsync(ListWorld world, string subject = "192.0.2.10")
    {
        var look = await world.LookAsync(subject);
        return (look.State, look.Cause);
    }
}
