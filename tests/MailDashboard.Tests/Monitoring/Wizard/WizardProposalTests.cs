using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Providers;
using MailDashboard.Mail.Publishing;
using MailDashboard.Mail.Publishing.Looking;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Wizard;

namespace MailDashboard.Tests.Monitoring.Wizard;

public sealed class WizardProposalTests
{
    private static readonly DomainName Name = new("example.org", "example.org");

    [Theory]
    [InlineData("v=spf1 include:spf.mailjet.com include:_spf.google.com ~all", "", "mailjet google-workspace")]
    [InlineData("v=spf1 +INCLUDE:spf.protection.outlook.com -all", "example-org.mail.protection.outlook.com", "microsoft-365")]
    [InlineData(null, "mx3.mail.ovh.net", "ovhcloud")]
    [InlineData("v=spf1 ip4:192.0.2.1 -all", "mx.example.org evil-google.com", "")]
    public void Recognition_OfSpfAndMx_NamesProviders(string? spf, string exchangers, string expected) =>
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), ProviderRecognition.Of(exchangers.Split(' ', StringSplitOptions.RemoveEmptyEntries), spf));

    [Fact]
    public void Profile_OfAProvider_IsPrefilled()
    {
        var draft = WizardProfile.Propose(Name, new ChosenProvider(ProviderCatalogue.Find("mailjet")!));

        Assert.Equal(("in-v3.mailjet.com", 465, ServerSecurity.ImplicitTls, "mailjet", "postmaster@example.org"), (draft.Host, draft.Port, draft.Security, draft.Preset, draft.SenderAddress));
        Assert.Equal(new SendingLimits(PerDay: 193), draft.Limits);
    }

    [Fact]
    public void Profile_OfAnOwnServer_IsAtItsName()
    {
        var own = new ChosenProvider(ProviderCatalogue.Find("own")!, ImmutableDictionary<string, string>.Empty.Add("host", "mail.example.org"));

        Assert.Equal(("mail.example.org", 465), (WizardProfile.Propose(Name, own).Host, WizardProfile.Propose(Name, own).Port));
        Assert.Equal("", WizardProfile.Propose(Name, new ChosenProvider(own.Provider)).Host);
    }

    [Fact]
    public void Request_OfAnOwnServer_ListsItsAddressesAndKeys()
    {
        var state = new WizardState
        {
            Domain = new DomainPart(),
            Provider = new ProviderPart("own") { Addresses = ["192.0.2.1", "nonsense"] },
            Records = new RecordsPart { DmarcReports = "dmarc@example.org", Keys = [new("s1", "v=DKIM1; p=x")] },
        };

        var request = WizardPlanner.Request("example.org", "example.org", state, ["example.org", "other.example"]);

        Assert.Equal([IPAddress.Parse("192.0.2.1")], request.SendingAddresses);
        Assert.Equal(("dmarc@example.org", "dmarc@example.org", 1), (request.DmarcReports, request.TlsReports, request.Keys.Length));
        Assert.Equal(["other.example"], request.OwnZones);
        Assert.Empty(request.Providers);
    }

    [Fact]
    public void Request_OfAParkedDomain_AsksForNoReports()
    {
        var state = new WizardState { Domain = new DomainPart(false, false), Records = new RecordsPart { DmarcReports = "dmarc@example.org" } };

        var request = WizardPlanner.Request("example.org", "example.org", state, []);

        Assert.Equal((null, null), (request.DmarcReports, request.TlsReports));
        Assert.True(request.Roles.IsParked);
    }

    [Fact]
    public void Note_OfALook_KeepsWhatCouldNotBeAskedAndForgetsWhatIsGone()
    {
        PlannedRecord Record(PlanPart part, string owner) => new(part, "example.org", owner, DnsRecordType.TXT, [owner], PlanAction.Add, Reason.Of("SpfFirst"));
        var (spf, key, dmarc) = (Record(PlanPart.Spf, "example.org"), Record(PlanPart.Dkim, "s1._domainkey.example.org"), Record(PlanPart.Dmarc, "_dmarc.example.org"));
        SeenRecord Before(PlannedRecord r) => new(r.Owner, "TXT", r.Values, DateTimeOffset.UnixEpoch);
        var part = new RecordsPart { Seen = [Before(spf), Before(key)] };
        var now = DateTimeOffset.UnixEpoch.AddDays(1);

        var file = new PlannedFile(new Uri("https://mta-sts.example.org/.well-known/mta-sts.txt"), "version: STSv1", PlanAction.Add, Reason.Of("MtaStsFile"));
        var plan = new WizardPlan(new PublishingPlan("example.org", "example.org", [spf, key, dmarc], [file], []), DmarcStage.Quarantine, null);
        var look = new WizardLook(
        [
            new RecordSight(spf, new PublishedLook.NotYet(LookedAt.NameServers, [], null)),
            new RecordSight(key, new PublishedLook.CouldNotAsk(LookedAt.Resolver, Reason.Of("NoServersFound", "example.org"))),
            new RecordSight(dmarc, new PublishedLook.Seen(LookedAt.NameServers, ["a"], ["a"], 0)),
        ], [new FileSight(file, FileState.Seen)]);

        var noted = WizardRecords.Note(part, plan, look, null, now);

        Assert.Equal([(key.Owner, DateTimeOffset.UnixEpoch), (dmarc.Owner, now), (file.Address.AbsoluteUri, now)], noted.Seen.Select(s => (s.Owner, s.At)));
        Assert.Equal((4, DmarcStage.Quarantine, now), (noted.Planned, noted.Stage, noted.StageSince));

        // It stays; another stage begins anew, or when the checks saw it first.
        Assert.Equal(now, WizardRecords.Note(noted, plan, look, null, now.AddDays(3)).StageSince);
        Assert.Equal(now.AddDays(1), WizardRecords.Note(noted, plan with { Stage = DmarcStage.Reject }, look, now.AddDays(1), now.AddDays(3)).StageSince);
        Assert.Equal((null, null), WizardRecords.Note(part, plan, look with { Records = [] }, null, now) is var open ? (open.Stage, open.StageSince) : default);
    }
}
