using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Mail.Mailboxes;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Accepting;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Alerting.Incidents;
using MailDashboard.Monitoring.Alerting.Maintenance;
using MailDashboard.Monitoring.Alerting.Notices;
using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Blocklists;
using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Compliance;
using MailDashboard.Monitoring.Desired;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.MessageTests;
using MailDashboard.Monitoring.Overview;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Secrets;
using MailDashboard.Monitoring.Placement;
using MailDashboard.Monitoring.Portfolio;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Profiles.Connecting;
using MailDashboard.Monitoring.Recording;
using MailDashboard.Monitoring.Reports;
using MailDashboard.Monitoring.Scheduling;
using MailDashboard.Monitoring.Search;
using MailDashboard.Monitoring.Settings;
using MailDashboard.Monitoring.Watching;
using MailDashboard.Monitoring.Wizard;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailDashboard.Monitoring;

/// <summary>Registers everything that remembers and tells.</summary>
public static class MonitoringRegistration
{
    /// <summary>
    /// Storage, settings, profiles, scheduler, recorder, alerts and outbox. The workers run unless
    /// <c>MailDashboard:Workers:Enabled</c> is false.
    /// </summary>
    public static IServiceCollection AddDashboardMonitoring(this IServiceCollection services, IConfiguration configuration)
    {
        var environment = new EnvironmentSettings(configuration);
        var filters = MessageFilterOptions.Of(configuration);
        services.AddSingleton(new StartupProblems([.. environment.Problems, .. filters.Problems]));
        services.AddSingleton(environment);
        services.AddDashboardPersistence(configuration);
        AddState(services);
        AddChecks(services, configuration);
        AddAlerts(services, configuration);
        AddChannels(services);
        AddReports(services);
        AddTests(services, filters);
        AddWizard(services);
        if (SchedulerOptions.Of(configuration).Enabled)
        {
            services.AddHostedService<CheckScheduler>();
            services.AddHostedService<SecondLook>();
            services.AddHostedService<NoticeWorker>();
            services.AddHostedService<OutboxSender>();
            services.AddHostedService(s => s.GetRequiredService<ChannelWatch>());
            services.AddHostedService(s => s.GetRequiredService<AccountHealth>());
            services.AddHostedService(s => s.GetRequiredService<ComplianceRefresh>());
            services.AddHostedService<PortfolioHistory>();
            services.AddHostedService<Retention>();
            services.AddHostedService(s => s.GetRequiredService<ReportSender>());
            services.AddHostedService(s => s.GetRequiredService<MailboxRounds>());
            services.AddHostedService(s => s.GetRequiredService<PlacementRounds>());
        }

        return services;
    }

    private static void AddState(IServiceCollection services)
    {
        services.TryAddSingleton(Random.Shared);
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton(s => new SettingsStore(
            s.GetRequiredService<IDbContextFactory<DashboardContext>>(),
            s.GetRequiredService<DatabaseWriter>(),
            s.GetRequiredService<SecretProtector>(),
            s.GetRequiredService<EnvironmentSettings>(),
            s.GetRequiredService<ChangeFeed>(),
            s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ProfileStore>();
        services.AddSingleton<RecipientStore>();
        services.AddSingleton<GuardedHttp>();
        services.AddSingleton<AccountSignIn>();
        services.AddSingleton<ConnectableAccounts>();
        services.AddSingleton<AccountConnections>();
        services.AddSingleton<DeviceConnections>();
        services.AddSingleton<AccountHealth>();
        services.AddSingleton<SendingGate>();
        services.AddSingleton<ProfileMailer>();
        services.AddSingleton<ProfileTester>();
        services.AddSingleton<DomainCatalogue>();
        services.AddSingleton<DomainDirectory>();
        services.AddSingleton<DomainImport>();
        services.AddSingleton<DomainReader>();
        services.AddSingleton<DomainRevision>();
        services.AddSingleton<ChangeConfirmations>();
        services.AddSingleton<DesiredRecords>();
        services.AddSingleton<AcceptedFindings>();
        services.AddSingleton<OverviewQuery>();
        services.AddSingleton<SearchQuery>();
        services.AddSingleton<OpenFindings>();
        services.AddSingleton<AlertLog>();
        services.AddSingleton<BlocklistBoard>();
        services.AddSingleton<ComplianceBoard>();
        services.AddSingleton<ComplianceRefresh>();
        services.AddSingleton<PortfolioRecorder>();
        services.AddSingleton<RetentionSweep>();
        services.AddSingleton<PortfolioMoves>();
        services.AddSingleton<PortfolioQuery>();
    }

    private static void AddChecks(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(SchedulerOptions.Of(configuration));
        services.TryAddSingleton(new SmtpProbeOptions
        {
            Port = configuration.GetValue("MailDashboard:Probing:SmtpPort", 25),
            HelloName = configuration["MailDashboard:Probing:HelloName"],
        });
        services.TryAddSingleton(new AuthorityProbeOptions
        {
            Port = configuration.GetValue("MailDashboard:Probing:AuthorityPort", AuthorityProbeOptions.StandardPort),
        });
        services.TryAddSingleton<IPort25Vantage, Port25Vantage>();
        services.AddSingleton(s => new LiveEngine(
            s.GetRequiredService<SettingsStore>(),
            CheckFamilies.All,
            s.GetRequiredService<SmtpProbeOptions>(),
            s.GetRequiredService<AuthorityProbeOptions>(),
            s.GetRequiredService<IPort25Vantage>(),
            s.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IDnsResolver, LiveResolver>();
        services.AddSingleton<ConnectivityGuard>();
        services.AddSingleton<RunningAudits>();
        services.AddSingleton<DueDomains>();
        services.AddSingleton<DomainTargets>();
        services.AddSingleton<SchedulerStatus>();
        services.AddSingleton<ResultRecorder>();
        services.AddSingleton<AuditRunner>();
    }

    private static void AddAlerts(IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(AlertTimes.Of(configuration));
        services.AddSingleton<AlertLedger>();
        services.AddSingleton<RuleBook>();
        services.AddSingleton<RuleStore>();
        services.AddSingleton<RulePreview>();
        services.AddSingleton<IncidentActions>();
        services.AddSingleton<MaintenanceStore>();
        services.TryAddSingleton<IListingConfirmer, ListingConfirmer>();
        services.AddSingleton<NoticeRound>();
        services.AddSingleton<OwnAlerts>();
        services.AddSingleton<OwnWatch>();
        services.AddSingleton<DueAlerts>();
        services.AddSingleton<ProfileSender>();
        services.AddSingleton<OutboxQueue>();
        services.AddSingleton<OutboxCarrier>();
        services.AddSingleton<OutboxStatus>();
    }

    private static void AddChannels(IServiceCollection services)
    {
        services.TryAddSingleton(s => new CertificateInspector(s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<HttpChannelSender>();
        services.AddSingleton<ChannelStore>();
        services.AddSingleton<ChannelTester>();
        services.AddSingleton<ChannelAdvice>();
        services.AddSingleton<ChannelWatch>();
        services.AddSingleton<DeadLetters>();
    }

    private static void AddWizard(IServiceCollection services)
    {
        services.AddSingleton<WizardRuns>();
        services.AddSingleton<WizardSight>();
        services.AddSingleton<WizardDomain>();
        services.AddSingleton<WizardPlanner>();
        services.AddSingleton<WizardRecords>();
        services.AddSingleton<WizardMailbox>();
        services.AddSingleton<WizardSigns>();
        services.AddSingleton<WizardKeys>();
        services.AddSingleton<WizardCertificates>();
        services.AddSingleton<WizardProfile>();
    }

    private static void AddReports(IServiceCollection services)
    {
        services.AddSingleton<DigestQuery>();
        services.AddSingleton<ReportComposer>();
        services.AddSingleton<ReportRows>();
        services.AddSingleton<ReportLinks>();
        services.AddSingleton<ReportSender>();
        services.AddSingleton<SubscriptionStore>();
    }

    private static void AddTests(IServiceCollection services, MessageFilterOptions filters)
    {
        services.AddSingleton(filters);
        services.AddSingleton<MailboxReader>();
        services.AddSingleton<MailboxAccess>();
        services.AddSingleton<MailboxStore>();
        services.AddSingleton<MailboxRounds>();
        services.AddSingleton<MessageTestQuery>();
        services.AddSingleton<MessageTestJudge>();
        services.AddSingleton<MessageTestStore>();
        services.AddSingleton<MessageTestLinks>();
        services.AddSingleton<IMailboxWork, MessageTestWork>();
        services.AddSingleton<PlacementQuery>();
        services.AddSingleton<PlacementStore>();
        services.AddSingleton<PlacementPlans>();
        services.AddSingleton<PlacementWatch>();
        services.AddSingleton<PlacementRounds>();
        services.AddSingleton<IMailboxWork, PlacementWork>();
    }
}
