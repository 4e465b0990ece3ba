using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Publishing;
using MailDashboard.Mail.Publishing.Looking;
using MailDashboard.Tests.Fakes;
using static MailDashboard.Tests.Mail.Publishing.PlanWorld;

namespace MailDashboard.Tests.Mail.Publishing;

public class PublishedLookerTests
{
    private const string Dmarc = "v=DMARC1; p=none; rua=mailto:d@harbour.example";
    private const string Owner = $"_dmarc.{Domain}";

    private static readonly string Key = $"v=DKIM1; k=rsa; p={new string('A', 392)}";

    [Fact]
    public async Task Look_AtEveryServer_IsSeen()
    {
        var look = Assert.IsType<PublishedLook.Seen>(await LookAsync(Record(Dmarc), Zone().Txt(Owner, Dmarc)));

        Assert.Equal((true, LookedAt.NameServers, 2), (look.IsEverywhere, look.Via, look.At.Length));
        Assert.Contains("ns1.harbour.example (192.0.2.1)", look.At);
    }

    [Fact]
    public async Task Look_AtOneOfTwo_IsSeenThere()
    {
        var authority = new FakeAuthority().Serves("192.0.2.1", Zone().Txt(Owner, Dmarc)).Serves("192.0.2.2", Zone());

        var look = Assert.IsType<PublishedLook.Seen>(await LookAsync(Record(Dmarc), Zone(), authority));

        Assert.Equal((false, 1, 2), (look.IsEverywhere, look.At.Length, look.Servers.Length));
    }

    [Fact]
    public async Task Look_Nowhere_NamesHowLongThatMayBeKept()
    {
        var look = Assert.IsType<PublishedLook.NotYet>(await LookAsync(Record(Dmarc), Zone()));

        Assert.Equal((900u, LookedAt.NameServers), (look.Wait, look.Via));
    }

    [Theory]
    [InlineData($"\"{Dmarc}\"", DifferenceKind.QuotesInside)]
    [InlineData("v=DMARC1\\; p=none\\; rua=mailto:d@harbour.example", DifferenceKind.SemicolonsEscaped)]
    [InlineData("v=DMARC1; p=none;", DifferenceKind.Truncated)]
    [InlineData("v=DMARC1; p=no ne; rua=mailto:d@har bour.example", DifferenceKind.BlanksInside)]
    [InlineData("v=DMARC1; p=quarantine", DifferenceKind.OldValue)]
    [InlineData("v=DMARC1; p=reject", DifferenceKind.OtherValue)]
    public async Task Look_ValueDiffers_SaysHow(string there, DifferenceKind expected)
    {
        var record = Record(Dmarc) with { Replaces = [new OldRecord(DnsRecordType.TXT, "v=DMARC1; p=quarantine")] };

        var difference = await DifferenceAsync(record, Zone().Txt(Owner, there));

        Assert.Equal((expected, Owner, there), (difference.Kind, difference.Name, difference.Seen));
    }

    [Fact]
    public async Task Look_CutAtTheEndOfAString_IsTruncated()
    {
        var difference = await DifferenceAsync(Record(Key), Zone().Txt(Owner, Key[..255]));

        Assert.Equal((DifferenceKind.Truncated, "255"), (difference.Kind, difference.What.Arguments[0]));
    }

    [Fact]
    public async Task Look_KeyWithABlankWhereItsStringsMeet_StillSaysTheSame() =>
        Assert.IsType<PublishedLook.Seen>(await LookAsync(Record(Key), Zone().Txt(Owner, $"{Key[..255]} {Key[255..]}")));

    [Fact]
    public async Task Look_OtherOrderAndFinalSemicolon_IsSeen() =>
        Assert.IsType<PublishedLook.Seen>(await LookAsync(Record(Dmarc), Zone().Txt(Owner, "v=DMARC1;rua=mailto:d@harbour.example;p=none;")));

    [Fact]
    public async Task Look_NameDoubled_NamesIt()
    {
        var difference = await DifferenceAsync(Record(Dmarc), Zone().Txt($"{Owner}.{Domain}", Dmarc));

        Assert.Equal((DifferenceKind.NameDoubled, $"{Owner}.{Domain}"), (difference.Kind, difference.Name));
        Assert.Equal([$"{Owner}.{Domain}", "_dmarc"], difference.What.Arguments);
    }

    [Fact]
    public async Task Look_AtTheTopOfTheZone_NamesIt() =>
        Assert.Equal(DifferenceKind.AtZoneTop, (await DifferenceAsync(Record(Dmarc), Zone().Txt(Domain, "v=spf1 -all", Dmarc))).Kind);

    [Fact]
    public async Task Look_AliasInItsPlace_NamesIt()
    {
        var difference = await DifferenceAsync(Record(Dmarc), Zone().Cname(Owner, "elsewhere.example"));

        Assert.Equal((DifferenceKind.AliasInstead, "elsewhere.example"), (difference.Kind, difference.Seen));
    }

    [Fact]
    public async Task Look_BesideTheOldOne_AreTwo()
    {
        var record = Record(Dmarc) with { Replaces = [new OldRecord(DnsRecordType.TXT, "v=DMARC1; p=reject")] };

        var look = Assert.IsType<PublishedLook.Different>(await LookAsync(record, Zone().Txt(Owner, "v=DMARC1; p=reject", Dmarc)));

        Assert.Equal([DifferenceKind.OldValue, DifferenceKind.Several], look.Differences.Select(d => d.Kind));
    }

    [Theory]
    [InlineData("v=spf1 mx ~all", null)]
    [InlineData("v=spf1 mx -all", DifferenceKind.OtherValue)]
    [InlineData("\"v=spf1 mx ~all\"", DifferenceKind.QuotesInside)]
    public async Task Look_SpfAmongOtherTexts_OnlyItsKindCounts(string there, DifferenceKind? expected)
    {
        var record = Record("v=spf1 mx ~all") with { Part = PlanPart.Spf, Owner = Domain };

        var look = await LookAsync(record, Zone().Txt(Domain, "verification=1", there));

        Assert.Equal(expected, (look as PublishedLook.Different)?.Differences[0].Kind);
        Assert.Equal(expected is null, look is PublishedLook.Seen);
    }

    [Theory]
    [InlineData("target.example", null)]
    [InlineData("target.example.harbour.example", DifferenceKind.TargetDoubled)]
    [InlineData("other.example", DifferenceKind.OtherValue)]
    public async Task Look_Alias_ItsTargetCounts(string target, DifferenceKind? expected)
    {
        var record = Record("target.example", DnsRecordType.CNAME);

        var look = await LookAsync(record, Zone().Cname(Owner, target));

        Assert.Equal(expected, (look as PublishedLook.Different)?.Differences[0].Kind);
    }

    [Fact]
    public async Task Look_TextWhereAnAliasBelongs_NamesIt() =>
        Assert.Equal(DifferenceKind.TextInstead, (await DifferenceAsync(Record("target.example", DnsRecordType.CNAME), Zone().Txt(Owner, "target.example"))).Kind);

    [Theory]
    [InlineData("10 mx.harbour.example", true)]
    [InlineData("10 mx.harbour.example.harbour.example", false)]
    public async Task Look_Mx_AllOfThemCount(string there, bool isRight)
    {
        var record = Record("10 mx.harbour.example", DnsRecordType.MX);

        var look = await LookAsync(record, Zone().Mx(Owner, (10, there[3..])));

        Assert.Equal(isRight, look is PublishedLook.Seen);
        Assert.Equal(isRight ? null : DifferenceKind.TargetDoubled, (look as PublishedLook.Different)?.Differences[0].Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Look_Removed_IsSeenOnceItIsGone(bool isGone)
    {
        var record = Record(Dmarc) with { Values = [], Action = PlanAction.Remove, Replaces = [new OldRecord(DnsRecordType.TXT, Dmarc)] };

        var look = await LookAsync(record, isGone ? Zone() : Zone().Txt(Owner, Dmarc));

        Assert.Equal(isGone, look is PublishedLook.Seen);
        Assert.Equal(!isGone, look is PublishedLook.Different { Differences: [{ Kind: DifferenceKind.OldValue }] });
    }

    [Theory]
    [InlineData(AuthorityEnd.Silent)]
    [InlineData(AuthorityEnd.Guarded)]
    [InlineData(AuthorityEnd.NoRoute)]
    public async Task Look_NoServerCanBeAsked_TheResolverIsAndThatIsSaid(AuthorityEnd end)
    {
        var authority = new FakeAuthority().Ends("192.0.2.1", end).Ends("192.0.2.2", end);

        var look = Assert.IsType<PublishedLook.Seen>(await LookAsync(Record(Dmarc), Zone().Txt(Owner, Dmarc), authority));

        Assert.Equal((LookedAt.Resolver, "192.0.2.53#53"), (look.Via, Assert.Single(look.At)));
    }

    [Fact]
    public async Task Look_OneServerDoesNotSpeakForTheZone_TheOtherIsEnough()
    {
        var authority = new FakeAuthority().Serves("192.0.2.1", Zone().Txt(Owner, Dmarc)).Says("192.0.2.2", DnsStatus.Refused);

        Assert.Single(Assert.IsType<PublishedLook.Seen>(await LookAsync(Record(Dmarc), Zone(), authority)).Servers);
    }

    [Fact]
    public async Task Look_NobodyAnswers_CouldNotAsk()
    {
        var dns = Zone().Fail(Owner, DnsRecordType.TXT, DnsStatus.Timeout);

        var look = Assert.IsType<PublishedLook.CouldNotAsk>(await LookAsync(Record(Dmarc), dns, new FakeAuthority()));

        Assert.Equal("DnsTimeout", look.Why.Key);
    }

    [Fact]
    public async Task Look_NothingPlanned_CouldNotAsk() =>
        Assert.Equal("NothingPlanned", Assert.IsType<PublishedLook.CouldNotAsk>(await LookAsync(Record(Dmarc) with { Action = PlanAction.Cannot, Values = [] }, Zone())).Why.Key);

    private static FakeDns Zone() => new FakeDns().Soa(Domain, minimum: 900).Ns(Domain, "ns1.harbour.example", "ns2.harbour.example").A("ns1.harbour.example", "192.0.2.1").A("ns2.harbour.example", "192.0.2.2");

    private static PlannedRecord Record(string value, DnsRecordType type = DnsRecordType.TXT) =>
        new(PlanPart.Dmarc, Domain, Owner, type, [value], PlanAction.Add, Reason.Of("DmarcMonitor"));

    private static async Task<Difference> DifferenceAsync(PlannedRecord record, FakeDns zone) =>
        Assert.Single(Assert.IsType<PublishedLook.Different>(await LookAsync(record, zone)).Differences);

    private static Task<PublishedLook> LookAsync(PlannedRecord record, FakeDns zone, FakeAuthority? authority = null) =>
        new PublishedLooker(zone, authority ?? new FakeAuthority().Serves("192.0.2.1", zone).Serves("192.0.2.2", zone)).LookAsync(record, TestContext.Current.CancellationToken);
}
