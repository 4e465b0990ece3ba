using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Monitoring.Watching;

namespace MailDashboard.Tests.Monitoring.Watching;

public class CertificateChangesTests
{
    private static readonly ObservedCertificate First = new(
        "192.0.2.1", "aa", new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero), CertificateTrust.Trusted, "CN=R10, O=Let's Encrypt, C=US", "CN=mx.example.org", ["mx.example.org"]);

    private static ObservedCertificate Renewed => First with { Thumbprint = "bb", Issuer = "CN=R11, O=Let's Encrypt, C=US", NotAfter = First.NotAfter.AddDays(60) };

    [Fact]
    public void Judge_RenewedByTheSameAuthorityForTheSameNames_IsNoFinding() =>
        Assert.Equal(new ChangeVerdict(WatchedChange.CertificateRenewed), Judge([First], [Renewed]));

    [Fact]
    public void Judge_OfAnotherAuthorityAsTrusted_IsAReplacementAndNotWorse() =>
        Assert.Equal(new ChangeVerdict(WatchedChange.CertificateReplaced), Judge([First], [Renewed with { Issuer = "CN=X, O=Other Authority" }]));

    [Fact]
    public void Judge_ForOtherNames_IsAReplacement() =>
        Assert.Equal(WatchedChange.CertificateReplaced, Judge([First], [Renewed with { Names = ["other.example.org"] }])?.Kind);

    [Fact]
    public void Judge_SelfSignedInItsPlace_IsWorse() =>
        Assert.Equal("CHG013", Judge([First], [Renewed with { Trust = CertificateTrust.SelfSigned, Issuer = "CN=mx.example.org" }])?.Worse?.Code);

    [Fact]
    public void Judge_AnAuthorityThatIsNotTrusted_IsWorse() =>
        Assert.Equal("CHG014", Judge([First], [Renewed with { Trust = CertificateTrust.Untrusted, Issuer = "CN=Office" }])?.Worse?.Code);

    [Fact]
    public void Judge_SelfSignedForSelfSigned_IsNotWorse()
    {
        var own = First with { Trust = CertificateTrust.SelfSigned };

        Assert.False(Judge([own], [own with { Thumbprint = "bb" }])!.IsWorse);
    }

    [Fact]
    public void Judge_AnAddressMoreOrLess_IsNoChangeOfACertificate()
    {
        var other = First with { Address = "192.0.2.2", Thumbprint = "cc", Trust = CertificateTrust.SelfSigned };

        Assert.Null(Judge([First], [First, other]));
        Assert.Null(Judge([First, other], [First]));
    }

    [Fact]
    public void Judge_TheSameGrownOld_IsNoChange() => Assert.Null(Judge([First], [First with { Trust = CertificateTrust.Untrusted }]));

    [Fact]
    public void Judge_AHostThatMovedWithAWeakerCertificate_IsWorse() =>
        Assert.Equal("CHG013", Judge([First], [Renewed with { Address = "192.0.2.9", Trust = CertificateTrust.SelfSigned }])?.Worse?.Code);

    [Fact]
    public void Parse_OfItsOwnText_GivesTheSame()
    {
        var read = ObservedCertificate.Parse(First.ToString());

        Assert.Equal(First.ToString(), read?.ToString());
        Assert.Equal("Let's Encrypt", read?.IssuerOrganisation);
        Assert.Null(ObservedCertificate.Parse("something else"));
    }

    private static ChangeVerdict? Judge(ObservedCertificate[] before, ObservedCertificate[] after) =>
        ChangeJudge.Judge(new RecordChange("example.org", "mx.example.org", "CERT", Values(before), Values(after)));

    private static ImmutableArray<string> Values(ObservedCertificate[] certificates) => [.. certificates.Select(c => c.ToString())];
}
