using System.Text.Json;
using MailDashboard.Checks;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Mail.Messages;
using MailDashboard.Mail.Publishing;
using MailDashboard.Mail.Publishing.Keys;
using MailDashboard.Monitoring.MessageTests;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Wizard;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>The way from one stage of DMARC to the next, over the end of a set-up, and what is known on the way.</summary>
public sealed class WizardStagesTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private const string Domain = "harbour.example";
    private const int MailboxId = 7;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Start_AfterAFinishedOne_GoesOnWhereItEnded(string database)
    {
        await using var dashboard = await StartAsync(database);
        var runs = dashboard.Get<WizardRuns>();
        var begun = Assert.IsType<WizardStart.Started>(await runs.StartAsync(Domain, "ada", Token)).Run;
        var since = dashboard.Time.GetUtcNow();
        var state = new WizardState
        {
            Domain = new DomainPart(), Provider = new ProviderPart("own"),
            Records = new RecordsPart { Stage = DmarcStage.Monitor, StageSince = since, Keys = [new("s1", "v=DKIM1; p=x")], Planned = 1, Seen = [new(Domain, "TXT", ["v=spf1 -all"], since)] },
        };
        Assert.Empty(await runs.WithNextStageAsync(Token));
        Assert.IsType<WizardSaved.Done>(await runs.FinishAsync(begun, state.Pass(WizardStep.Domain, false), Token));
        Assert.Equal([begun.Id], (await runs.WithNextStageAsync(Token)).Select(r => r.Id));

        var again = Assert.IsType<WizardStart.Started>(await runs.StartAsync(Domain, "bob", Token)).Run;

        Assert.Equal((WizardStep.Domain, WizardStep.Domain, DmarcStage.Monitor, since), (again.Step, WizardRules.Next(again.State), again.State.Records!.Stage, again.State.Records.StageSince));
        Assert.Equal(("own", "s1", true), (again.State.Provider!.Id, Assert.Single(again.State.Records.Keys).Selector, again.State.Records.Seen.IsEmpty));
        Assert.Empty(await runs.WithNextStageAsync(Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task WithNextStage_LeavesOutWhoHasNone(string database)
    {
        await using var dashboard = await StartAsync(database);
        var runs = dashboard.Get<WizardRuns>();
        var now = dashboard.Time.GetUtcNow();
        foreach (var (name, domain, stage) in new[] { ("a.example", new DomainPart(), DmarcStage.Quarantine), ("b.example", new DomainPart(), DmarcStage.Reject), ("c.example", new DomainPart(false, false), DmarcStage.Monitor) })
        {
            var run = Assert.IsType<WizardStart.Started>(await runs.StartAsync(name, "ada", Token)).Run;
            await runs.FinishAsync(run, new WizardState { Domain = domain, Records = new RecordsPart { Stage = stage, StageSince = now } }, Token);
        }

        Assert.Equal(["a.example"], (await runs.WithNextStageAsync(Token)).Select(r => r.Domain.Ascii));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Signs_OfADomain_CountTestsOfTheStageAndFaultsOfTheChecks(string database)
    {
        await using var dashboard = await StartAsync(database);
        var signs = dashboard.Get<WizardSigns>();
        var id = await dashboard.AddDomainAsync(Domain);
        var now = dashboard.Time.GetUtcNow();
        Assert.False((await signs.ReadAsync(id, now, Token)).IsChecked);
        await dashboard.RecordAsync(id, ("spf", Found("SPF006", Severity.Error)), ("dkim", Found("DKIM013", Severity.Warning)), ("dmarc", new CheckOutcome.Completed(OutcomeDetails.Empty)));
        await using (var db = await dashboard.OpenAsync())
        {
            db.Mailboxes.Add(new Mailbox { Id = MailboxId, Name = "Tests", Host = "imap.example.test", Address = "tests@example.test" });
            db.MessageTests.AddRange(Test(id, now, true), Test(id, now, false), Test(id, now, null), Test(id, now.AddDays(-2), false), Test(null, now, true));
            await db.SaveChangesAsync(Token);
        }

        var seen = await signs.ReadAsync(id, now.AddDays(-1), Token);

        Assert.Equal((1, 1, true), (seen.Passed, seen.Failed, seen.IsChecked));
        Assert.Equal(["SPF006"], seen.Faults);
        Assert.Equal(DmarcSigns.None, await signs.ReadAsync(null, now, Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task StageSince_FromTheHistory_ReachesBackAsFarAsTheStageDoes(string database)
    {
        await using var dashboard = await StartAsync(database);
        var signs = dashboard.Get<WizardSigns>();
        var id = await dashboard.AddDomainAsync(Domain);
        var now = dashboard.Time.GetUtcNow();
        await using (var db = await dashboard.OpenAsync())
        {
            db.Records.AddRange(
                Version(id, "v=DMARC1; p=reject", now.AddDays(-90), now.AddDays(-60)),
                Version(id, "v=DMARC1; p=none", now.AddDays(-60), now.AddDays(-30)),
                Version(id, "v=DMARC1; p=none; rua=mailto:r@harbour.example", now.AddDays(-30), null));
            await db.SaveChangesAsync(Token);
        }

        Assert.Equal(now.AddDays(-60), await signs.StageSinceAsync(id, Domain, DmarcStage.Monitor, Token));
        Assert.Null(await signs.StageSinceAsync(id, Domain, DmarcStage.Reject, Token));
    }

    [Fact]
    public async Task Keys_OfBothKinds_AreKeptAndPublishedTogether()
    {
        await using var dashboard = await StartAsync("sqlite");
        var (runs, keys) = (dashboard.Get<WizardRuns>(), dashboard.Get<WizardKeys>());
        var run = Assert.IsType<WizardStart.Started>(await runs.StartAsync(Domain, "ada", Token)).Run;

        var made = Assert.IsType<WizardSaved.Done>(await keys.MakeAsync(run, withEd25519: true, Token)).Run;

        Assert.Equal([DkimAlgorithm.Rsa, DkimAlgorithm.Ed25519], (await keys.ReadAsync(made.Id, Token)).Select(k => k.Algorithm));
        Assert.Equal(2, made.State.Records!.Keys.Select(k => k.Selector).Distinct().Count());
    }

    private static CheckOutcome.Completed Found(string code, Severity severity) =>
        new(new OutcomeDetails { Findings = [new Finding(new FindingDefinition(code, severity, "RFC 7208"), Subject.Domain(Domain), [])] });

    private static MessageTest Test(int? domain, DateTimeOffset at, bool? passes)
    {
        var subject = Subject.Domain(Domain);
        var verdict = new MessageVerdict(
            9,
            passes == false ? [new MessageMark("MSG040", Severity.Error, 3, subject, [])] : [],
            passes == true ? [new Fact(subject, "dmarc", "dkim=harbour.example; p=none")] : [],
            []);
        var token = Guid.NewGuid().ToString("N");
        return new MessageTest
        {
            Token = token, Address = $"{token}@test.example", DomainId = domain, MailboxId = MailboxId, Status = MessageTestStatus.Judged, CreatedAt = at, ExpiresAt = at, JudgedAt = at,
            VerdictJson = MessageTestResult.Write(new MessageTestResult(verdict, null, "", "", 1)),
        };
    }

    private static RecordVersion Version(int domain, string text, DateTimeOffset from, DateTimeOffset? until) => new()
    {
        DomainId = domain, Family = "dmarc", Name = $"_dmarc.{Domain}", Type = "TXT", ValuesJson = JsonSerializer.Serialize(new[] { text }), SeenFrom = from, SeenUntil = until,
    };
}
