using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Persistence;

/// <summary>The one context, for both providers. One per operation, from the factory; never in a component.</summary>
public sealed class DashboardContext(DbContextOptions<DashboardContext> options)
    : IdentityDbContext<AppUser>(options), IDataProtectionKeyContext
{
    public DbSet<MailDomain> Domains => Set<MailDomain>();

    public DbSet<DomainTag> DomainTags => Set<DomainTag>();

    public DbSet<FamilyState> FamilyStates => Set<FamilyState>();

    public DbSet<SubtestState> SubtestStates => Set<SubtestState>();

    public DbSet<ComplianceState> ComplianceStates => Set<ComplianceState>();

    public DbSet<FindingRow> Findings => Set<FindingRow>();

    public DbSet<RecordVersion> Records => Set<RecordVersion>();

    public DbSet<ChangeEvent> ChangeEvents => Set<ChangeEvent>();

    public DbSet<DesiredRecord> DesiredRecords => Set<DesiredRecord>();

    public DbSet<AcceptedFinding> AcceptedFindings => Set<AcceptedFinding>();

    public DbSet<ScoreVersion> Scores => Set<ScoreVersion>();

    public DbSet<TranscriptRow> Transcripts => Set<TranscriptRow>();

    public DbSet<Alert> Alerts => Set<Alert>();

    public DbSet<AlertDomain> AlertDomains => Set<AlertDomain>();

    public DbSet<AlertNotice> AlertNotices => Set<AlertNotice>();

    public DbSet<AlertEvent> AlertEvents => Set<AlertEvent>();

    public DbSet<NotificationRule> NotificationRules => Set<NotificationRule>();

    public DbSet<NotificationChannel> NotificationChannels => Set<NotificationChannel>();

    public DbSet<MaintenanceWindow> MaintenanceWindows => Set<MaintenanceWindow>();

    public DbSet<PortfolioDay> PortfolioDays => Set<PortfolioDay>();

    public DbSet<ReportSubscription> ReportSubscriptions => Set<ReportSubscription>();

    public DbSet<ReportLink> ReportLinks => Set<ReportLink>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    public DbSet<SmtpProfile> SmtpProfiles => Set<SmtpProfile>();

    public DbSet<ProfileDomain> ProfileDomains => Set<ProfileDomain>();

    public DbSet<ProfileSending> ProfileSendings => Set<ProfileSending>();

    public DbSet<Mailbox> Mailboxes => Set<Mailbox>();

    public DbSet<MessageTest> MessageTests => Set<MessageTest>();

    public DbSet<PlacementPlan> PlacementPlans => Set<PlacementPlan>();

    public DbSet<PlacementRun> PlacementRuns => Set<PlacementRun>();

    public DbSet<PlacementResult> PlacementResults => Set<PlacementResult>();

    public DbSet<SetupRun> SetupRuns => Set<SetupRun>();

    public DbSet<AlertRecipient> AlertRecipients => Set<AlertRecipient>();

    public DbSet<SettingRow> Settings => Set<SettingRow>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite can neither order nor compare a DateTimeOffset; both providers keep UTC to the microsecond.
        if (Database.IsSqlite())
        {
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcMicrosecondsConverter>();
        }
        else
        {
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        }
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(DashboardContext).Assembly);
        IdentityTableNames.Apply(builder);
    }
}
