using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Profiles;

/// <summary>A place taken, or when to ask for one again.</summary>
/// <param name="Id">Of the place; null where there is none.</param>
/// <param name="FreeAt">Not before.</param>
internal sealed record GatePlace(long? Id, DateTimeOffset FreeAt);

/// <summary>
/// Lets through what a profile's limits allow, over restarts and all processes: every message that is handed in has a row for a day. One
/// under way counts as if it were handed in now, and bears the time of its end afterwards; that is the time which the server counts by.
/// </summary>
public sealed class SendingGate(DatabaseWriter writer, IDbContextFactory<DashboardContext> contexts, DatabaseChoice choice, TimeProvider time)
{
    /// <summary>Longer than a message may take; a killed process blocks its places for no longer.</summary>
    private static readonly TimeSpan LongestSending = TimeSpan.FromMinutes(5);

    /// <summary>Until something under way has ended.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>When a profile may send again; null where it may now.</summary>
    public async Task<DateTimeOffset?> HeldUntilAsync(ProfileView profile, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (profile.Limits.IsNone)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var freeAt = await FreeAtAsync(db, profile.Id, profile.Limits, now, cancellationToken);
        return freeAt > now ? freeAt : null;
    }

    /// <summary>Takes a place, if there is one.</summary>
    internal Task<GatePlace> EnterAsync(int profileId, SendingLimits limits, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return limits.IsNone
            ? Task.FromResult(new GatePlace(null, now))
            : writer.WriteAsync((db, ct) => EnterAsync(db, profileId, limits, now, ct), cancellationToken);
    }

    /// <summary>Gives a place back.</summary>
    /// <param name="place">What was taken.</param>
    /// <param name="counts">False where the server has seen no message.</param>
    /// <param name="cancellationToken">Gives up; the place then counts as used until a day has passed.</param>
    internal Task LeaveAsync(GatePlace place, bool counts, CancellationToken cancellationToken)
    {
        if (place.Id is not { } id)
        {
            return Task.CompletedTask;
        }

        var now = time.GetUtcNow();
        return writer.WriteAsync(
            (db, ct) => counts
                ? db.ProfileSendings.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.At, now).SetProperty(x => x.UnderWayUntil, (DateTimeOffset?)null), ct)
                : db.ProfileSendings.Where(s => s.Id == id).ExecuteDeleteAsync(ct),
            cancellationToken);
    }

    private async Task<GatePlace> EnterAsync(DashboardContext db, int profileId, SendingLimits limits, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (choice.Kind == DatabaseKind.Postgres)
        {
            // Two processes must not both see the last place.
            await db.Database.ExecuteSqlAsync($"SELECT id FROM smtp_profiles WHERE id = {profileId} FOR UPDATE", cancellationToken);
        }

        var oldest = now - SendingLimits.Longest - LongestSending;
        await db.ProfileSendings.Where(s => s.ProfileId == profileId && s.At < oldest).ExecuteDeleteAsync(cancellationToken);
        var freeAt = await FreeAtAsync(db, profileId, limits, now, cancellationToken);
        if (freeAt > now)
        {
            return new GatePlace(null, freeAt);
        }

        var place = db.ProfileSendings.Add(new ProfileSending { ProfileId = profileId, At = now, UnderWayUntil = now + LongestSending }).Entity;
        await db.SaveChangesAsync(cancellationToken);
        return new GatePlace(place.Id, now);
    }

    private static async Task<DateTimeOffset> FreeAtAsync(DashboardContext db, int profileId, SendingLimits limits, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var own = db.ProfileSendings.Where(s => s.ProfileId == profileId);
        var underWay = await own.CountAsync(s => s.UnderWayUntil > now, cancellationToken);
        var freeAt = underWay >= limits.Connections ? now + Soon : now;
        foreach (var (span, most) in limits.Windows)
        {
            var room = most - underWay;
            var ends = own.Where(s => s.UnderWayUntil == null || s.UnderWayUntil <= now).OrderByDescending(s => s.At);
            var free = room <= 0
                ? now + Soon
                : SendingLimits.FreeAt(span, await ends.Skip(room - 1).Select(s => (DateTimeOffset?)s.At).FirstOrDefaultAsync(cancellationToken));
            freeAt = free > freeAt ? free.Value : freeAt;
        }

        return freeAt;
    }
}
