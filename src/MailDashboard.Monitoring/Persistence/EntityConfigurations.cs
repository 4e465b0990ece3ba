using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MailDashboard.Monitoring.Persistence;

internal sealed class DomainConfiguration :
    IEntityTypeConfiguration<MailDomain>, IEntityTypeConfiguration<DomainTag>
{
    public void Configure(EntityTypeBuilder<MailDomain> builder)
    {
        builder.ToTable("domains");
        builder.Property(d => d.Name).HasMaxLength(253);
        builder.Property(d => d.DisplayName).HasMaxLength(253);
        foreach (var words in new[] { builder.PrimitiveCollection(d => d.Selectors), builder.PrimitiveCollection(d => d.SendingAddresses), builder.PrimitiveCollection(d => d.OwnHosts), builder.PrimitiveCollection(d => d.ClientHosts) })
        {
            words.Metadata.SetValueComparer(StringListComparer.Instance);
        }

        builder.HasIndex(d => d.Name).IsUnique();
        builder.HasIndex(d => d.DisplayName);
        builder.HasIndex(d => d.NextDueAt);
        builder.HasIndex(d => d.Score);
        builder.HasIndex(d => d.WorstSeverity);
        builder.HasMany(d => d.Tags).WithOne().HasForeignKey(t => t.DomainId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<DomainTag> builder)
    {
        builder.ToTable("domain_tags");
        builder.HasKey(t => new { t.DomainId, t.Tag });
        builder.Property(t => t.Tag).HasMaxLength(100);
        builder.HasIndex(t => t.Tag);
    }
}

internal sealed class StateConfiguration :
    IEntityTypeConfiguration<FamilyState>, IEntityTypeConfiguration<SubtestState>, IEntityTypeConfiguration<ComplianceState>, IEntityTypeConfiguration<TranscriptRow>
{
    public void Configure(EntityTypeBuilder<FamilyState> builder)
    {
        builder.ToTable("family_states");
        builder.HasKey(s => new { s.DomainId, s.Family });
        OfDomain(builder, s => s.DomainId);
    }

    public void Configure(EntityTypeBuilder<SubtestState> builder)
    {
        builder.ToTable("subtest_states");
        builder.HasKey(s => new { s.DomainId, s.Subtest, s.Family });
        OfDomain(builder, s => s.DomainId);
    }

    public void Configure(EntityTypeBuilder<ComplianceState> builder)
    {
        builder.ToTable("compliance_states");
        builder.HasKey(s => new { s.DomainId, s.Provider });
        builder.Property(s => s.Provider).HasMaxLength(40);
        builder.Property(s => s.Status).HasConversion<string>().HasMaxLength(20);
        builder.HasIndex(s => new { s.Provider, s.Status });
        builder.HasIndex(s => s.Status);
        OfDomain(builder, s => s.DomainId);
    }

    public void Configure(EntityTypeBuilder<TranscriptRow> builder)
    {
        builder.ToTable("transcripts");
        builder.HasKey(t => t.DomainId);
        builder.Property(t => t.DomainId).ValueGeneratedNever();
        OfDomain(builder, t => t.DomainId);
    }

    internal static void OfDomain<T>(EntityTypeBuilder<T> builder, System.Linq.Expressions.Expression<Func<T, object?>> key)
        where T : class =>
        builder.HasOne<MailDomain>().WithMany().HasForeignKey(key).OnDelete(DeleteBehavior.Cascade);
}

internal sealed class HistoryConfiguration :
    IEntityTypeConfiguration<FindingRow>, IEntityTypeConfiguration<RecordVersion>, IEntityTypeConfiguration<ScoreVersion>
{
    public void Configure(EntityTypeBuilder<FindingRow> builder)
    {
        builder.ToTable("findings");
        builder.HasIndex(f => new { f.DomainId, f.ResolvedAt });
        builder.HasIndex(f => new { f.Code, f.ResolvedAt });
        builder.HasIndex(f => f.FirstSeenAt);
        builder.HasIndex(f => new { f.DomainId, f.Code, f.SubjectKey }).IsUnique().HasFilter("resolved_at IS NULL").HasDatabaseName("ix_findings_open");
        StateConfiguration.OfDomain(builder, f => f.DomainId);
    }

    public void Configure(EntityTypeBuilder<RecordVersion> builder)
    {
        builder.ToTable("record_versions");
        builder.HasIndex(r => new { r.DomainId, r.Family, r.Name, r.Type }).IsUnique().HasFilter("seen_until IS NULL").HasDatabaseName("ix_record_versions_current");
        builder.HasIndex(r => r.SeenFrom);
        StateConfiguration.OfDomain(builder, r => r.DomainId);
    }

    public void Configure(EntityTypeBuilder<ScoreVersion> builder)
    {
        builder.ToTable("score_versions");
        builder.HasIndex(s => new { s.DomainId, s.At });
        StateConfiguration.OfDomain(builder, s => s.DomainId);
    }
}

internal sealed class WatchConfiguration :
    IEntityTypeConfiguration<ChangeEvent>, IEntityTypeConfiguration<DesiredRecord>, IEntityTypeConfiguration<AcceptedFinding>
{
    public void Configure(EntityTypeBuilder<ChangeEvent> builder)
    {
        builder.ToTable("change_events");
        builder.Property(e => e.Kind).HasConversion<string>().HasMaxLength(30);
        builder.HasIndex(e => new { e.DomainId, e.At });
        builder.HasIndex(e => e.At);
        builder.HasIndex(e => e.DomainId).HasFilter("code IS NOT NULL AND confirmed_at IS NULL AND settled_at IS NULL").HasDatabaseName("ix_change_events_unconfirmed");
        StateConfiguration.OfDomain(builder, e => e.DomainId);
    }

    public void Configure(EntityTypeBuilder<DesiredRecord> builder)
    {
        builder.ToTable("desired_records");
        builder.HasIndex(r => new { r.DomainId, r.Name, r.Type }).IsUnique();
        StateConfiguration.OfDomain(builder, r => r.DomainId);
    }

    public void Configure(EntityTypeBuilder<AcceptedFinding> builder)
    {
        builder.ToTable("accepted_findings");
        builder.HasIndex(a => new { a.DomainId, a.Code, a.SubjectKey }).IsUnique();
        StateConfiguration.OfDomain(builder, a => a.DomainId);
    }
}

internal sealed class AlertConfiguration :
    IEntityTypeConfiguration<Alert>, IEntityTypeConfiguration<AlertDomain>, IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<Alert> builder)
    {
        builder.ToTable("alerts");
        builder.Property(a => a.Status).HasConversion<string>().HasMaxLength(20);
        builder.Property(a => a.Scope).HasMaxLength(253).HasDefaultValue("");
        builder.HasIndex(a => new { a.Family, a.Code, a.SubjectKey, a.Scope }).IsUnique().HasFilter("resolved_at IS NULL").HasDatabaseName("ix_alerts_unresolved");
        builder.HasIndex(a => a.NextLookAt);
        builder.HasIndex(a => a.OpenedAt);
        builder.HasIndex(a => a.NoticeDueAt);
        builder.HasMany(a => a.Domains).WithOne().HasForeignKey(d => d.AlertId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<AlertDomain> builder)
    {
        builder.ToTable("alert_domains");
        builder.HasKey(d => new { d.AlertId, d.DomainId });
        StateConfiguration.OfDomain(builder, d => d.DomainId);
    }

    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("outbox");
        builder.HasIndex(m => m.MessageId).IsUnique();
        builder.HasIndex(m => new { m.SentAt, m.NextAttemptAt });
        builder.HasIndex(m => m.AlertId);
        builder.HasIndex(m => m.ChannelId).HasFilter("sent_at IS NULL AND abandoned_at IS NULL").HasDatabaseName("ix_outbox_waiting");
    }
}

internal sealed class SettingsConfiguration :
    IEntityTypeConfiguration<AlertRecipient>, IEntityTypeConfiguration<SettingRow>
{
    public void Configure(EntityTypeBuilder<AlertRecipient> builder)
    {
        builder.ToTable("alert_recipients");
        builder.HasIndex(r => new { r.ChannelId, r.Address }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<SettingRow> builder)
    {
        builder.ToTable("settings");
        builder.HasKey(s => s.Key);
    }
}
