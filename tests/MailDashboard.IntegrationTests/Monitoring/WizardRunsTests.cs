using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Mail.Guides;
using MailDashboard.Mail.Publishing.Keys;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Wizard;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>Set-ups that are interrupted, shared and discarded.</summary>
public sealed class WizardRunsTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private const string Domain = "harbour.example";

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Run_InterruptedAtEveryStep_IsResumedAfterARestart(string database)
    {
        var connection = await ConnectionAsync(database);
        using var folder = new ServerFolder("wizard");
        int id;
        await using (var first = await TestDashboard.StartAsync(connection, folder))
        {
            id = Assert.IsType<WizardStart.Started>(await first.Get<WizardRuns>().StartAsync(" Harbour.Example. ", "ada", Token)).Run.Id;
        }

        foreach (var step in Enum.GetValues<WizardStep>())
        {
            await using var dashboard = await TestDashboard.StartAsync(connection, folder);
            var runs = dashboard.Get<WizardRuns>();
            var run = Assert.IsType<WizardStart.Resumed>(await runs.StartAsync(Domain, "bob", Token)).Run;
            Assert.Equal((id, step, step), (run.Id, run.Step, WizardRules.Next(run.State)!.Value));
            Assert.Equal(Enum.GetValues<WizardStep>().Where(s => s < step), run.State.Passed.Order());
            var state = Answered(run.State, step).Pass(step, skipped: false);
            var saved = step == WizardStep.Monitoring ? await runs.FinishAsync(run, state, Token) : await runs.SaveAsync(run, state, WizardRules.After(state, step)!.Value, Token);
            Assert.IsType<WizardSaved.Done>(saved);
        }

        await using var last = await TestDashboard.StartAsync(connection, folder);
        var finished = await last.Get<WizardRuns>().FindAsync(id, Token);
        Assert.NotNull(finished!.FinishedAt);
        Assert.Equal(("smtp2go", "ada"), (finished.State.Provider!.Id, finished.StartedBy));
        Assert.Empty(await last.Get<WizardRuns>().UnfinishedAsync(Token));
        Assert.IsType<WizardStart.Started>(await last.Get<WizardRuns>().StartAsync(Domain, "ada", Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Save_BySomebodyWhoReadAnOlderOne_IsToldAndOverwritesNothing(string database)
    {
        await using var dashboard = await StartAsync(database);
        var runs = dashboard.Get<WizardRuns>();
        var ada = await BeginAsync(runs);
        var bob = (await runs.FindAsync(ada.Id, Token))!;

        Assert.IsType<WizardSaved.Done>(await runs.SaveAsync(ada, ada.State with { Domain = new DomainPart(Sends: false) }, WizardStep.Records, Token));
        var second = Assert.IsType<WizardSaved.ChangedMeanwhile>(await runs.SaveAsync(bob, bob.State with { Domain = new DomainPart(Receives: false) }, WizardStep.Advice, Token));

        Assert.False(second.Now.State.Domain!.Sends);
        Assert.Equal(WizardStep.Records, (await runs.FindAsync(ada.Id, Token))!.Step);
        Assert.IsType<WizardSaved.Done>(await runs.SaveAsync(second.Now, second.Now.State, WizardStep.Monitoring, Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Save_ByTenAtTheSameMoment_SucceedsOnce(string database)
    {
        await using var dashboard = await StartAsync(database);
        var runs = dashboard.Get<WizardRuns>();
        var run = await BeginAsync(runs);

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => runs.SaveAsync(run, run.State with { Limits = new LimitsPart { PerDay = i + 1 } }, WizardStep.Limits, Token)));

        Assert.Single(results, r => r is WizardSaved.Done);
        Assert.Equal(9, results.Count(r => r is WizardSaved.ChangedMeanwhile));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Start_ByTenAtTheSameMoment_IsOneSetUp(string database)
    {
        await using var dashboard = await StartAsync(database);

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => dashboard.Get<WizardRuns>().StartAsync(Domain, "ada", Token)));

        Assert.Single(results, r => r is WizardStart.Started);
        Assert.Single(await dashboard.Get<WizardRuns>().UnfinishedAsync(Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Key_UntilItIsSaved_IsKeptEncryptedAndThenGone(string database)
    {
        await using var dashboard = await StartAsync(database);
        var (runs, keys) = (dashboard.Get<WizardRuns>(), dashboard.Get<WizardKeys>());
        var made = Assert.IsType<WizardSaved.Done>(await keys.MakeAsync(await BeginAsync(runs), withEd25519: false, Token)).Run;
        var pair = Assert.Single(await keys.ReadAsync(made.Id, Token));

        Assert.Equal((DkimAlgorithm.Rsa, pair.Publication), (pair.Algorithm, Assert.Single(made.State.Records!.Keys)));
        var row = await dashboard.ReadAsync(db => db.SetupRuns.AsNoTracking().SingleAsync(Token));
        Assert.DoesNotContain("PRIVATE", row.StateJson + row.ProtectedJson, StringComparison.Ordinal);
        var forgotten = Assert.IsType<WizardSaved.Done>(await runs.ForgetSecretAsync(made, Token)).Run;
        Assert.False(forgotten.HasSecret);
        Assert.Empty(await keys.ReadAsync(made.Id, Token));
        Assert.Single(forgotten.State.Records!.Keys);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Domain_AfterTheFirstStep_IsWatchedAndLearnsMore(string database)
    {
        await using var dashboard = await StartAsync(database);
        var (runs, domain) = (dashboard.Get<WizardRuns>(), dashboard.Get<WizardDomain>());
        var run = await BeginAsync(runs);
        var state = run.State with { Domain = new DomainPart { OwnHosts = ["mx.harbour.example"] } };

        var added = Assert.IsType<DomainChange.Done>(await domain.EnsureAsync(run.Domain, state, Token));
        var saved = Assert.IsType<WizardSaved.Done>(await runs.SaveAsync(run, state, WizardStep.Advice, Token)).Run;
        Assert.IsType<DomainChange.Done>(await domain.EnsureAsync(run.Domain, state with { Provider = new ProviderPart("sendgrid") }, Token));

        Assert.Equal(added.Id, saved.DomainId);
        var row = await dashboard.ReadAsync(db => db.Domains.AsNoTracking().SingleAsync(Token));
        Assert.Equal((true, true, "mx.harbour.example"), (row.Sends, row.Receives, Assert.Single(row.OwnHosts)));
        Assert.Equal(["s1", "s2"], row.Selectors);
        Assert.Equal(dashboard.Time.GetUtcNow(), row.NextDueAt);

        Assert.IsType<DomainChange.Done>(await dashboard.Get<DomainDirectory>().DeleteAsync(added.Id, Token));
        Assert.Null((await runs.FindAsync(run.Id, Token))!.DomainId);
        Assert.IsType<WizardSaved.Done>(await runs.SaveAsync(saved, state, WizardStep.Advice, Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Discard_LeavesTheDomain(string database)
    {
        await using var dashboard = await StartAsync(database);
        var runs = dashboard.Get<WizardRuns>();
        var run = await BeginAsync(runs);
        await dashboard.Get<WizardDomain>().EnsureAsync(run.Domain, run.State, Token);

        await runs.DiscardAsync(run.Id, Token);

        Assert.IsType<WizardSaved.Gone>(await runs.SaveAsync(run, run.State, WizardStep.Advice, Token));
        Assert.Null(await runs.FindAsync(run.Id, Token));
        Assert.Equal(1, await dashboard.ReadAsync(db => db.Domains.CountAsync(Token)));
    }

    [Fact]
    public async Task Start_WithWhatIsNoDomain_SaysWhy()
    {
        await using var dashboard = await StartAsync("sqlite");

        var bad = Assert.IsType<WizardStart.BadName>(await dashboard.Get<WizardRuns>().StartAsync("ada@harbour.example", "ada", Token));

        Assert.Equal((DomainNameProblem.LooksLikeAddress, Domain), (bad.Problem, bad.Suggestion));
    }

    private static async Task<WizardRun> BeginAsync(WizardRuns runs) => Assert.IsType<WizardStart.Started>(await runs.StartAsync(Domain, "ada", Token)).Run;

    /// <summary>An own server, so that every step is taken; the provider is another once that is behind us.</summary>
    private static WizardState Answered(WizardState state, WizardStep step) => step switch
    {
        WizardStep.Domain => state with { Domain = new DomainPart { OwnHosts = ["mx.harbour.example"] } },
        WizardStep.Advice => state with { Advice = new AdvicePart() },
        WizardStep.Provider => state with { Provider = new ProviderPart("smtp2go") },
        WizardStep.Profile => state with { Profile = new ProfilePart(1) },
        WizardStep.Records => state with { Records = new RecordsPart { Planned = 3 } },
        WizardStep.Certificate => state with { Certificate = new CertificatePart { Server = MailServer.Exim } },
        WizardStep.Limits => state with { Limits = new LimitsPart { PerDay = 100 } },
        WizardStep.Logging => state with { Logging = new LoggingPart(MailServer.Exim, DateTimeOffset.UnixEpoch) },
        WizardStep.Message => state with { Message = new MessagePart("ada@harbour.example", DateTimeOffset.UnixEpoch) },
        _ => state,
    };
}
