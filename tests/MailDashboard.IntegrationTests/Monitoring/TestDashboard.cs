using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Mail.Connecting;
using MailDashboard.Monitoring;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Alerting.Notices;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Recording;
using MailDashboard.Monitoring.Scheduling;
using MailDashboard.Monitoring.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.IntegrationTests.Monitoring;

/// <summary>The monitoring services over a real database, with a clock and a second look that the test decides.</summary>
public sealed class TestDashboard : IAsyncDisposable
{
    private readonly bool _ownsFolder;

    private TestDashboard(ServerFolder folder, bool ownsFolder, ServiceProvider services)
    {
        (Folder, _ownsFolder, Services) = (folder, ownsFolder, services);
    }

    public ServerFolder Folder { get; }

    public ServiceProvider Services { get; }

    public FakeTimeProvider Time => (FakeTimeProvider)Get<TimeProvider>();

    public FakeConfirmer Confirmer => (FakeConfirmer)Get<IListingConfirmer>();

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A dashboard whose database is ready.</summary>
    public static async Task<TestDashboard> StartAsync(string? postgres, ServerFolder? folder = null, TimeProvider? time = null, IEnumerable<KeyValuePair<string, string?>>? settings = null, Action<IServiceCollection>? configure = null)
    {
        var dashboard = Create(postgres, folder, time, settings, configure);
        var state = await dashboard.Get<DatabaseStartup>().PrepareAsync(TestContext.Current.CancellationToken);
        Assert.IsType<DatabaseState.Ready>(state);
        await dashboard.Get<SettingsStore>().ReloadAsync(TestContext.Current.CancellationToken);
        return dashboard;
    }

    public static TestDashboard Create(string? postgres, ServerFolder? folder = null, TimeProvider? time = null, IEnumerable<KeyValuePair<string, string?>>? settings = null, Action<IServiceCollection>? configure = null)
    {
        var own = folder ?? new ServerFolder("monitoring");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["MAILDASHBOARD_DATA"] = own["data"],
            ["ConnectionStrings:MailDashboard"] = postgres,
            ["MailDashboard:Workers:Enabled"] = "false",
        }).AddInMemoryCollection(settings ?? []).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(time ?? new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero)));
        services.AddSingleton<IHostApplicationLifetime, StillLifetime>();
        services.AddSingleton<IListingConfirmer, FakeConfirmer>();
        services.AddDashboardMonitoring(configuration);
        services.AddSingleton<MailDashboard.Monitoring.Outbox.OutboxSender>();
        configure?.Invoke(services);
        return new TestDashboard(own, folder is null, services.BuildServiceProvider());
    }

    public Task<DashboardContext> OpenAsync() => Get<IDbContextFactory<DashboardContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);

    public async Task<T> ReadAsync<T>(Func<DashboardContext, Task<T>> read)
    {
        await using var db = await OpenAsync();
        return await read(db);
    }

    public async Task<int> AddDomainAsync(string name)
    {
        var added = await Get<DomainDirectory>().AddAsync(name, new DomainDraft(), TestContext.Current.CancellationToken);
        return Assert.IsType<DomainChange.Done>(added).Id;
    }

    /// <summary>Leases a domain and records a report with these outcomes.</summary>
    public async Task<RecordResult> RecordAsync(int domainId, params (string Family, CheckOutcome Outcome)[] families)
    {
        var (lease, _) = await Get<DueDomains>().TakeOneAsync(domainId, TestContext.Current.CancellationToken);
        return await RecordAsync(lease!, families);
    }

    public Task<RecordResult> RecordAsync(Lease lease, params (string Family, CheckOutcome Outcome)[] families)
    {
        var report = new AuditReport(
            lease.Domain.Name,
            Time.GetUtcNow(),
            TimeSpan.FromSeconds(1),
            MailRoles.Both,
            [.. families.Select(f => new FamilyReport(f.Family, f.Outcome, TimeSpan.FromMilliseconds(5)))],
            new AuditTranscript([], []));
        return Get<ResultRecorder>().RecordAsync(lease, DueKinds.All, report, BlocklistSettings.Default, TestContext.Current.CancellationToken);
    }

    /// <summary>Second looks that are due, and what people are told of them.</summary>
    /// <returns>How many alerts were looked at.</returns>
    public async Task<int> SecondLookAsync()
    {
        var looked = await Get<DueAlerts>().RunAsync(TestContext.Current.CancellationToken);
        await NoticeAsync();
        return looked;
    }

    /// <summary>What people are told, once nothing new has come for a while.</summary>
    public Task<int> NoticeAsync()
    {
        Time.Advance(Get<AlertTimes>().Settle);
        return Get<NoticeRound>().RunAsync(TestContext.Current.CancellationToken);
    }

    public async Task TellAsync(int port, string recipient = "ops@example.test", string language = "en")
    {
        var token = TestContext.Current.CancellationToken;
        Assert.Equal(RecipientChange.Done, await Get<RecipientStore>().AddAsync(recipient, language, null, token));
        var draft = new ProfileDraft { Host = "127.0.0.1", Port = port, Security = ServerSecurity.None, SenderAddress = "dashboard@example.test" };
        Assert.Empty(await Get<ProfileStore>().SaveForNoticesAsync(draft, token));
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        if (_ownsFolder)
        {
            Folder.Dispose();
        }
    }

    private sealed class StillLifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}

/// <summary>Says at the second look what the test wants; how often it was asked.</summary>
public sealed class FakeConfirmer : IListingConfirmer
{
    public AlertLook Answer { get; set; } = AlertLook.Present;

    /// <summary>Where set, decides in place of <see cref="Answer"/>.</summary>
    public Func<Subject, Task<AlertLook>>? Look { get; set; }

    public int Looks => _looks;

    private int _looks;

    public Task<AlertLook> LookAgainAsync(Subject listing, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _looks);
        return Look is { } look ? look(listing) : Task.FromResult(Answer);
    }
}

/// <summary>Outcomes of the blocklists family as the real one builds them.</summary>
public static class ListingOutcomes
{
    public const string Zone = "bl.example.test";

    public static CheckOutcome Listed(params string[] addresses)
    {
        var outcome = new OutcomeBuilder();
        foreach (var address in addresses)
        {
            var subject = Subject.Listing(address, Zone);
            outcome.Determined(subject).Report(new Finding(
                BlocklistFindings.AddressListed,
                subject,
                ImmutableArray.Create(
                    new Evidence("answer", "127.0.0.2", "127.0.0.1#53"),
                    new Evidence("meaning", "It sent spam <b>lately</b>."),
                    new Evidence("meaning.fr", "Elle a envoyé du spam."),
                    new Evidence("weight", "high"),
                    new Evidence("listName", "Example BL"),
                    new Evidence("listId", "example"),
                    new Evidence("watched", "true"),
                    new Evidence("removal", "https://bl.example.test/remove"))));
        }

        return outcome.Build();
    }

    public static CheckOutcome Clean(params string[] addresses)
    {
        var outcome = new OutcomeBuilder();
        foreach (var address in addresses)
        {
            outcome.Determined(Subject.Listing(address, Zone));
        }

        return outcome.Build();
    }

    public static CheckOutcome Unknown(string address) =>
        new OutcomeBuilder().CouldNotTell(Subject.Listing(address, Zone), Reason.Of("DnsTimeout", "a", "A", "b"), verdictNeedsIt: false).Build();
}
