using System.Diagnostics;
using System.Globalization;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.Mail.Mailboxes;
using MailDashboard.Mail.Messages;
using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.MessageTests;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MailDashboard.IntegrationTests.Monitoring.Mailboxes;

/// <summary>Tests of messages from the address to the verdict, through a real Postfix into a real Dovecot.</summary>
public sealed class MessageTestTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Test_SentFromElsewhere_IsJudgedAndTakenOut(string database)
    {
        await using var world = await MailboxWorld.StartAsync(await ConnectionAsync(database));
        var domain = await world.Dashboard.AddDomainAsync("sender.test");
        var (id, view) = await StartAsync(world, new MessageTestDraft(await world.AddMailboxAsync(), IsBulk: true));
        await world.SendAsync($"anna@{MailboxServer.Domain}", "from a stranger");
        await world.SendAsync(view.Address, "to be judged");

        var (judged, result) = await UntilAsync(world, id, MessageTestStatus.Judged);

        Assert.Equal(("to be judged", "shop@sender.test", domain, "ada"), (judged.Subject, judged.From, judged.DomainId, judged.StartedBy));
        Assert.InRange(judged.Score!.Value, 0, 9.9);
        Assert.Equal((decimal)judged.Score.Value, result!.Verdict.Score);
        Assert.Contains(result.Verdict.Marks, m => m.Code == "MSG080");
        Assert.All(result.Verdict.Marks, m => Assert.NotEmpty(MessageTexts.Render(result.Verdict, m, English).Title));
        Assert.Contains("alert(1)", result.Source, StringComparison.Ordinal);
        Assert.DoesNotContain("script", result.Preview, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Subject: to be judged", result.Header, StringComparison.Ordinal);
        Assert.Equal(["from a stranger"], await world.Mailboxes.SubjectsAsync("anna", cancellationToken: Token));
        Assert.Equal(judged.Score, Assert.Single(await world.Dashboard.Get<MessageTestQuery>().TrendAsync(new(domain), Token)).Score);
        Assert.Empty(await world.Dashboard.Get<MessageTestQuery>().TrendAsync(new(domain + 1), Token));
    }

    [Fact]
    public async Task Test_ThroughAProfileIntoACatchAllDomain_IsJudged()
    {
        await using var world = await MailboxWorld.StartAsync(null, catchAll: "catch.test");
        var mailbox = await world.AddMailboxAsync(change: d => d with { Address = "anything@catch.test", Addressing = TestAddressing.CatchAll });
        var (id, view) = await StartAsync(world, new MessageTestDraft(mailbox, await world.AddProfileAsync()));

        var (judged, _) = await UntilAsync(world, id, MessageTestStatus.Judged);

        Assert.EndsWith("@catch.test", view.Address, StringComparison.Ordinal);
        Assert.NotNull(judged.SentAt);
        Assert.Equal("Postfix", judged.ProfileName);
        Assert.Equal(judged.SentAt, await world.Dashboard.ReadAsync(db => db.SmtpProfiles.Select(p => p.LastTestOkAt).SingleAsync(Token)));
        Assert.Empty(await world.Mailboxes.SubjectsAsync("anna", cancellationToken: Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Start_BeyondTheProfilesLimit_SaysWhenAndLeavesNothing(string database)
    {
        await using var world = await MailboxWorld.StartAsync(await ConnectionAsync(database));
        var draft = new MessageTestDraft(await world.AddMailboxAsync(), await world.AddProfileAsync(p => p with { Limits = new(PerMinute: 1) }));
        await StartAsync(world, draft);

        var second = await world.Dashboard.Get<MessageTestStore>().StartAsync(draft, "ada", English, Token);

        Assert.Equal((null, MessageTestFault.Limit), (second.Id, second.Fault));
        Assert.True(second.FreeAt > world.Dashboard.Time.GetUtcNow());
        Assert.Equal(1, await world.Dashboard.ReadAsync(db => db.MessageTests.CountAsync(Token)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Start_PersonLeavesWhileItIsHandedIn_IsHandedInOnceAllTheSame(string database)
    {
        await using var world = await MailboxWorld.StartAsync(await ConnectionAsync(database));
        await using var sink = SmtpSink.Start();
        using var page = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var left = new TaskCompletionSource();
        sink.Behaviour = async (stage, token) =>
        {
            if (stage == SmtpStage.EndOfData)
            {
                await page.CancelAsync();
                await left.Task.WaitAsync(token);
            }

            return SmtpMove.Usual;
        };
        var draft = new MessageTestDraft(await world.AddMailboxAsync(), await world.AddProfileAsync(p => p with { Port = sink.EndPoint.Port }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Dashboard.Get<MessageTestStore>().StartAsync(draft, "ada", English, page.Token));
        left.SetResult();

        await Eventually.TrueAsync("it is noted that it was handed in", _ => world.Dashboard.ReadAsync(db => db.MessageTests.AnyAsync(t => t.SentAt != null, Token)), cancellationToken: Token);
        Assert.Single(sink.Received);
        Assert.Equal(MessageTestStatus.Waiting, (await world.Dashboard.ReadAsync(db => db.MessageTests.SingleAsync(Token))).Status);
    }

    [Fact]
    public async Task Test_ProcessEndedWhileItHandedIn_SaysSoAtItsEnd()
    {
        await using var world = await MailboxWorld.StartAsync(null);
        await using var sink = SmtpSink.Start();
        var (id, _) = await StartAsync(world, new MessageTestDraft(await world.AddMailboxAsync(), await world.AddProfileAsync(p => p with { Port = sink.EndPoint.Port })));
        await using (var db = await world.Dashboard.OpenAsync())
        {
            await db.MessageTests.ExecuteUpdateAsync(s => s.SetProperty(t => t.SentAt, (DateTimeOffset?)null), Token);
        }

        var (failed, _) = await UntilAsync(world, id, MessageTestStatus.Failed, TimeSpan.FromMinutes(11));

        Assert.Equal(MessageTestProblem.Interrupted, failed.Problem!.Kind);
    }

    [Theory]
    [InlineData(null, "203.0.113.5")]
    [InlineData("203.0.113.0/29 2001:db8::/32", "192.0.2.50")]
    public async Task Test_BehindAnOwnRelay_JudgesTheServerBeforeIt(string? relays, string sender)
    {
        await using var world = await MailboxWorld.StartAsync(null);
        var (id, view) = await StartAsync(world, new MessageTestDraft(await world.AddMailboxAsync(change: d => d with { Relays = relays })));
        await world.SendAsync(
            view.Address,
            "to be judged",
            "from filter.own.test (filter.own.test [203.0.113.5]) by in.own.test (Postfix) with ESMTPS id 2; Sun, 1 Mar 2026 09:00:01 +0000",
            "from mx.sender.test (mx.sender.test [192.0.2.50]) by filter.own.test (Postfix) with ESMTPS id 1; Sun, 1 Mar 2026 09:00:00 +0000");

        var (_, result) = await UntilAsync(world, id, MessageTestStatus.Judged);

        Assert.Contains(Assert.Single(result!.Verdict.Marks, m => m.Code == "MSG010").Evidence, e => e.Value == sender);
    }

    [Fact]
    public async Task Test_ThatCannotBeJudged_IsLoggedWithoutAWordOfTheMessage()
    {
        var log = new RecordedLog();
        await using var world = await MailboxWorld.StartAsync(null, configure: s => s.AddSingleton<IDnsResolver, HostileDns>().AddLogging(b => b.AddProvider(log)));
        var (id, view) = await StartAsync(world, new MessageTestDraft(await world.AddMailboxAsync()));
        await world.SendAsync(view.Address, "to be judged");

        var (failed, _) = await UntilAsync(world, id, MessageTestStatus.Failed);

        Assert.Equal(MessageTestProblem.Judging, failed.Problem!.Kind);
        var line = Assert.Single(log.Lines, l => l.Contains($"test {id} could not be judged", StringComparison.Ordinal));
        Assert.Contains(nameof(InvalidOperationException), line, StringComparison.Ordinal);
        Assert.Contains(nameof(MessageJudge), line, StringComparison.Ordinal);
        Assert.DoesNotContain(HostileDns.Words, string.Concat(log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MailboxProtocol.Imap)]
    [InlineData(MailboxProtocol.Pop3)]
    public async Task Test_AmongAThousandMessagesOfStrangers_IsFoundSoonAndNothingElseTaken(MailboxProtocol protocol)
    {
        await using var world = await MailboxWorld.StartAsync(null);
        await world.Mailboxes.FillAsync("anna", 1_000, Token);
        var port = protocol == MailboxProtocol.Imap ? world.Mailboxes.Imap.Port : world.Mailboxes.Pop3.Port;
        var (id, view) = await StartAsync(world, new MessageTestDraft(await world.AddMailboxAsync(change: d => d with { Protocol = protocol, Port = port })));
        var promised = TimeSpan.FromSeconds(15);
        var best = await Fastest.OfAsync(promised, async () =>
        {
            world.Dashboard.Time.Advance(MailboxRounds.LongestPause);
            var started = Stopwatch.GetTimestamp();
            Assert.Equal(1, await world.Dashboard.Get<MailboxRounds>().RunAsync(Token));
            return Stopwatch.GetElapsedTime(started);
        });
        Assert.InRange(best, TimeSpan.Zero, promised);
        await world.SendAsync(view.Address, "to be judged");

        await UntilAsync(world, id, MessageTestStatus.Judged);

        Assert.Equal(1_000, (await world.Mailboxes.SubjectsAsync("anna", cancellationToken: Token)).Count);
    }

    [Fact]
    public async Task Filters_NamedByTheOperator_SayTheirRules_AndOneThatIsAwayCostsNothing()
    {
        await using var spamd = await SpamdServer.StartAsync(Token);
        await using var dns = await KnotServer.StartAsync([new KnotZone("sender.test", "@ TXT \"v=spf1 -all\"")], cancellationToken: Token);
        await using var rspamd = await RspamdServer.StartAsync(dns.EndPoint, cancellationToken: Token);
        await using var world = await MailboxWorld.StartAsync(null, settings:
        [
            new("MailDashboard:Probing:AllowedNetworks", "127.0.0.0/8"),
            new("MailDashboard:MessageTests:SpamAssassin", spamd.EndPoint.ToString()),
            new("MailDashboard:MessageTests:Rspamd", rspamd.Address.ToString()),
        ]);
        var draft = new MessageTestDraft(await world.AddMailboxAsync());

        var both = await JudgedAsync(world, draft);
        await rspamd.DisposeAsync();
        var one = await JudgedAsync(world, draft);

        Assert.Equal(["SpamAssassin", "rspamd"], both.Filters.Select(f => f.Filter));
        Assert.All(both.Filters, f => Assert.True(f.WhyNot is null && !f.Rules.IsEmpty, f.WhyNot?.ToString()));
        Assert.Equal("FilterUnreachable", one.Filters[1].WhyNot?.Key);
        Assert.Contains(one.Undetermined, u => u.Reason.Key == "FilterUnreachable");
        Assert.DoesNotContain(one.Marks, m => m.Costs && m.Subject.Name == "rspamd");
    }

    private static async Task<MessageVerdict> JudgedAsync(MailboxWorld world, MessageTestDraft draft)
    {
        var (id, view) = await StartAsync(world, draft);
        await world.SendAsync(view.Address, "to be judged");
        return (await UntilAsync(world, id, MessageTestStatus.Judged)).Result!.Verdict;
    }

    [Fact]
    public async Task Test_MailboxAwayThenBack_SaysWhyAndIsJudgedAllTheSame()
    {
        await using var world = await MailboxWorld.StartAsync(null);
        var (id, view) = await StartAsync(world, new MessageTestDraft(await world.AddMailboxAsync()));
        await world.Mailboxes.StopAsync();
        await world.Dashboard.Get<MailboxRounds>().RunAsync(Token);

        var waiting = (await world.Dashboard.Get<MessageTestQuery>().FindAsync(id, Token))!.Value.Test;
        Assert.Equal((MessageTestStatus.Waiting, MessageTestProblem.Mailbox), (waiting.Status, waiting.Problem!.Kind));
        Assert.StartsWith("Connecting: ", waiting.Problem.Detail, StringComparison.Ordinal);
        Assert.NotNull((await world.Dashboard.Get<MailboxStore>().ListAsync(Token))[0].Health.FailingSince);

        await world.Mailboxes.RestartAsync(Token);
        await world.SendAsync(view.Address, "late");
        await UntilAsync(world, id, MessageTestStatus.Judged);
    }

    [Theory]
    [InlineData(true, MessageTestStatus.Expired)]
    [InlineData(false, MessageTestStatus.Failed)]
    public async Task Test_UntilItsEnd_SaysNothingCameOnlyWhereItWasLookedFor(bool isReadable, MessageTestStatus expected)
    {
        await using var world = await MailboxWorld.StartAsync(null);
        var (id, _) = await StartAsync(world, new MessageTestDraft(await world.AddMailboxAsync()));
        if (!isReadable)
        {
            await world.Mailboxes.StopAsync();
        }

        await UntilAsync(world, id, expected, TimeSpan.FromMinutes(11));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Test_KilledWhileItJudged_IsJudgedByTheNextProcess(string database)
    {
        await using var world = await MailboxWorld.StartAsync(await ConnectionAsync(database));
        var (id, view) = await StartAsync(world, new MessageTestDraft(await world.AddMailboxAsync()));
        await world.SendAsync(view.Address, "to be judged");
        await using (var db = await world.Dashboard.OpenAsync())
        {
            var lease = world.Dashboard.Time.GetUtcNow() + MailboxRounds.Lease;
            await db.MessageTests.ExecuteUpdateAsync(s => s.SetProperty(t => t.Status, MessageTestStatus.Arrived), Token);
            await db.Mailboxes.ExecuteUpdateAsync(s => s.SetProperty(m => m.NextCheckAt, lease), Token);
        }

        await world.RestartAsync();
        await UntilAsync(world, id, MessageTestStatus.Judged, database == "postgres" ? TimeSpan.FromMinutes(1) : null);

        await world.RoundsAsync("it is taken out", async () => (await world.Mailboxes.SubjectsAsync("anna", cancellationToken: Token)).Count == 0);
    }

    [Fact]
    public async Task Message_LeftBehindOrTooLate_IsSweptByTheNextProcess()
    {
        await using var world = await MailboxWorld.StartAsync(null);
        var (_, view) = await StartAsync(world, new MessageTestDraft(await world.AddMailboxAsync()));
        await using (var db = await world.Dashboard.OpenAsync())
        {
            await db.MessageTests.ExecuteUpdateAsync(s => s.SetProperty(t => t.Status, MessageTestStatus.Expired), Token);
        }

        await world.SendAsync(view.Address, "too late");
        await world.SendAsync($"anna@{MailboxServer.Domain}", "from a stranger");
        await Eventually.TrueAsync("both are there", async _ => (await world.Mailboxes.SubjectsAsync("anna", cancellationToken: Token)).Count == 2, cancellationToken: Token);

        await world.RoundsAsync("one is swept", async () => (await world.Mailboxes.SubjectsAsync("anna", cancellationToken: Token)) is ["from a stranger"]);
    }

    [Fact]
    public async Task Rounds_OfTwoProcesses_LookIntoAMailboxOnce()
    {
        await using var world = await MailboxWorld.StartAsync(await ConnectionAsync("postgres"));
        await StartAsync(world, new MessageTestDraft(await world.AddMailboxAsync()));
        var other = await world.AnotherAsync();

        var looks = await Task.WhenAll(world.Dashboard.Get<MailboxRounds>().RunAsync(Token), other.Get<MailboxRounds>().RunAsync(Token));

        Assert.Equal(1, looks.Sum());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Link_ToAJudgedTest_WorksUntilItsEndOrUntilRevoked(string database)
    {
        await using var dashboard = await StartAsync(database);
        var mailbox = (await dashboard.Get<MailboxStore>().SaveAsync(
            null, new MailboxDraft { Host = "imap.test", UserName = "a", Password = "b", Address = "a@b.test", Addressing = TestAddressing.PlusAddress }, Token)).Id!.Value;
        var id = (await dashboard.Get<MessageTestStore>().StartAsync(new(mailbox), "ada", English, Token)).Id!.Value;
        var links = dashboard.Get<MessageTestLinks>();
        Assert.Null(await links.CreateAsync(id, 7, Token));
        var stored = """{"verdict":{"score":8.5,"marks":[],"fine":[],"undetermined":[],"filters":[]},"header":"","source":"","size":1}""";
        await using (var db = await dashboard.OpenAsync())
        {
            await db.MessageTests.ExecuteUpdateAsync(s => s.SetProperty(t => t.Status, MessageTestStatus.Judged).SetProperty(t => t.VerdictJson, stored), Token);
        }

        var token = await links.CreateAsync(id, 7, Token);

        Assert.Equal(8.5m, (await links.FindAsync(token!, Token))!.Value.Result.Verdict.Score);
        Assert.Null(await links.FindAsync(token + "x", Token));
        Assert.DoesNotContain(token!, await dashboard.ReadAsync(db => db.MessageTests.Select(t => t.ShareHash!).SingleAsync(Token)), StringComparison.Ordinal);
        dashboard.Time.Advance(TimeSpan.FromDays(8));
        Assert.Null(await links.FindAsync(token!, Token));
        var again = await links.CreateAsync(id, 7, Token);
        Assert.NotNull(await links.FindAsync(again!, Token));
        await links.RevokeAsync(id, Token);
        Assert.Null(await links.FindAsync(again!, Token));
    }

    private static async Task<(int Id, MessageTestView View)> StartAsync(MailboxWorld world, MessageTestDraft draft)
    {
        var started = await world.Dashboard.Get<MessageTestStore>().StartAsync(draft, "ada", English, Token);
        Assert.Null(started.Fault);
        return (started.Id!.Value, (await world.Dashboard.Get<MessageTestQuery>().FindAsync(started.Id.Value, Token))!.Value.Test);
    }

    private static async Task<(MessageTestView Test, MessageTestResult? Result)> UntilAsync(MailboxWorld world, int id, MessageTestStatus status, TimeSpan? step = null)
    {
        (MessageTestView Test, MessageTestResult? Result)? found = null;
        await world.RoundsAsync(
            $"the test is {status}",
            async () => (found = await world.Dashboard.Get<MessageTestQuery>().FindAsync(id, Token))!.Value.Test.Status == status,
            step);
        return found!.Value;
    }

    /// <summary>Fails with words that somebody else chose.</summary>
    private sealed class HostileDns : IDnsResolver
    {
        public const string Words = "forged line";

        public Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, DnsOptions options, CancellationToken cancellationToken) => throw new InvalidOperationException($"x\n{Words}");
    }

    private sealed class RecordedLog : ILoggerProvider, ILogger
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}
