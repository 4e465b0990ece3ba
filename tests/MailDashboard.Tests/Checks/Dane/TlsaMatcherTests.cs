using MailDashboard.Checks.Dane;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.Tests.Checks.Dane;

public class TlsaMatcherTests
{
    private const string Host = "mx.example.test";
    private static readonly FakeChain Chain = new(Host);
    private static readonly FakeChain Other = new(Host);
    private static readonly string[] Names = [Host, "example.test"];

    public static TheoryData<byte, byte, byte> Usable()
    {
        var data = new TheoryData<byte, byte, byte>();
        foreach (byte usage in new[] { 2, 3 })
        {
            foreach (byte selector in new[] { 0, 1 })
            {
                foreach (byte matching in new[] { 0, 1, 2 })
                {
                    data.Add(usage, selector, matching);
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Usable))]
    public void Match_RightCertificate_Fits(byte usage, byte selector, byte matching)
    {
        var record = Of(usage == 3 ? Chain.Leaf : Chain.Authority, usage, selector, matching);

        Assert.Equal(TlsaFit.Fits, Match(Chain, [], record).Fit);
    }

    [Theory]
    [MemberData(nameof(Usable))]
    public void Match_AnotherCertificate_IsAMismatch(byte usage, byte selector, byte matching)
    {
        var record = Of(usage == 3 ? Other.Leaf : Other.Authority, usage, selector, matching);

        Assert.Equal(TlsaFit.Mismatch, Match(Chain, [], record).Fit);
    }

    [Theory]
    [MemberData(nameof(Usable))]
    public void Match_UsageOfTheOtherKind_IsAMismatch(byte usage, byte selector, byte matching)
    {
        // Usage 3 never means an authority, and usage 2 never the server's own certificate.
        var record = Of(usage == 3 ? Chain.Authority : Chain.Leaf, usage, selector, matching);

        Assert.Equal(TlsaFit.Mismatch, Match(Chain, [], record).Fit);
    }

    [Theory]
    [InlineData(0, 0, TlsaFit.FitsUnsent)]
    [InlineData(1, 0, TlsaFit.FitsUnsent)]
    [InlineData(0, 1, TlsaFit.Mismatch)]
    [InlineData(1, 2, TlsaFit.Mismatch)]
    public void Match_RootThatIsNotSent_FitsOnlyWhereTheRecordHoldsIt(byte selector, byte matching, TlsaFit expected) =>
        Assert.Equal(expected, Match(Chain, [], Of(Chain.Root, 2, selector, matching)).Fit);

    [Fact]
    public void Match_RootThatIsSent_Fits() =>
        Assert.Equal(TlsaFit.Fits, Match(Chain, [Chain.Leaf, Chain.Authority, Chain.Root], Of(Chain.Root, 2, 1, 1)).Fit);

    [Fact]
    public void Match_ChainInDisorderWithStrangers_Fits() =>
        Assert.Equal(TlsaFit.Fits, Match(Chain, [Chain.Leaf, Other.Root, Chain.Root, Chain.Authority], Of(Chain.Root, 2, 0, 2)).Fit);

    [Fact]
    public void Match_AuthorityOfTheRightNameThatSignedNothing_DoesNotHold()
    {
        var verdict = Match(Chain, [Chain.Leaf, Other.Authority, Other.Root], Of(Other.Authority, 2, 1, 1));

        Assert.Equal(TlsaFit.Faulty, verdict.Fit);
        Assert.Contains("NotSignatureValid", verdict.Matches[0].Faults);
    }

    [Fact]
    public void Match_TwoAuthoritiesOfOneName_FindsTheOneThatSigned() =>
        Assert.Equal(TlsaFit.Fits, Match(Chain, [Chain.Leaf, Other.Authority, Chain.Authority], Of(Chain.Authority, 2, 1, 1)).Fit);

    [Theory]
    [InlineData(2, TlsaFit.Faulty)]
    [InlineData(3, TlsaFit.Fits)]
    public void Match_Expired_CountsForUsage2Alone(byte usage, TlsaFit expected)
    {
        var expired = new FakeChain(Host, leafEnd: PerfectSmtp.Now.AddDays(-1));

        var verdict = Match(expired, [], Of(usage == 3 ? expired.Leaf : expired.Authority, usage, 1, 1));

        Assert.Equal(expected, verdict.Fit);
        Assert.Equal(usage == 2 ? ["NotTimeValid"] : [], verdict.Matches[0].Faults);
    }

    [Theory]
    [InlineData("mx.example.test", TlsaFit.Fits)]
    [InlineData("example.test", TlsaFit.Fits)]
    [InlineData("www.example.test", TlsaFit.Faulty)]
    public void Match_NameOfTheCertificate_CountsForUsage2Alone(string name, TlsaFit expected)
    {
        var chain = new FakeChain(name);

        Assert.Equal(expected, Match(chain, [], Of(chain.Authority, 2, 1, 1)).Fit);
        Assert.Equal(TlsaFit.Fits, Match(chain, [], Of(chain.Leaf, 3, 1, 1)).Fit);
    }

    [Fact]
    public void Match_AuthorityThatMayNotIssue_DoesNotHold()
    {
        var chain = new FakeChain(Host, authorityMayIssue: false);

        Assert.Equal(TlsaFit.Faulty, Match(chain, [], Of(chain.Authority, 2, 1, 1)).Fit);
    }

    [Fact]
    public void Match_OneOfSeveral_IsEnough()
    {
        var verdict = Match(Chain, [], Of(Other.Leaf, 3, 1, 1), Of(Chain.Leaf, 3, 1, 1), Of(Other.Authority, 2, 0, 1));

        Assert.Equal((TlsaFit.Fits, 3), (verdict.Fit, verdict.Counted.Length));
    }

    [Fact]
    public void Match_StrongerDigestThatDoesNotFit_HidesTheWeaker()
    {
        Assert.Equal(TlsaFit.StaleDigest, Match(Chain, [], Of(Chain.Leaf, 3, 1, 1), Of(Other.Leaf, 3, 1, 2)).Fit);
        Assert.Equal(TlsaFit.Fits, Match(Chain, [], Of(Other.Leaf, 3, 1, 1), Of(Chain.Leaf, 3, 1, 2)).Fit);
        Assert.Equal(TlsaFit.Fits, Match(Chain, [], Of(Chain.Leaf, 3, 1, 1), Of(Other.Leaf, 3, 0, 2)).Fit);
        Assert.Equal(TlsaFit.Fits, Match(Chain, [], Of(Chain.Leaf, 3, 1, 0), Of(Other.Leaf, 3, 1, 2)).Fit);
    }

    [Fact]
    public void Read_Garbage_IsNull()
    {
        Assert.Null(Read(Chain, [[1, 2, 3]], []));
        Assert.Null(new ChainReader(Clock()).Read(Facts(Chain, []) with { Chain = [] }, []));
        Assert.Equal(TlsaFit.Fits, Match(Chain, [Chain.Leaf, [9, 9], Chain.Authority], Of(Chain.Authority, 2, 0, 1)).Fit);
    }

    private static TlsaVerdict Match(FakeChain chain, byte[][] sent, params TlsaRecord[] records) =>
        TlsaMatcher.Match(records, Read(chain, sent, records)!, Names);

    private static PresentedChain? Read(FakeChain chain, byte[][] sent, TlsaRecord[] records) => new ChainReader(Clock()).Read(Facts(chain, sent), records);

    private static CertificateFacts Facts(FakeChain chain, byte[][] sent) =>
        chain.Facts(PerfectSmtp.Perfect(Host, System.Net.IPAddress.Loopback).Tls!.Certificate!, sent);

    private static FakeTimeProvider Clock() => new(PerfectSmtp.Now);

    private static TlsaRecord Of(byte[] certificate, byte usage, byte selector, byte matching) =>
        new($"_25._tcp.{Host}", 3600, usage, selector, matching, FakeChain.Association(certificate, selector, matching));
}
