using MailDashboard.Checks;
using MailDashboard.IntegrationTests.Servers.Mail;

namespace MailDashboard.IntegrationTests.Checks.Dane;

/// <summary>TLSA records against what a real Postfix presents, as a resolver that validates sees them.</summary>
public sealed class DaneTests(DaneWorld world) : IClassFixture<DaneWorld>
{
    [Theory]
    [InlineData("good.example", "", "full")]
    [InlineData("mismatch.example", "DAN006", "mismatch")]
    [InlineData("rollover.example", "DAN010", "full")]
    [InlineData("anchor.example", "", "full")]
    [InlineData("misnamed.example", "DAN013", "mismatch")]
    [InlineData("unusable.example", "DAN008", "partial")]
    [InlineData("digest.example", "DAN014", "mismatch")]
    [InlineData("absent.example", "DAN001", null)]
    [InlineData("servfail.example", "DAN005", "mismatch")]
    [InlineData("notls.example", "DAN007", "mismatch")]
    [InlineData("stray.example", "DAN003", "none")]
    [InlineData("hosted.example", "DAN004", "partial")]
    public async Task Run_ValidatingResolver_TellsThemApart(string domain, string codes, string? grade)
    {
        var outcome = await world.RunAsync(domain);

        Assert.IsType<CheckOutcome.Completed>(outcome);
        Assert.Equal((codes, grade), (Codes(outcome), Assert.Single(outcome.Details.Grades).Level));
    }

    [Fact]
    public async Task Run_BogusZone_IsUndeterminedAndLeftToDnssec()
    {
        var outcome = await world.RunAsync("bogus.example");

        Assert.Equal("DnsServFail", Assert.IsType<CheckOutcome.Inconclusive>(outcome).Reason.Key);
        Assert.Empty(outcome.Findings);
    }

    [Theory]
    [InlineData("good.example")]
    [InlineData("mismatch.example")]
    public async Task Run_ResolverThatDoesNotValidate_IsSaidOnceAndTheRecordIsShown(string domain)
    {
        var outcome = await world.RunAsync(domain, validates: false);

        Assert.Equal("ResolverDoesNotValidate", Assert.IsType<CheckOutcome.Inconclusive>(outcome).Reason.Key);
        Assert.Empty(outcome.Findings);
        Assert.Equal($"_25._tcp.mx.{domain}", Assert.Single(outcome.Details.Records).Name);
    }

    [Fact]
    public async Task Run_Mismatch_ProposesTheRecordOfTheKeyInUse()
    {
        var finding = Assert.Single((await world.RunAsync("mismatch.example")).Findings);

        var expected = TlsaText.Of(world.Certificate.Certificate, 3, 1, 1);
        Assert.Equal(new ProposedRecord("_25._tcp.mx.mismatch.example", "TLSA", expected), finding.Proposal! with { Value = finding.Proposal!.Value.ToUpperInvariant() });
        Assert.Equal(Severity.Critical, finding.Severity);
    }

    private static string Codes(CheckOutcome outcome) => string.Join(' ', outcome.Findings.Select(f => f.Code).Order(StringComparer.Ordinal));
}
