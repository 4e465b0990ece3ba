using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Strict;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Settings;

namespace MailDashboard.Monitoring.Scheduling;

/// <summary>Which kinds of family a domain is due for, and when again. Pure.</summary>
public static class DueKinds
{
    /// <summary>Intervals vary by this share either way, so that domains added together spread out.</summary>
    public const double Jitter = 0.1;

    /// <summary>What is due within this share of its interval is done along with what is due now.</summary>
    private const double Slack = 0.15;

    /// <summary>
    /// What one domain's audit saw of a host stands for the others that share it for this share of the interval: less than what jitter
    /// and slack leave of it, so that a domain's own last look never stands for its next one.
    /// </summary>
    private const double Shared = 0.7;

    public static ImmutableArray<FamilyKind> All { get; } = [FamilyKind.Dns, FamilyKind.Connection, FamilyKind.Blocklist];

    /// <summary>The kinds to run now.</summary>
    public static ImmutableArray<FamilyKind> Of(MailDomain domain, DashboardSettings settings, DateTimeOffset now) =>
        [.. All.Where(k => NextAt(domain, k) <= now + (Interval(domain, k, settings) * Slack))];

    /// <summary>Families of these kinds, for the audit's options; null for all of them.</summary>
    public static ImmutableHashSet<string>? Families(IEnumerable<ICheckFamily> families, ImmutableArray<FamilyKind> kinds) =>
        kinds.Length == All.Length ? null : [.. families.Where(f => kinds.Contains(f.Descriptor.Kind)).Select(f => f.Descriptor.Id)];

    /// <summary>How old another domain's look at a host may be.</summary>
    public static TimeSpan ShareHostsFor(MailDomain domain, DashboardSettings settings) => Interval(domain, FamilyKind.Connection, settings) * Shared;

    /// <summary>Writes when the kinds that were run are due again.</summary>
    public static void Advance(MailDomain domain, ImmutableArray<FamilyKind> ran, DashboardSettings settings, DateTimeOffset now, Random random)
    {
        foreach (var kind in ran)
        {
            var spread = Jitter * ((2 * random.NextDouble()) - 1);
            var next = now + (Interval(domain, kind, settings) * (1 + (IsHeld(domain, kind) ? -Math.Abs(spread) : spread)));
            switch (kind)
            {
                case FamilyKind.Dns:
                    domain.NextDnsAt = next;
                    break;
                case FamilyKind.Connection:
                    domain.NextConnectionAt = next;
                    break;
                default:
                    domain.NextBlocklistAt = next;
                    break;
            }
        }

        domain.NextDueAt = All.Min(k => NextAt(domain, k));
    }

    /// <summary>Without the kinds that somebody made due meanwhile: an edit during an audit is looked at by the next one.</summary>
    public static ImmutableArray<FamilyKind> Unchanged(MailDomain leased, MailDomain now, ImmutableArray<FamilyKind> ran) =>
        [.. ran.Where(k => NextAt(leased, k) == NextAt(now, k))];

    private static DateTimeOffset NextAt(MailDomain domain, FamilyKind kind) => kind switch
    {
        FamilyKind.Dns => domain.NextDnsAt,
        FamilyKind.Connection => domain.NextConnectionAt,
        _ => domain.NextBlocklistAt,
    };

    /// <summary>The strict profile asks blocklists often, whatever the interval says; it varies only downward then.</summary>
    private static bool IsHeld(MailDomain domain, FamilyKind kind) => domain.IsStrict && kind == FamilyKind.Blocklist;

    private static TimeSpan Interval(MailDomain domain, FamilyKind kind, DashboardSettings settings)
    {
        var interval = TimeSpan.FromMinutes(kind switch
        {
            FamilyKind.Dns => domain.DnsIntervalMinutes ?? settings.DnsIntervalMinutes,
            FamilyKind.Connection => domain.ConnectionIntervalMinutes ?? settings.ConnectionIntervalMinutes,
            _ => domain.BlocklistIntervalMinutes ?? settings.BlocklistIntervalMinutes,
        });
        return IsHeld(domain, kind) && interval > StrictProfile.ListsEvery ? StrictProfile.ListsEvery : interval;
    }
}
