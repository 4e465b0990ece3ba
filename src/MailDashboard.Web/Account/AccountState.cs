using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Web.Account;

/// <summary>
/// An account is disabled by locking it out without end. Identity knows only one lock-out date; a year that no
/// lock-out for wrong passwords reaches tells the two apart.
/// </summary>
public static class AccountState
{
    /// <summary>The lock-out date of a disabled account; not the largest date, which PostgreSQL would keep as infinity.</summary>
    public static DateTimeOffset DisabledUntil { get; } = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static bool IsDisabled(AppUser user, DateTimeOffset now) =>
        user.LockoutEnd is { } end && end - now > TimeSpan.FromDays(3650);

    public static bool IsLockedOut(AppUser user, DateTimeOffset now) =>
        user.LockoutEnd is { } end && end > now && !IsDisabled(user, now);
}
