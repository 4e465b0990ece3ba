using System.Net;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.StartTls;
using MailDashboard.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.Tests.Checks.Auditing;

public sealed class DomainAuditTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeDns _dns = new FakeDns().Mx("example.com", (10, "mx.example.com")).A("mx.example.com", "192.0.2.25");
    private readonly FakeSmtp _smtp = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_OneFamilyNeverEnds_ItAloneIsUndetermined()
    {
        var started = new TaskCompletionSource();
        var deaf = new FakeFamily("deaf", (_, _) =>
        {
            started.SetResult();
            return new TaskCompletionSource<CheckOutcome>().Task;
        });

        var running = RunAsync([deaf, FakeFamily.Content("good")], new AuditOptions { TimeBudget = TimeSpan.FromSeconds(60) });
        await started.Task;
        _time.Advance(TimeSpan.FromSeconds(60));
        var report = await running;

        Assert.Equal("TimeBudgetSpent", ReasonOf(report, "deaf").Key);
        Assert.IsType<CheckOutcome.Completed>(Outcome(report, "good"));
    }

    [Theory]
    [InlineData(60, false, 1)]
    [InlineData(60, true, 2)]
    [InlineData(0, false, 2)]
    public async Task RunAsync_TwoDomainsBehindOneHost_ItIsTalkedToOnce(int minutes, bool isFresh, int conversations)
    {
        _dns.Mx("example.org", (10, "mx.example.com"));
        _smtp.Server(new SmtpObservation("mx.example.com", IPAddress.Parse("192.0.2.25"), SmtpStage.NoStartTls) { Connect = ConnectStatus.Connected });
        var audit = new DomainAudit([new StartTlsCheck()], _dns, _smtp, new FakePort25(), _time);
        var options = new AuditOptions { ShareHostsFor = TimeSpan.FromMinutes(minutes), IsFresh = isFresh };

        foreach (var domain in new[] { "example.com", "example.org" })
        {
            var report = await audit.RunAsync(new AuditTarget(domain), options, BlocklistSettings.Default, null, Token);
            Assert.Single(Assert.IsType<CheckOutcome.Completed>(report.Families[0].Outcome).Findings);
            Assert.Single(report.Transcript.Conversations);
        }

        Assert.Equal(conversations, _smtp.Probed.Count);
    }

    [Fact]
    public async Task RunAsync_QuestionWithoutAnswer_EndsWithTheTimeBudget()
    {
        _dns.Hold("slow.example.com", DnsRecordType.A);
        var slow = Asking("slow", "slow.example.com");

        var running = RunAsync([slow, FakeFamily.Content("good")], new AuditOptions { TimeBudget = TimeSpan.FromSeconds(5) });
        _time.Advance(TimeSpan.FromSeconds(5));
        var report = await running;

        Assert.Equal("TimeBudgetSpent", ReasonOf(report, "slow").Key);
        Assert.IsType<CheckOutcome.Completed>(Outcome(report, "good"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_FamilyThrows_IsAnUnexpectedFailureOfThatFamily(bool atOnce)
    {
        var broken = new FakeFamily("broken", async (_, _) =>
        {
            if (!atOnce)
            {
                await Task.Yield();
            }

            throw new InvalidOperationException("secret detail");
        });

        var report = await RunAsync([FakeFamily.Content("good"), broken]);

        Assert.Equal(Reason.Of("UnexpectedFailure", "InvalidOperationException"), ReasonOf(report, "broken"));
        Assert.Equal("secret detail", Assert.Single(report.Families, f => f.Family == "broken").Defect?.Message);
        Assert.IsType<CheckOutcome.Completed>(Outcome(report, "good"));
    }

    [Fact]
    public async Task RunAsync_FamilyCancelsItself_IsNoSpentBudget()
    {
        var odd = new FakeFamily("odd", (_, _) => throw new TaskCanceledException());

        Assert.Equal("UnexpectedFailure", ReasonOf(await RunAsync([odd]), "odd").Key);
    }

    [Fact]
    public async Task RunAsync_CallerCancels_Throws()
    {
        using var caller = new CancellationTokenSource();
        _dns.Hold("slow.example.com", DnsRecordType.A);

        var running = RunAsync([Asking("slow", "slow.example.com")], cancellationToken: caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task RunAsync_TooManyQuestions_GetsBudgetSpentInsteadOfAnswers()
    {
        var statuses = new List<DnsStatus>();
        var curious = new FakeFamily("curious", async (context, token) =>
        {
            for (var i = 0; i < 20; i++)
            {
                statuses.Add((await context.Dns.QueryAsync($"n{i}.example.com", DnsRecordType.A, token)).Status);
            }

            return new OutcomeBuilder().Build();
        });

        await RunAsync([curious], new AuditOptions { DnsBudget = 5 });

        Assert.Equal(5, statuses.Count(s => s == DnsStatus.NxDomain));
        Assert.Equal(15, statuses.Count(s => s == DnsStatus.BudgetSpent));
    }

    [Fact]
    public async Task RunAsync_SameQuestionOfTwoFamilies_IsAskedOnceAndInTheTranscriptOnce()
    {
        var report = await RunAsync([Asking("one", "mx.example.com"), Asking("two", "MX.example.com.")]);

        Assert.Single(_dns.Asked, q => q.Name == "mx.example.com");
        var answer = Assert.Single(report.Transcript.Dns, a => a.Question.Name == "mx.example.com");
        Assert.Equal("192.0.2.53#53", answer.Server);
        Assert.Equal(report.Transcript.Dns.Length, report.DnsQueries);
    }

    [Fact]
    public async Task RunAsync_FreshQuestion_IsAskedAgain()
    {
        var second = new FakeFamily("second", async (context, token) =>
        {
            await context.Dns.QueryAsync("mx.example.com", DnsRecordType.A, token);
            await context.Dns.QueryAsync("mx.example.com", DnsRecordType.A, DnsOptions.Fresh, token);
            return new OutcomeBuilder().Build();
        });

        await RunAsync([second]);

        Assert.Equal(2, _dns.Asked.Count(q => q.Name == "mx.example.com"));
    }

    [Fact]
    public async Task RunAsync_SameHostOfTwoFamilies_IsTalkedToOnce()
    {
        var talking = Enumerable.Range(0, 2).Select(i => new FakeFamily($"talk{i}", async (context, token) =>
        {
            await context.Smtp.ProbeAsync("mx.example.com", IPAddress.Parse("192.0.2.25"), token);
            return new OutcomeBuilder().Build();
        }));

        var report = await RunAsync([.. talking]);

        Assert.Single(_smtp.Probed);
        Assert.Single(report.Transcript.Conversations);
    }

    [Fact]
    public async Task RunAsync_DnsOnly_LeavesConnectionsOut()
    {
        FakeFamily[] families = [FakeFamily.Content("dns"), FakeFamily.Content("lists", FamilyKind.Blocklist), FakeFamily.Content("talk", FamilyKind.Connection)];

        var report = await RunAsync(families, new AuditOptions { DnsOnly = true });

        Assert.Equal(["dns", "lists"], report.Families.Select(f => f.Family));
    }

    [Fact]
    public async Task RunAsync_ChosenFamilies_RunAloneAndHaveNoScore()
    {
        var report = await RunAsync([FakeFamily.Content("a"), FakeFamily.Content("b")], new AuditOptions { Families = ["b"] });

        Assert.Equal(["b"], report.Families.Select(f => f.Family));
        Assert.Null(report.Score);
    }

    [Fact]
    public async Task RunAsync_Progress_TellsStartAndEndOfEachFamily()
    {
        var told = new List<(string, bool)>();

        await Audit([FakeFamily.Content("a"), FakeFamily.Content("b")]).RunAsync(
            new AuditTarget("example.com"), new AuditOptions(), BlocklistSettings.Default, new Told(p => told.Add((p.Family, p.Report is not null))), Token);

        Assert.Equal([("a", false), ("a", true), ("b", false), ("b", true)], told);
    }

    [Fact]
    public async Task RunAsync_RolesWithoutAnswer_AreTakenAsBoth()
    {
        _dns.Hold("example.com", DnsRecordType.MX);

        var running = RunAsync([], new AuditOptions { TimeBudget = TimeSpan.FromSeconds(5) });
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(MailRoles.Both, (await running).Roles);
    }

    [Fact]
    public async Task RunAsync_NameThatCannotBeAsked_IsNoQuestionToTheServer()
    {
        var report = await RunAsync([Asking("odd", "a..b")]);

        Assert.Equal(report.Transcript.Dns.Length - 1, report.DnsQueries);
    }

    private static FakeFamily Asking(string id, string name) => new(id, async (context, token) =>
    {
        await context.Dns.QueryAsync(name, DnsRecordType.A, token);
        return new OutcomeBuilder().Build();
    });

    private static CheckOutcome Outcome(AuditReport report, string family) => Assert.Single(report.Families, f => f.Family == family).Outcome;

    private static Reason ReasonOf(AuditReport report, string family) => Assert.IsType<CheckOutcome.Inconclusive>(Outcome(report, family)).Reason;

    private DomainAudit Audit(FakeFamily[] families) => new([.. families], _dns, _smtp, new Port25Vantage(_time), _time);

    private Task<AuditReport> RunAsync(FakeFamily[] families, AuditOptions? options = null, CancellationToken? cancellationToken = null) =>
        Audit(families).RunAsync(new AuditTarget("example.com"), options ?? new AuditOptions(), BlocklistSettings.Default, null, cancellationToken ?? Token);

    private sealed class Told(Action<FamilyProgress> tell) : IProgress<FamilyProgress>
    {
        public void Report(FamilyProgress value) => tell(value);
    }
}
