using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MailDashboard.Monitoring.Persistence;

internal sealed class NotificationConfiguration :
    IEntityTypeConfiguration<NotificationRule>, IEntityTypeConfiguration<RuleChannel>, IEntityTypeConfiguration<NotificationChannel>,
    IEntityTypeConfiguration<AlertNotice>, IEntityTypeConfiguration<AlertEvent>, IEntityTypeConfiguration<MaintenanceWindow>
{
    public void Configure(EntityTypeBuilder<NotificationRule> builder)
    {
        builder.ToTable("notification_rules");
        builder.Property(r => r.Name).HasMaxLength(100);
        builder.Property(r => r.Preset).HasMaxLength(40);
        builder.HasMany(r => r.Channels).WithOne().HasForeignKey(c => c.RuleId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<RuleChannel> builder)
    {
        builder.ToTable("rule_channels");
        builder.HasKey(c => new { c.RuleId, c.ChannelId });
        builder.HasOne<NotificationChannel>().WithMany().HasForeignKey(c => c.ChannelId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<NotificationChannel> builder)
    {
        builder.ToTable("notification_channels");
        builder.Property(c => c.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(c => c.Name).HasMaxLength(100);
        builder.Property(c => c.Language).HasMaxLength(8);
    }

    public void Configure(EntityTypeBuilder<AlertNotice> builder)
    {
        builder.ToTable("alert_notices");
        builder.HasKey(n => new { n.AlertId, n.RuleId });
        builder.Property(n => n.HeldBy).HasMaxLength(20);
        builder.HasOne<Alert>().WithMany().HasForeignKey(n => n.AlertId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<NotificationRule>().WithMany().HasForeignKey(n => n.RuleId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<AlertEvent> builder)
    {
        builder.ToTable("alert_events");
        builder.Property(e => e.Kind).HasMaxLength(20);
        builder.HasIndex(e => new { e.AlertId, e.At });
        builder.HasOne<Alert>().WithMany(a => a.Events).HasForeignKey(e => e.AlertId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<MaintenanceWindow> builder)
    {
        builder.ToTable("maintenance_windows");
        builder.Property(w => w.Reason).HasMaxLength(200);
        builder.Property(w => w.TimeZone).HasMaxLength(60);
        builder.PrimitiveCollection(w => w.Tags).Metadata.SetValueComparer(StringListComparer.Instance);
        builder.PrimitiveCollection(w => w.Domains).Metadata.SetValueComparer(StringListComparer.Instance);
    }
}

internal sealed class ReportConfiguration :
    IEntityTypeConfiguration<PortfolioDay>, IEntityTypeConfiguration<ReportSubscription>, IEntityTypeConfiguration<ReportLink>
{
    public void Configure(EntityTypeBuilder<PortfolioDay> builder)
    {
        builder.ToTable("portfolio_days");
        builder.HasKey(d => new { d.Tag, d.Day });
        builder.Property(d => d.Tag).HasMaxLength(100);
    }

    public void Configure(EntityTypeBuilder<ReportSubscription> builder)
    {
        builder.ToTable("report_subscriptions");
        builder.Property(s => s.Kind).HasConversion<string>().HasMaxLength(20);
        builder.HasIndex(s => s.NextAt);
        builder.HasIndex(s => new { s.Kind, s.Address, s.Tag }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ReportLink> builder)
    {
        builder.ToTable("report_links");
        builder.Property(l => l.TokenHash).HasMaxLength(64);
        builder.HasIndex(l => l.TokenHash).IsUnique();
    }
}
