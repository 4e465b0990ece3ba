using System.Net;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Tests.Checks.Blocklists;

public class ListingDecoderTests
{
    private static readonly BlocklistSubject Subject = BlocklistSubject.Of(IPAddress.Parse("192.0.2.10"));

    public static TheoryData<string, string> Refusals()
    {
        var data = new TheoryData<string, string>();
        var shipped = BlocklistCatalogue.Shipped;
        foreach (var list in shipped.Lists)
        {
            foreach (var answer in list.Codes.Where(c => c.Effect == CodeEffect.Refusal).Select(Example))
            {
                data.Add(list.Zone, answer);
            }

            // The common refusals hold wherever the list's own table does not claim the answer.
            foreach (var refusal in shipped.Refusals.Where(r => !list.Codes.Any(c => !c.Match.IsBit && c.Match.Matches(r.Match.First))))
            {
                data.Add(list.Zone, Example(refusal));
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Decode_RefusalCode_IsUnknownWithItsReason(string zone, string answer)
    {
        var look = Decode(zone, answer);

        Assert.Equal(ListingState.Unknown, look.State);
        Assert.Equal(UnknownCause.Refused, look.Cause);
        Assert.StartsWith("Refused.", look.Reason!.Key, StringComparison.Ordinal);
        Assert.Empty(look.Codes);
    }

    [Fact]
    public void Decode_CodeThatNoTableKnows_IsUnknownOnEveryList() =>
        Assert.All(
            BlocklistCatalogue.Shipped.Lists,
            l => Assert.Equal((ListingState.Unknown, UnknownCause.Answer), Pair(Decode(l.Zone, "127.77.77.77"))));

    [Theory]
    [InlineData("192.0.2.80")]
    [InlineData("10.0.0.1")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.2")]
    [InlineData("0.0.0.0")]
    public void Decode_OutsideLoopback_IsUnknown(string answer)
    {
        var look = Decode("zen.spamhaus.org", answer);

        Assert.Equal((ListingState.Unknown, UnknownCause.Answer), Pair(look));
        Assert.Equal("AnswerOutside127", look.Reason!.Key);
    }

    [Theory]
    [InlineData("zen.spamhaus.org", "127.0.0.2", ListWeight.Critical)]
    [InlineData("zen.spamhaus.org", "127.0.0.10", ListWeight.Info)]
    [InlineData("dbl.spamhaus.org", "127.0.1.104", ListWeight.High)]
    [InlineData("b.barracudacentral.org", "127.0.0.2", ListWeight.High)]
    [InlineData("multi.surbl.org", "127.0.0.8", ListWeight.Critical)]
    [InlineData("multi.surbl.org", "127.0.0.72", ListWeight.Critical)]
    [InlineData("multi.surbl.org", "127.0.0.32", ListWeight.Info)]
    [InlineData("multi.uribl.com", "127.0.0.2", ListWeight.High)]
    [InlineData("multi.uribl.com", "127.0.0.12", ListWeight.Low)]
    [InlineData("bl.blocklist.de", "127.0.0.9", ListWeight.Low)]
    public void Decode_KnownCode_IsListedWithItsWeight(string zone, string answer, ListWeight weight)
    {
        var look = Decode(zone, answer);

        Assert.Equal(ListingState.Listed, look.State);
        Assert.Equal(weight, look.Weight);
    }

    [Fact]
    public void Decode_Bitmask_GivesEveryBit() =>
        Assert.Equal(["PH", "ABUSE"], Decode("multi.surbl.org", "127.0.0.72").Codes.Select(c => c.Code.Name));

    [Fact]
    public void Decode_BitmaskWithRefusalBit_IsUnknown() =>
        Assert.Equal((ListingState.Unknown, UnknownCause.Refused), Pair(Decode("multi.uribl.com", "127.0.0.3")));

    [Fact]
    public void Decode_PolicyListAndADeliveringAddress_WeighsMore() =>
        Assert.Equal(ListWeight.High, Decode("zen.spamhaus.org", ["127.0.0.11"], delivers: true).Weight);

    [Fact]
    public void Decode_SeveralAnswers_AreAllDecodedWorstFirst()
    {
        var look = Decode("zen.spamhaus.org", "127.0.0.11", "127.0.0.4");

        Assert.Equal(["XBL", "PBL"], look.Codes.Select(c => c.Code.Name));
    }

    [Theory]
    [InlineData("127.255.255.254", UnknownCause.Refused)]
    [InlineData("203.0.113.1", UnknownCause.Answer)]
    public void Decode_ListingBesideARefusalOrAForeignAddress_IsUnknown(string other, UnknownCause cause) =>
        Assert.Equal((ListingState.Unknown, cause), Pair(Decode("zen.spamhaus.org", "127.0.0.2", other)));

    [Fact]
    public void Decode_ListingBesideAnUnknownCode_IsListedForWhatIsKnown() =>
        Assert.Equal(["SBL"], Decode("zen.spamhaus.org", "127.0.0.99", "127.0.0.2").Codes.Select(c => c.Code.Name));

    [Theory]
    [InlineData("rep.mailspike.net", "127.0.0.19")]
    [InlineData("hostkarma.junkemailfilter.com", "127.0.0.1")]
    [InlineData("list.dnswl.org", "127.0.5.2")]
    public void Decode_GoodOrNeutralCode_IsNotAListing(string zone, string answer)
    {
        var look = Decode(zone, answer);

        Assert.Equal(ListingState.NotListed, look.State);
        Assert.NotEmpty(look.Codes);
    }

    [Theory]
    [InlineData(DnsStatus.NxDomain, ListingState.NotListed)]
    [InlineData(DnsStatus.NoData, ListingState.NotListed)]
    [InlineData(DnsStatus.ServFail, ListingState.Unknown)]
    [InlineData(DnsStatus.Refused, ListingState.Unknown)]
    [InlineData(DnsStatus.Timeout, ListingState.Unknown)]
    [InlineData(DnsStatus.Malformed, ListingState.Unknown)]
    [InlineData(DnsStatus.Unreachable, ListingState.Unknown)]
    [InlineData(DnsStatus.InvalidName, ListingState.Unknown)]
    [InlineData(DnsStatus.BudgetSpent, ListingState.Unknown)]
    [InlineData(DnsStatus.Answered, ListingState.Unknown)]
    public void Decode_StatusWithoutAddress_IsNeverAListing(DnsStatus status, ListingState state)
    {
        var answer = new DnsAnswer(new DnsQuestion("10.2.0.192.zen.spamhaus.org", DnsRecordType.A), status);

        Assert.Equal(state, Decode("zen.spamhaus.org", answer, false).State);
    }

    private static string Example(BlocklistCode code)
    {
        var number = code.Match.IsBit ? 0x7F000000u | code.Match.Bit : code.Match.First;
        return new IPAddress([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]).ToString();
    }

    private static (ListingState, UnknownCause) Pair(ListingLook look) => (look.State, look.Cause);

    private static ListingLook Decode(string zone, params string[] answers) => Decode(zone, answers, delivers: false);

    private static ListingLook Decode(string zone, string[] answers, bool delivers) =>
        Decode(zone, new DnsAnswer(new DnsQuestion("x." + zone, DnsRecordType.A), DnsStatus.Answered) { Records = [.. answers.Select(a => new AddressRecord("x." + zone, 60, IPAddress.Parse(a)))] }, delivers);

    private static ListingLook Decode(string zone, DnsAnswer answer, bool delivers) =>
        ListingDecoder.Decode(Subject, BlocklistCatalogue.Shipped.Find(zone)!, BlocklistCatalogue.Shipped.Refusals, answer, delivers);
}
