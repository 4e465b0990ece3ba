using System.Net;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Publishing;
using MailDashboard.Tests.Fakes;
using static MailDashboard.Tests.Mail.Publishing.PlanWorld;

namespace MailDashboard.Tests.Mail.Publishing;

public class SpfPlanTests
{
    [Fact]
    public async Task Plan_NothingThere_ListsWhatSends()
    {
        var request = Request() with
        {
            ExchangersSend = true,
            SendingAddresses = [IPAddress.Parse("192.0.2.1"), IPAddress.Parse("2001:db8::1"), IPAddress.Parse("::ffff:192.0.2.1")],
            SendingHosts = ["Out.harbour.example."],
            Providers = [Choose("mailjet")],
        };
        var dns = Mailjet().Mx(Domain, (10, "mx.harbour.example")).A("out.harbour.example", "192.0.2.2");

        var spf = await SpfAsync(request, dns);

        Assert.Equal("v=spf1 mx ip4:192.0.2.1 ip6:2001:db8::1 a:out.harbour.example include:spf.mailjet.com ~all", spf.Value());
        Assert.Equal((PlanAction.Add, "SpfFirst", Domain), (spf.Action, spf.Why.Key, spf.Owner));
        Assert.Equal(["SpfSoftEnd"], spf.NoteKeys());
        Assert.Equal((3, 0, true), (spf.Spf!.Lookups, spf.Spf.Voids, spf.Spf.IsComplete));
    }

    [Fact]
    public async Task Plan_RecordThere_ChangesItAndNamesWhatItReplaces()
    {
        var dns = Mailjet().Txt(Domain, "v=spf1 ip4:198.51.100.1 -all", "some-site-verification=1");

        var spf = await SpfAsync(Request() with { Providers = [Choose("mailjet")] }, dns);

        Assert.Equal((PlanAction.Change, "v=spf1 ip4:198.51.100.1 include:spf.mailjet.com -all"), (spf.Action, spf.Value()));
        Assert.Equal([new OldRecord(DnsRecordType.TXT, "v=spf1 ip4:198.51.100.1 -all")], spf.Replaces);
    }

    [Fact]
    public async Task Plan_EverythingThere_IsAlreadyRightAsPublished()
    {
        var dns = Mailjet().Txt(Domain, "V=spf1  include:SPF.mailjet.com -all");

        var spf = await SpfAsync(Request() with { Providers = [Choose("mailjet")] }, dns);

        Assert.Equal((PlanAction.AlreadyRight, "V=spf1  include:SPF.mailjet.com -all"), (spf.Action, spf.Value()));
        Assert.Empty(spf.Replaces);
    }

    [Fact]
    public async Task Plan_SeveralRecords_JoinsThem()
    {
        var dns = new FakeDns().Txt(Domain, "v=spf1 ip4:192.0.2.1 -all", "v=spf1 ip4:192.0.2.2 -all");

        var spf = await SpfAsync(Request(), dns);

        Assert.Equal(("SpfJoined", "v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 -all", 2), (spf.Why.Key, spf.Value(), spf.Replaces.Length));
    }

    [Fact]
    public async Task Plan_MoreThanTenLookups_IsRefusedWithWhatCostsHowMany()
    {
        var dns = Mailjet().Txt(Domain, "v=spf1 include:big.example include:small.example -all").Txt("small.example", "v=spf1 ip4:192.0.2.1 -all")
            .Txt("big.example", $"v=spf1 {string.Join(' ', Enumerable.Range(0, 8).Select(i => $"include:p{i}.big.example"))} -all");
        foreach (var i in Enumerable.Range(0, 8))
        {
            dns.Txt($"p{i}.big.example", "v=spf1 ip4:192.0.2.1 -all");
        }

        var spf = await SpfAsync(Request() with { Providers = [Choose("mailjet")] }, dns);

        Assert.Equal((PlanAction.Cannot, "SpfTooManyLookups"), (spf.Action, spf.Obstacle?.Key));
        Assert.Equal(["11", "10", "include:big.example = 9, include:small.example = 1, include:spf.mailjet.com = 1"], spf.Obstacle!.Arguments);
        Assert.Equal(new SpfTermCost("include:big.example", 9), spf.Spf!.Costs[0]);
        Assert.Empty(spf.Values);
        Assert.Single(spf.Replaces);
    }

    [Fact]
    public async Task Plan_TooManyNamesThatLeadNowhere_IsRefused()
    {
        var dns = new FakeDns().Txt(Domain, "v=spf1 a:x.example a:y.example a:z.example -all");

        var spf = await SpfAsync(Request(), dns);

        Assert.Equal(("SpfTooManyVoids", "a:x.example, a:y.example, a:z.example"), (spf.Obstacle?.Key, spf.Obstacle?.Arguments[1]));
    }

    [Theory]
    [InlineData("v=spf1 include:gone.example -all", "SpfIncludeBroken")]
    [InlineData("v=spf1 include:loop.example -all", "SpfLoop")]
    public async Task Plan_IncludeThatBreaksEverything_IsRefused(string there, string obstacle)
    {
        var dns = new FakeDns().Txt(Domain, there).Txt("loop.example", $"v=spf1 include:{Domain} -all");

        Assert.Equal(obstacle, (await SpfAsync(Request(), dns)).Obstacle?.Key);
    }

    [Fact]
    public async Task Plan_IncludeReachedThroughAnother_IsNotAddedAgain()
    {
        var dns = Mailjet().Txt(Domain, "v=spf1 include:_spf.harbour.example -all").Txt("_spf.harbour.example", "v=spf1 include:spf.mailjet.com ~all");

        var spf = await SpfAsync(Request() with { Providers = [Choose("mailjet")] }, dns);

        Assert.Equal((PlanAction.AlreadyRight, "SpfInside"), (spf.Action, Assert.Single(spf.NoteKeys())));
    }

    [Fact]
    public async Task Plan_DnsDoesNotTellTheCost_PlansAndSaysSo()
    {
        var dns = new FakeDns().Fail("spf.mailjet.com", DnsRecordType.TXT, DnsStatus.Timeout);

        var spf = await SpfAsync(Request() with { Providers = [Choose("mailjet")] }, dns);

        Assert.Equal((PlanAction.Add, false), (spf.Action, spf.Spf!.IsComplete));
        Assert.Contains("SpfNotCounted", spf.NoteKeys());
    }

    [Fact]
    public async Task Plan_DnsDoesNotTellWhatIsThere_IsNotGuessed()
    {
        var dns = new FakeDns().Fail(Domain, DnsRecordType.TXT, DnsStatus.ServFail);

        var spf = await SpfAsync(Request() with { ExchangersSend = true }, dns);

        Assert.Equal((PlanAction.Cannot, "DnsServFail"), (spf.Action, spf.Obstacle?.Key));
    }

    [Fact]
    public async Task Plan_NothingKnown_AsksFirst() => Assert.Equal("SpfNobodyKnown", (await SpfAsync(Request(), new FakeDns())).Obstacle?.Key);

    [Fact]
    public async Task Plan_ProviderWithItsOwnReturnPath_LeavesTheDomainOpen()
    {
        var spf = await SpfAsync(Request() with { Providers = [Choose("postmark")] }, new FakeDns());

        Assert.Equal(("v=spf1 ~all", "SpfNobodyDirect"), (spf.Value(), Assert.Single(spf.NoteKeys())));
    }

    [Fact]
    public async Task Plan_ProviderOnASubdomain_GetsARecordThere()
    {
        var dns = new FakeDns().Txt("amazonses.com", "v=spf1 ip4:199.255.192.0/22 -all");

        var plan = await PlanAsync(Request() with { ExchangersSend = true, Providers = [Choose("resend", ("region", "eu-west-1"))] }, dns.Mx(Domain, (10, "mx.harbour.example")));

        var spf = Assert.Single(plan.Records, r => r.Part == PlanPart.Spf && r.Owner == "send.harbour.example");
        Assert.Equal(("v=spf1 include:amazonses.com ~all", "resend", "SpfBelow"), (spf.Value(), spf.Provider, spf.Why.Key));
        Assert.Equal("v=spf1 mx ~all", plan.Records.Single(r => r.Part == PlanPart.Spf && r.Owner == Domain).Value());
    }

    [Fact]
    public async Task Plan_TermThatOnlyTheConsoleKnows_IsAskedFor()
    {
        var plan = await PlanAsync(Request() with { ExchangersSend = true, Providers = [Choose("zoho")] }, new FakeDns().Mx(Domain, (10, "mx.zoho.eu")));

        Assert.Contains(plan.Records, r => r is { Part: PlanPart.Spf, Action: PlanAction.Cannot, Provider: "zoho", Obstacle.Key: "FieldMissing" });
        Assert.Contains("include:zohomail.eu", (await SpfAsync(Request() with { Providers = [Choose("zoho", ("spf", "ZOHOMAIL.eu"))] }, new FakeDns().Txt("zohomail.eu", "v=spf1 ip4:192.0.2.0/24 -all"))).Value(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, PlanAction.Add)]
    [InlineData("v=spf1 -all", PlanAction.AlreadyRight)]
    [InlineData("v=spf1 mx -all", PlanAction.Change)]
    public async Task Plan_SendsNothing_ClosesIt(string? there, PlanAction action)
    {
        var dns = there is null ? new FakeDns().Txt(Domain, "other") : new FakeDns().Txt(Domain, there, "other");

        var spf = await SpfAsync(Request(MailRoles.Parked), dns);

        Assert.Equal(("v=spf1 -all", action), (spf.Value(), spf.Action));
    }

    [Fact]
    public async Task Plan_LongRecord_IsNamedAndVeryLongOneRefused()
    {
        string Record(int count) => $"v=spf1 {string.Join(' ', Enumerable.Range(0, count).Select(i => $"ip4:192.0.{i}.0/24"))} -all";

        var longer = await SpfAsync(Request(), new FakeDns().Txt(Domain, Record(30)));
        var tooLong = await SpfAsync(Request(), new FakeDns().Txt(Domain, Record(120)));

        Assert.Contains("SpfLong", longer.NoteKeys());
        Assert.Equal("SpfTooLong", tooLong.Obstacle?.Key);
    }

    private static FakeDns Mailjet() => new FakeDns().Txt("spf.mailjet.com", "v=spf1 ip4:87.253.232.0/21 -all");

    private static async Task<PlannedRecord> SpfAsync(PublishingRequest request, FakeDns dns) =>
        Assert.Single((await PlanAsync(request, dns)).Records, r => r.Part == PlanPart.Spf);
}
