using System.Globalization;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Alerting.Mails;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using PlacementKind = MailDashboard.Monitoring.Persistence.Entities.Placement;

namespace MailDashboard.Monitoring.Placement;

/// <summary>
/// Starts what plans want, sends what waits, within the limits of the profile, and ends runs of which all is known. Of several processes
/// one does each: whoever changes the row first.
/// </summary>
public sealed partial class PlacementRounds(
    DatabaseStartup database, IDbContextFactory<DashboardContext> contexts, DatabaseWriter writer, ProfileStore profiles, ProfileMailer mailer, SettingsStore settings,
    PlacementWatch watch, ChangeFeed feed, TimeProvider time, ILogger<PlacementRounds> log) : DatabaseWorker(database, time)
{
    /// <summary>The problem of a result while it is being sent: what a killed process leaves behind.</summary>
    public const string Sending = "sending";

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    /// <summary>One round.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await StartPlansAsync(cancellationToken);
        await SendAsync(cancellationToken);
        await EndRunsAsync(cancellationToken);
    }

    protected override TimeSpan AfterFailure => TimeSpan.FromSeconds(30);

    protected override async Task<TimeSpan> RoundAsync(CancellationToken stoppingToken)
    {
        await RunAsync(stoppingToken);
        return Idle;
    }

    private async Task StartPlansAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        await using var read = await contexts.CreateDbContextAsync(cancellationToken);
        var due = await read.PlacementPlans.AsNoTracking().Where(p => p.IsEnabled && p.NextAt <= now).ToListAsync(cancellationToken);
        var host = (await settings.GetAsync(cancellationToken)).PublicHost;
        foreach (var plan in due)
        {
            var next = now + TimeSpan.FromMinutes(plan.IntervalMinutes);
            await writer.WriteAsync(
                async (db, ct) =>
                {
                    if (await db.PlacementPlans.Where(p => p.Id == plan.Id && p.IsEnabled && p.NextAt == plan.NextAt).ExecuteUpdateAsync(s => s.SetProperty(p => p.NextAt, next), ct) == 1)
                    {
                        await PlacementStore.AddAsync(db, plan.Id, plan.ProfileId, plan.MailboxIds, null, host, now, ct);
                    }
                },
                cancellationToken);
            feed.Publish(new DashboardChange(null));
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await using var read = await contexts.CreateDbContextAsync(cancellationToken);
        var unsent = await (
            from result in read.PlacementResults.AsNoTracking()
            join run in read.PlacementRuns on result.RunId equals run.Id
            join mailbox in read.Mailboxes on result.MailboxId equals mailbox.Id
            where result.Placement == PlacementKind.Waiting && result.SentAt == null
            orderby result.Id
            select new { Result = result, run.ProfileId, run.Until, mailbox.Address }).ToListAsync(cancellationToken);
        foreach (var group in unsent.GroupBy(u => u.ProfileId))
        {
            var profile = group.Key is { } id ? await profiles.LoadAsync(id, cancellationToken) : null;
            foreach (var one in group)
            {
                if (profile is null || Time.GetUtcNow() >= one.Until)
                {
                    await SetAsync(one.Result.Id, PlacementKind.NotSent, profile is null ? "profile" : "limit", null, cancellationToken);
                }
                else if (!await SendAsync(one.Result, profile, one.Address, cancellationToken))
                {
                    // The limits allow no more now: the next round asks again.
                    break;
                }
            }
        }
    }

    /// <returns>False where a limit does not allow it yet.</returns>
    private async Task<bool> SendAsync(PlacementResult result, SmtpProfile profile, string address, CancellationToken cancellationToken)
    {
        var began = Time.GetUtcNow();
        var isOurs = await writer.WriteAsync(
            (db, ct) => db.PlacementResults.Where(r => r.Id == result.Id && r.SentAt == null && r.Placement == PlacementKind.Waiting)
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.SentAt, began).SetProperty(r => r.Problem, Sending), ct),
            cancellationToken) == 1;
        if (!isOurs)
        {
            return true;
        }

        var current = await settings.GetAsync(cancellationToken);
        var mail = new ProbeMail(ProbeMail.Placement, current.OrganisationName, began).Compose(CultureInfo.GetCultureInfo("en"));
        var (sent, _) = await mailer.SendAsync(profile, new OutgoingMail(address, mail.Subject, mail.Text, mail.Html, result.MessageId, Mark: result.MessageId), cancellationToken);
        var at = Time.GetUtcNow();
        if (sent is { IsAccepted: true })
        {
            await writer.WriteAsync((db, ct) => HandedInAsync(db, result, at, ct), cancellationToken);
        }
        else
        {
            await SetAsync(result.Id, sent is null ? PlacementKind.Waiting : PlacementKind.NotSent, sent is null ? null : $"{sent.Stage}: {sent.Detail}", null, cancellationToken);
        }

        feed.Publish(new DashboardChange(null));
        return sent is not null;
    }

    private static async Task HandedInAsync(DashboardContext db, PlacementResult result, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var until = at + PlacementRules.Wait;
        await db.PlacementResults.Where(r => r.Id == result.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.SentAt, at).SetProperty(r => r.Problem, (string?)null), cancellationToken);
        await db.PlacementRuns.Where(r => r.Id == result.RunId && r.Until < until).ExecuteUpdateAsync(s => s.SetProperty(r => r.Until, until), cancellationToken);
        await MailboxRounds.HurryAsync(db, result.MailboxId, at, cancellationToken);
    }

    private Task<int> SetAsync(int id, PlacementKind placement, string? problem, DateTimeOffset? sentAt, CancellationToken cancellationToken) => writer.WriteAsync(
        (db, ct) => db.PlacementResults.Where(r => r.Id == id)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.Placement, placement).SetProperty(r => r.Problem, problem).SetProperty(r => r.SentAt, sentAt), ct),
        cancellationToken);

    private async Task EndRunsAsync(CancellationToken cancellationToken)
    {
        await using var read = await contexts.CreateDbContextAsync(cancellationToken);
        var over = await read.PlacementRuns.AsNoTracking().Where(r => r.EndedAt == null && !r.Results.Any(x => x.Placement == PlacementKind.Waiting)).ToListAsync(cancellationToken);
        foreach (var run in over)
        {
            var now = Time.GetUtcNow();
            await writer.WriteAsync(
                async (db, ct) =>
                {
                    if (await db.PlacementRuns.Where(r => r.Id == run.Id && r.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(r => r.EndedAt, now), ct) == 1 && run.PlanId is { } plan)
                    {
                        await watch.LookAsync(db, plan, now, ct);
                    }
                },
                cancellationToken);
            feed.Publish(new DashboardChange(null));
        }
    }

    [LoggerMessage(430, LogLevel.Warning, "A round of placement failed; trying again")]
    protected override partial void LogFailed(Exception exception);
}
