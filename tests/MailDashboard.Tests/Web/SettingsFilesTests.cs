using Bunit;
using MailDashboard.Checks;
using MailDashboard.Checks.Autoconfig;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Domains;

namespace MailDashboard.Tests.Web;

public sealed class SettingsFilesTests : PageTest
{
    private static readonly MailDomain Domain = new() { Id = 7, Name = "example.org", DisplayName = "example.org" };

    [Fact]
    public void Files_WithProposedSettings_AreOfferedWithTheirPlaces()
    {
        var files = Render<SettingsFiles>(p => p.Add(f => f.Domain, Domain).Add(f => f.Families, [Standing("SUBMISSION mail.example.org:465 TLS\nIMAP mail.example.org:993 TLS")]));

        Assert.Equal(
            ["domains/7/autoconfig/config-v1.1.xml", "domains/7/autoconfig/autodiscover.xml", "domains/7/autoconfig/srv.zone", "domains/7/autoconfig/apple.mobileconfig"],
            files.FindAll("a[download]").Select(a => a.GetAttribute("href")));
        Assert.Contains("https://autodiscover.example.org/autodiscover/autodiscover.xml", files.Markup, StringComparison.Ordinal);
        Assert.Contains(files.FindAll("button.copy"), b => b.GetAttribute("aria-label")!.Contains("config-v1.1.xml", StringComparison.Ordinal));
    }

    [Fact]
    public void Files_WithoutSettings_AreNotThere() =>
        Assert.Equal("", Render<SettingsFiles>(p => p.Add(f => f.Domain, Domain).Add(f => f.Families, [Standing(null)])).Markup.Trim());

    [Fact]
    public void FindingsTab_OfTheFamily_HasTheFiles_AndOthersLeadThere()
    {
        var finding = new StoredFinding(1, "autoconfig", "ACF006", Subject.Domain("example.org"), Severity.Info, [new Evidence("missing", "SRV")], null, Time.GetUtcNow(), Time.GetUtcNow(), null, null);
        var dossier = new DomainDossier(Domain, [Standing("IMAP mail.example.org:993 TLS")], [finding], [], [], null, []);

        var one = Render<FindingsTab>(p => p.Add(t => t.Dossier, dossier).Add(t => t.Family, "autoconfig"));
        var all = Render<FindingsTab>(p => p.Add(t => t.Dossier, dossier));

        Assert.Single(one.FindAll("#settings-files"));
        Assert.Empty(all.FindAll("#settings-files"));
        Assert.Single(all.FindAll("a[href='domains/7?family=autoconfig']"), a => a.TextContent == "Download the files to publish");
    }

    private FamilyStanding Standing(string? proposal) => new(
        "autoconfig", "completed", null, [], proposal is null ? [] : [new Fact(Subject.Domain("example.org"), AutoconfigDownloads.FactKey, proposal)], Time.GetUtcNow(), null, 0);
}
