using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Alerting.Mails;
using MailDashboard.Monitoring.Reports;

namespace MailDashboard.Tests.Monitoring.Reports;

public sealed class DigestMailTests
{
    private static readonly DigestGroup None = new(0, []);
    private static readonly DigestModel Calm = new(new(2026, 3, 1, 7, 0, 0, TimeSpan.Zero), 42, None, None, None, 0, None, None, [], 0, []);

    [Fact]
    public void Compose_OnACalmDay_IsShortAndSaysWhenTheNextComes()
    {
        var mail = Compose(Calm, "en");

        Assert.True(Calm.IsCalm);
        Assert.Equal("Mail Dashboard: All calm: nothing is open", mail.Subject);
        Assert.Contains("42 domains are watched.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Mondays only", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_OnABadDay_CountsByStateAndNamesTheFirst()
    {
        var incident = new DigestIncident("SPF012", Subject.Domain("{{x}}.example"), [], "{{x}}.example", 40);
        var digest = Calm with { Open = new(12, [incident]), Handled = new(2, [incident]), New = new(1, [incident]), UnknownDomains = 1, Unknown = [("=cmd()", 1)] };

        var mail = Compose(digest, "en");

        Assert.Equal("Mail Dashboard: 12 open, 1 new, 0 over since 1 March 2026, 07:00 UTC", mail.Subject);
        Assert.StartsWith("12 incidents are open and wait for somebody.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("({{x}}.example and 39 more)", mail.Text, StringComparison.Ordinal);
        Assert.Contains("And 11 more.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("=cmd(): one thing could not be determined", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_InFrench_IsFrench() =>
        Assert.Equal("Mail Dashboard\u00a0: ouverts\u00a0: 0, nouveaux\u00a0: 0, terminés\u00a0: 1 depuis le 1er mars 2026 à 07:00 UTC", Compose(Calm with { Over = new(1, []) }, "fr").Subject);

    private static ComposedMail Compose(DigestModel digest, string language) =>
        DigestMail.Compose(digest, new MailContext(CultureInfo.GetCultureInfo(language), null, "https://mail.example.org"));
}
