using MailDashboard.Checks.MtaSts;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Providers;
using MailDashboard.Mail.Publishing;
using MailDashboard.Mail.Publishing.Keys;
using MailDashboard.Tests.Fakes;
using static MailDashboard.Tests.Mail.Publishing.PlanWorld;

namespace MailDashboard.Tests.Mail.Publishing;

public class ProviderPlanTests
{
    [Fact]
    public async Task Plan_AmazonSes_WritesTheAliasesAndTheReturnPath()
    {
        var provider = Choose("amazon-ses", ("region", "eu-west-1"), ("token1", "aaa"), ("token2", "bbb"), ("token3", "ccc"));

        var plan = await PlanAsync(Request() with { Providers = [provider] }, new FakeDns());

        Assert.Equal(
            [
                "aaa._domainkey.harbour.example CNAME aaa.dkim.amazonses.com",
                "bbb._domainkey.harbour.example CNAME bbb.dkim.amazonses.com",
                "ccc._domainkey.harbour.example CNAME ccc.dkim.amazonses.com",
                "bounce.harbour.example MX 10 feedback-smtp.eu-west-1.amazonses.com",
            ],
            plan.Records.Where(r => r.Provider is not null && r.Part != PlanPart.Spf).Select(r => $"{r.Owner} {r.Type} {r.Value()}"));
    }

    [Fact]
    public async Task Mx_NobodyReceives_IsThatOfTheMailboxProviderWithItsDoubts()
    {
        var mx = await PlanAsync(PlanPart.Mx, Request() with { MailboxProvider = Choose("fastmail") }, new FakeDns().Mx(Domain, (0, "")));

        Assert.Equal(["10 in1-smtp.messagingengine.com", "20 in2-smtp.messagingengine.com"], mx.Values);
        Assert.Equal((PlanAction.Change, "fastmail", "MxProvider"), (mx.Action, mx.Provider, mx.Why.Key));
        Assert.Equal(["FactUnverified"], mx.NoteKeys());
    }

    [Theory]
    [InlineData("infomaniak", "", "5 mta-gw.infomaniak.ch", "")]
    [InlineData("ovhcloud", "", "1 mx1.mail.ovh.net 5 mx2.mail.ovh.net 100 mx3.mail.ovh.net", "FactDisputed")]
    [InlineData("zoho", "zoho.eu", "10 mx.zoho.eu 20 mx2.zoho.eu 50 mx3.zoho.eu", "FactUnverified")]
    [InlineData("microsoft-365", "harbour-example.mail.protection.outlook.com", "0 harbour-example.mail.protection.outlook.com", "")]
    public async Task Mx_OfAProvider_SaysHowFarItCanBeReliedOn(string id, string entry, string values, string notes)
    {
        var mx = await PlanAsync(PlanPart.Mx, Request() with { MailboxProvider = Choose(id, ("mx", entry)) }, new FakeDns());

        Assert.Equal((values, notes), (string.Join(' ', mx.Values), string.Join(' ', mx.NoteKeys())));
    }

    [Fact]
    public async Task Mx_OfATenant_IsAskedFor()
    {
        var mx = await PlanAsync(PlanPart.Mx, Request() with { MailboxProvider = Choose("microsoft-365") }, new FakeDns());

        Assert.Equal((PlanAction.Cannot, "FieldMissing"), (mx.Action, mx.Obstacle?.Key));
    }

    [Fact]
    public async Task Mx_SomebodyReceivesOrDnsIsSilent_IsLeftAlone()
    {
        var there = await PlanAsync(PlanPart.Mx, Request() with { MailboxProvider = Choose("gandi") }, new FakeDns().Mx(Domain, (10, $"mx.{Domain}")));
        var silent = await PlanAsync(PlanPart.Mx, Request() with { MailboxProvider = Choose("gandi") }, new FakeDns().Fail(Domain, DnsRecordType.MX, DnsStatus.Timeout));

        Assert.Equal((PlanAction.AlreadyRight, $"10 mx.{Domain}"), (there.Action, there.Value()));
        Assert.Equal((PlanAction.Cannot, true), (silent.Action, silent.Values.IsEmpty));
    }

    [Fact]
    public async Task MtaSts_NobodyReceivesYet_NamesTheServersOfTheProvider()
    {
        var plan = await PlanAsync(Request() with { MailboxProvider = Choose("gandi"), MtaSts = new MtaStsWish(MtaStsMode.Testing, "web.example.org") }, new FakeDns());

        Assert.Contains("mx: spool.mail.gandi.net\r\nmx: fb.mail.gandi.net\r\n", Assert.Single(plan.Files).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_FieldMissing_IsAskedForAndOptionalOnesAreNot()
    {
        var plan = await PlanAsync(Request() with { Providers = [Choose("mailjet")] }, new FakeDns());

        var dkim = Assert.Single(plan.Records, r => r is { Provider: "mailjet", Part: PlanPart.Dkim or PlanPart.ReturnPath });
        Assert.Equal((PlanAction.Cannot, "FieldMissing"), (dkim.Action, dkim.Obstacle?.Key));
    }

    [Fact]
    public async Task Plan_KeyCopiedInPart_IsAskedForAgain()
    {
        var plan = await PlanAsync(Request() with { Providers = [Choose("mailjet", ("dkim", "k=rsa; p=MIGfMA0G"))] }, new FakeDns());

        Assert.Contains(plan.Records, r => r is { Part: PlanPart.Dkim, Obstacle: { Key: "DkimUnreadable", Arguments: ["mailjet._domainkey"] } });
    }

    [Fact]
    public async Task Plan_Verification_LeavesOtherTextsAtTheDomainAlone()
    {
        var provider = Choose("brevo", ("code", "brevo-code:new"), ("dkim1", "a.dkim.brevo.com"), ("dkim2", "b.dkim.brevo.com"));
        var dns = new FakeDns().Txt(Domain, "brevo-code:old", "other=1").Cname($"brevo1._domainkey.{Domain}", "a.dkim.brevo.com").Txt($"brevo2._domainkey.{Domain}", "v=DKIM1; p=");

        var plan = await PlanAsync(Request() with { Providers = [provider] }, dns);

        var verification = Assert.Single(plan.Records, r => r.Part == PlanPart.Verification);
        Assert.Equal([new OldRecord(DnsRecordType.TXT, "brevo-code:old")], verification.Replaces);
        var keys = plan.Records.Where(r => r.Part == PlanPart.Dkim).ToList();
        Assert.Equal([PlanAction.AlreadyRight, PlanAction.Change], keys.Select(k => k.Action));
        Assert.Equal(["AliasAlone"], keys[1].NoteKeys());
    }

    [Fact]
    public async Task Plan_TwoProvidersWantOneName_TheSecondIsToldSo()
    {
        var plan = await PlanAsync(
            Request() with
            {
                Providers =
                [
                    Choose("resend", ("region", "eu-west-1"), ("bounce", "send")),
                    Choose("amazon-ses", ("region", "us-east-1"), ("token1", "a"), ("token2", "b"), ("token3", "c"), ("bounce", "send")),
                ],
            },
            new FakeDns());

        Assert.Contains(plan.Records, r => r is { Provider: "amazon-ses", Obstacle.Key: "OwnerTaken", Owner: "send.harbour.example" });
    }

    [Fact]
    public async Task Plan_KnownByPracticeOnly_SaysSo()
    {
        var plan = await PlanAsync(Request() with { Providers = [Choose("gandi")] }, new FakeDns());

        Assert.All(plan.Records.Where(r => r.Part == PlanPart.Dkim), r => Assert.Equal("FactUnverified", Assert.Single(r.NoteKeys())));
    }

    [Fact]
    public async Task Plan_EveryProviderWithItsExamples_IsPlannedWithoutAnObstacle()
    {
        var key = DkimKeyPair.Create(DkimAlgorithm.Rsa, "x").RecordText;
        foreach (var provider in ProviderCatalogue.All.Where(p => p.Id is not "own"))
        {
            var entries = provider.Fields.Select(f => (f.Key, f is { Key: "dkim", Kind: ProviderFieldKind.Text } ? key : f.Example));
            var request = Request() with { Providers = [Choose(provider.Id, [.. entries])], DmarcReports = "d@harbour.example" };
            var dns = new FakeDns().Mx(Domain, (10, "mx.harbour.example")).Txt("amazonses.com", "v=spf1 -all");
            foreach (var term in new[] { provider.Spf.Term }.OfType<string>())
            {
                var target = request.Providers[0].Fill(term, Domain).Text!["include:".Length..];
                if (target != "amazonses.com")
                {
                    dns.Txt(target, "v=spf1 ip4:192.0.2.0/24 -all");
                }
            }

            var plan = await PlanAsync(request, dns);

            Assert.DoesNotContain(plan.Records, r => r.Action == PlanAction.Cannot);
            Assert.All(plan.Records, r => Assert.NotEmpty(RecordFormat.ZoneLines(r)));
        }
    }

    [Fact]
    public async Task Plan_OwnKey_IsPublishedAndABrokenOneIsNot()
    {
        var key = DkimKeyPair.Create(DkimAlgorithm.Ed25519, "e202611");

        var plan = await PlanAsync(Request() with { Keys = [key.Publication, new DkimPublication("bad", "v=DKIM1; p=%%")] }, new FakeDns());

        var keys = plan.Records.Where(r => r.Part == PlanPart.Dkim).ToList();
        Assert.Equal(($"e202611._domainkey.{Domain}", key.RecordText, DnsRecordType.TXT), (keys[0].Owner, keys[0].Value(), keys[0].Type));
        Assert.Equal("DkimUnreadable", keys[1].Obstacle?.Key);
    }
}
