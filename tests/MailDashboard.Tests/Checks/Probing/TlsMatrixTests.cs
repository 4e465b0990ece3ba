using System.Security.Authentication;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Tests.Checks.Probing;

public class TlsMatrixTests
{
    private static readonly SslProtocols Tls10 = TlsVersions.Tls10;
    private static readonly SslProtocols Tls11 = TlsVersions.Tls11;

    [Fact]
    public void Settle_ModernServer_OffersTwo() =>
        Assert.Equal("- - + +", Settle(SslProtocols.Tls13, (SslProtocols.Tls12, Accepted(SslProtocols.Tls12)), (Tls11, TlsAnswer.Refused)));

    [Fact]
    public void Settle_EveryVersion_OffersFour() =>
        Assert.Equal("+ + + +", Settle(SslProtocols.Tls13, (SslProtocols.Tls12, Accepted(SslProtocols.Tls12)), (Tls11, Accepted(Tls11)), (Tls10, Accepted(Tls10))));

    [Fact]
    public void Settle_OnlyTls10_TheNewerWerePassedOver() =>
        Assert.Equal("+ - - -", Settle(null, (SslProtocols.Tls12, Accepted(Tls10)), (Tls11, Accepted(Tls10)), (SslProtocols.Tls13, TlsAnswer.Refused)));

    [Fact]
    public void Settle_Only13_The12IsRefused() =>
        Assert.Equal("- - - +", Settle(SslProtocols.Tls13, (SslProtocols.Tls12, TlsAnswer.Refused), (Tls11, TlsAnswer.Refused)));

    [Fact]
    public void Settle_HungUp_IsARefusalOnlyWhereAnotherVersionWorks()
    {
        Assert.Equal("- - + ?", Settle(SslProtocols.Tls12, (Tls11, TlsAnswer.Closed), (SslProtocols.Tls13, TlsAnswer.Unclear)));
        Assert.Equal("? ? ? ?", Settle(null, (SslProtocols.Tls12, TlsAnswer.Closed), (Tls11, TlsAnswer.Closed)));
    }

    private static string Settle(SslProtocols? negotiated, params (SslProtocols, TlsAnswer)[] answers) =>
        string.Join(' ', TlsMatrix.Settle(negotiated, answers).Select(o => o.Offered switch { true => "+", false => "-", null => "?" }));

    private static TlsAnswer Accepted(SslProtocols version) => new(TlsAnswerKind.Accepted, version, "", []);
}
