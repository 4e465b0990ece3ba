using System.Security.Cryptography;
using System.Text;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.MtaSts;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Publishing;
using MailDashboard.Tests.Fakes;
using static MailDashboard.Tests.Mail.Publishing.PlanWorld;

namespace MailDashboard.Tests.Mail.Publishing;

public class TransportPlanTests
{
    private static readonly MailRoles SendsOnly = new(Sends: true, Receives: false);

    [Fact]
    public async Task MtaSts_NothingThere_PlansHostFileAndRecord()
    {
        var plan = await PlanAsync(Request() with { MtaSts = new MtaStsWish(MtaStsMode.Testing, "web.harbour.example") }, Receiving());

        var file = Assert.Single(plan.Files);
        Assert.Equal(["mta-sts.harbour.example CNAME web.harbour.example Add", $"_mta-sts.harbour.example TXT v=STSv1; id={Id(file.Text)} Add"], Lines(plan, PlanPart.MtaSts));
        Assert.Equal(("https://mta-sts.harbour.example/.well-known/mta-sts.txt", PlanAction.Add), (file.Address.ToString(), file.Action));
        Assert.Equal("version: STSv1\r\nmode: testing\r\nmx: mx1.harbour.example\r\nmx: mx2.harbour.example\r\nmax_age: 604800\r\n", file.Text);
        var policy = MtaStsPolicy.Parse(file.Text);
        Assert.True(policy.IsValid && policy.Names("mx1.harbour.example") && policy.Names("mx2.harbour.example"));
    }

    [Fact]
    public async Task MtaSts_PolicyStays_SoDoesItsId()
    {
        var dns = Receiving().Txt($"_mta-sts.{Domain}", "v=STSv1; id=1;").A($"mta-sts.{Domain}", "192.0.2.5");

        var plan = await PlanAsync(Request() with { MtaSts = new MtaStsWish(MtaStsMode.Testing) }, dns, "version: STSv1\nmode: testing\nmx: *.harbour.example\nmax_age: 86400\n");

        Assert.Equal(["_mta-sts.harbour.example TXT v=STSv1; id=1; AlreadyRight"], Lines(plan, PlanPart.MtaSts));
        Assert.Equal(PlanAction.AlreadyRight, Assert.Single(plan.Files).Action);
    }

    [Theory]
    [InlineData("version: STSv1\nmode: testing\nmx: mx1.harbour.example\nmax_age: 86400\n", MtaStsMode.Testing, "mode: testing", 0)]
    [InlineData("version: STSv1\nmode: testing\nmx: *.harbour.example\nmax_age: 86400\n", MtaStsMode.Enforce, "mode: enforce", 0)]
    [InlineData("version: STSv1\nmode: enforce\nmx: old.harbour.example\nmax_age: 86400\n", MtaStsMode.Testing, "mode: enforce", 1)]
    public async Task MtaSts_PolicyChanges_GetsANewIdAndIsNotWeakened(string there, MtaStsMode wish, string mode, int notes)
    {
        var dns = Receiving().Txt($"_mta-sts.{Domain}", "v=STSv1; id=1;").A($"mta-sts.{Domain}", "192.0.2.5");

        var plan = await PlanAsync(Request() with { MtaSts = new MtaStsWish(wish) }, dns, there);

        var record = Assert.Single(plan.Records, r => r.Part == PlanPart.MtaSts);
        var file = Assert.Single(plan.Files);
        Assert.Equal((PlanAction.Change, $"v=STSv1; id={Id(file.Text)}", notes), (record.Action, record.Value(), record.Notes.Length));
        Assert.Contains(mode, file.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MtaSts_PlannedAgainBeforeTheFileIsServed_HasTheSameId()
    {
        var first = (await PlanAsync(Request() with { MtaSts = new MtaStsWish(MtaStsMode.Testing, "web.harbour.example") }, Receiving())).Records.Single(r => r.Owner.StartsWith('_') && r.Part == PlanPart.MtaSts);

        var again = await PlanAsync(Request() with { MtaSts = new MtaStsWish(MtaStsMode.Testing, "web.harbour.example") }, Receiving().Txt($"_mta-sts.{Domain}", first.Value()));

        Assert.Equal(PlanAction.AlreadyRight, again.Records.Single(r => r.Owner == first.Owner).Action);
        Assert.Equal(PlanAction.Add, Assert.Single(again.Files).Action);
    }

    [Fact]
    public async Task MtaSts_WithoutHostOrReceivers_CannotBePlanned()
    {
        var without = await PlanAsync(Request() with { MtaSts = new MtaStsWish(MtaStsMode.Testing) }, Receiving());
        var nobody = await PlanAsync(Request() with { MtaSts = new MtaStsWish(MtaStsMode.Testing) }, new FakeDns());

        Assert.Contains(without.Records, r => r.Obstacle?.Key == "MtaStsHostMissing");
        Assert.Equal(["MxUnknown", "MxUnknown"], nobody.Records.Where(r => r.Part is PlanPart.MtaSts or PlanPart.Mx).Select(r => r.Obstacle?.Key));
    }

    [Theory]
    [InlineData(null, "v=TLSRPTv1; rua=mailto:tls@harbour.example", PlanAction.Add)]
    [InlineData("v=TLSRPTv1; rua=https://r.example/x", "v=TLSRPTv1; rua=https://r.example/x,mailto:tls@harbour.example", PlanAction.Change)]
    [InlineData("v=TLSRPTv1;rua=mailto:tls@harbour.example;", "v=TLSRPTv1;rua=mailto:tls@harbour.example;", PlanAction.AlreadyRight)]
    public async Task TlsRpt_KeepsTheDestinationsThatAreThere(string? there, string expected, PlanAction action)
    {
        var dns = there is null ? Receiving() : Receiving().Txt($"_smtp._tls.{Domain}", there);

        var record = await PlanAsync(PlanPart.TlsRpt, Request() with { TlsReports = "tls@harbour.example" }, dns);

        Assert.Equal((expected, action), (record.Value(), record.Action));
    }

    [Fact]
    public async Task Parked_EverythingSaysNo()
    {
        var dns = Receiving().Txt($"_mta-sts.{Domain}", "v=STSv1; id=1;");

        var plan = await PlanAsync(Request(MailRoles.Parked) with { TlsReports = "tls@harbour.example" }, dns);

        Assert.Equal(
            [
                "harbour.example MX 0 . Change",
                "*._domainkey.harbour.example TXT v=DKIM1; p= Add",
                "harbour.example TXT v=spf1 -all Add",
                "_dmarc.harbour.example TXT v=DMARC1; p=reject; np=reject Add",
                "_mta-sts.harbour.example TXT  Remove",
            ],
            Lines(plan));
        Assert.Equal(["10 mx1.harbour.example", "20 mx2.harbour.example"], plan.Records[0].Replaces.Select(r => r.Value));
    }

    [Fact]
    public async Task SendsOnly_NoNullMx_AndSaysWhy()
    {
        var plan = await PlanAsync(Request(SendsOnly) with { SendingAddresses = [System.Net.IPAddress.Loopback] }, new FakeDns());

        Assert.DoesNotContain(plan.Records, r => r.Part == PlanPart.Mx);
        Assert.Contains(plan.Notes, n => n.Key == "MxSendsOnly");
    }

    [Fact]
    public async Task Mx_Wanted_TakesThePlaceOfWhatIsThere()
    {
        var record = await PlanAsync(PlanPart.Mx, Request() with { Exchangers = [new Exchanger(10, "MX1.harbour.example."), new Exchanger(20, "new.harbour.example")] }, Receiving());

        Assert.Equal(["10 mx1.harbour.example", "20 new.harbour.example"], record.Values);
        Assert.Equal([new OldRecord(DnsRecordType.MX, "20 mx2.harbour.example")], record.Replaces);
    }

    [Theory]
    [InlineData("nodot")]
    [InlineData("mx.harbour.example\n@ TXT x")]
    [InlineData("")]
    public async Task Names_ThatCannotStandInARecord_AreRefused(string host)
    {
        var receiving = await PlanAsync(Request() with { Exchangers = [new Exchanger(10, host)], SendingHosts = [host] }, Receiving());
        var policy = await PlanAsync(Request() with { MtaSts = new MtaStsWish(MtaStsMode.Testing, host) }, Receiving());

        Assert.Equal([PlanPart.Mx, PlanPart.Spf], receiving.Records.Where(r => r.Obstacle?.Key == "HostUnusable").Select(r => r.Part));
        Assert.Equal("mta-sts.harbour.example", Assert.Single(policy.Records, r => r.Obstacle?.Key == "HostUnusable").Owner);
    }

    private static FakeDns Receiving() => new FakeDns().Mx(Domain, (10, "mx1.harbour.example"), (20, "mx2.harbour.example"));

    private static IEnumerable<string> Lines(PublishingPlan plan, PlanPart? part = null) =>
        plan.Records.Where(r => part is null || r.Part == part).Select(r => $"{r.Owner} {r.Type} {string.Join(' ', r.Values)} {r.Action}");

    private static string Id(string policy) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(policy)))[..20];
}
