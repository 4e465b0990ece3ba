using MailDashboard.Mail.Sending;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Profiles;

/// <summary>
/// Looks at every sending profile again and again: connects, signs in, and sends nothing. What fails, or works again, is looked at a
/// second time after a minute before anybody is told. Of several processes one does it: whoever moves the due time.
/// </summary>
public sealed partial class AccountHealth(
    DatabaseStartup database, DatabaseWriter writer, IDbContextFactory<DashboardContext> contexts, ProfileMailer mailer, OwnAlerts alerts, ChangeFeed feed, Random random,
    TimeProvider time, ILogger<AccountHealth> log) : DatabaseWorker(database, time)
{
    /// <summary>Between two looks, give or take a twentieth.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    /// <summary>Where DNS could not say.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(2);

    /// <summary>Longer than a look may take; that of a killed process is done by another then.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private const int AtOnce = 4;

    /// <summary>Looks at whatever is due.</summary>
    /// <returns>How many profiles were looked at.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var due = await DueAsync(cancellationToken);
        var looked = 0;
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (profile, token) =>
        {
            try
            {
                if (await LookAsync(profile, token))
                {
                    Interlocked.Increment(ref looked);
                }
            }
            catch (Exception e) when (!token.IsCancellationRequested)
            {
                // One that cannot be looked at must not hold up the others; it is due again when its lease ends.
                LogNotLooked(profile.Id, e);
            }
        });
        if (looked > 0)
        {
            feed.Publish(new DashboardChange(null));
        }

        return looked;
    }

    protected override TimeSpan AfterFailure => TimeSpan.FromSeconds(30);

    protected override async Task<TimeSpan> RoundAsync(CancellationToken stoppingToken)
    {
        await RunAsync(stoppingToken);
        return Idle;
    }

    /// <summary>An account that nobody has connected yet cannot fail: it waits for its person.</summary>
    private async Task<List<SmtpProfile>> DueAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.SmtpProfiles.AsNoTracking().Where(p => p.NextCheckAt == null || p.NextCheckAt <= now)
            .Where(p => p.SignInKind != SignInKind.OAuth || p.OAuthGrant != OAuthGrant.RefreshToken || p.ProtectedRefreshToken != null).OrderBy(p => p.Id).ToListAsync(cancellationToken);
    }

    private async Task<bool> LookAsync(SmtpProfile profile, CancellationToken cancellationToken)
    {
        var mark = UtcConverter.Whole(Time.GetUtcNow() + Lease);
        var isOurs = await writer.WriteAsync(
            (db, ct) => db.SmtpProfiles.Where(p => p.Id == profile.Id && p.NextCheckAt == profile.NextCheckAt).ExecuteUpdateAsync(s => s.SetProperty(p => p.NextCheckAt, mark), ct),
            cancellationToken) > 0;
        if (!isOurs)
        {
            return false;
        }

        var look = await mailer.LookAsync(profile, cancellationToken);
        await writer.WriteAsync((db, ct) => RecordAsync(db, profile.Id, mark, look, ct), cancellationToken);
        return true;
    }

    private async Task RecordAsync(DashboardContext db, int id, DateTimeOffset mark, ServerLook look, CancellationToken cancellationToken)
    {
        // Changed meanwhile by somebody: what was seen is of another server, or of another password.
        if (await db.SmtpProfiles.FirstOrDefaultAsync(p => p.Id == id && p.NextCheckAt == mark, cancellationToken) is not { } profile)
        {
            return;
        }

        var now = Time.GetUtcNow();
        ProfileLooks.Keep(profile, look, now);
        var next = now + (look.Result.IsUndetermined ? Retry : Interval * (0.95 + (0.1 * random.NextDouble())));
        foreach (var seen in ProfileLooks.Of(profile, look, now))
        {
            var again = await alerts.ApplyAsync(db, seen, OwnAlerts.Twice, now, cancellationToken);
            next = again < next ? again.Value : next;
        }

        profile.NextCheckAt = next;
        await db.SaveChangesAsync(cancellationToken);
    }

    [LoggerMessage(411, LogLevel.Warning, "The sending profile {Id} could not be looked at; trying again")]
    private partial void LogNotLooked(int id, Exception exception);

    [LoggerMessage(412, LogLevel.Warning, "A round of looks at sending profiles failed; trying again")]
    protected override partial void LogFailed(Exception exception);
}
