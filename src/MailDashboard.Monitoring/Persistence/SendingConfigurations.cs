using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MailDashboard.Monitoring.Persistence;

internal sealed class AccountConfiguration :
    IEntityTypeConfiguration<SmtpProfile>, IEntityTypeConfiguration<ProfileDomain>, IEntityTypeConfiguration<ProfileSending>, IEntityTypeConfiguration<Mailbox>
{
    public void Configure(EntityTypeBuilder<SmtpProfile> builder)
    {
        builder.ToTable("smtp_profiles");
        Account(builder);
        builder.Property(p => p.Preset).HasMaxLength(40);
        builder.HasMany(p => p.Domains).WithOne().HasForeignKey(d => d.ProfileId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ProfileDomain> builder)
    {
        builder.ToTable("profile_domains");
        builder.HasKey(d => new { d.ProfileId, d.DomainId });
        StateConfiguration.OfDomain(builder, d => d.DomainId);
    }

    public void Configure(EntityTypeBuilder<ProfileSending> builder)
    {
        builder.ToTable("profile_sendings");
        builder.HasIndex(s => new { s.ProfileId, s.At });
        builder.HasOne<SmtpProfile>().WithMany().HasForeignKey(s => s.ProfileId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Mailbox> builder)
    {
        builder.ToTable("mailboxes");
        Account(builder);
        builder.Property(m => m.Protocol).HasConversion<string>().HasMaxLength(20);
        builder.Property(m => m.Addressing).HasConversion<string>().HasMaxLength(20);
        builder.Property(m => m.Provider).HasMaxLength(40);
    }

    private static void Account<T>(EntityTypeBuilder<T> builder)
        where T : ServerAccount
    {
        builder.Property(a => a.Security).HasConversion<string>().HasMaxLength(20);
        builder.Property(a => a.SignInKind).HasConversion<string>().HasMaxLength(20);
        builder.Property(a => a.OAuthGrant).HasColumnName("oauth_grant").HasConversion<string>().HasMaxLength(20);
        builder.HasIndex(a => a.NextCheckAt);
    }
}

internal sealed class TestConfiguration :
    IEntityTypeConfiguration<MessageTest>, IEntityTypeConfiguration<PlacementPlan>, IEntityTypeConfiguration<PlacementRun>, IEntityTypeConfiguration<PlacementResult>,
    IEntityTypeConfiguration<SetupRun>
{
    public void Configure(EntityTypeBuilder<MessageTest> builder)
    {
        builder.ToTable("message_tests");
        builder.Property(t => t.Token).HasMaxLength(40);
        builder.Property(t => t.Status).HasConversion<string>().HasMaxLength(20);
        builder.HasIndex(t => t.Token).IsUnique();
        builder.HasIndex(t => t.ShareHash).IsUnique();
        builder.HasIndex(t => new { t.Status, t.ExpiresAt });
        builder.HasIndex(t => new { t.DomainId, t.CreatedAt });
        builder.HasOne<Mailbox>().WithMany().HasForeignKey(t => t.MailboxId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<SmtpProfile>().WithMany().HasForeignKey(t => t.ProfileId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<MailDomain>().WithMany().HasForeignKey(t => t.DomainId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<PlacementPlan> builder)
    {
        builder.ToTable("placement_plans");
        builder.Property(p => p.Name).HasMaxLength(100);
        builder.PrimitiveCollection(p => p.MailboxIds);
        builder.HasIndex(p => p.NextAt);
        builder.HasOne<SmtpProfile>().WithMany().HasForeignKey(p => p.ProfileId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<PlacementRun> builder)
    {
        builder.ToTable("placement_runs");
        builder.HasIndex(r => r.StartedAt);
        builder.HasIndex(r => new { r.EndedAt, r.Until });
        builder.HasOne<PlacementPlan>().WithMany().HasForeignKey(r => r.PlanId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<SmtpProfile>().WithMany().HasForeignKey(r => r.ProfileId).OnDelete(DeleteBehavior.SetNull);
        builder.HasMany(r => r.Results).WithOne().HasForeignKey(r => r.RunId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<PlacementResult> builder)
    {
        builder.ToTable("placement_results");
        builder.Property(r => r.Placement).HasConversion<string>().HasMaxLength(20);
        builder.HasIndex(r => new { r.MailboxId, r.Placement });
        builder.HasOne<Mailbox>().WithMany().HasForeignKey(r => r.MailboxId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<SetupRun> builder)
    {
        builder.ToTable("setup_runs");
        builder.Property(r => r.DomainName).HasMaxLength(253);
        builder.Property(r => r.Step).HasMaxLength(40);
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.HasIndex(r => r.ChangedAt);
        builder.HasOne<MailDomain>().WithMany().HasForeignKey(r => r.DomainId).OnDelete(DeleteBehavior.SetNull);
    }
}
