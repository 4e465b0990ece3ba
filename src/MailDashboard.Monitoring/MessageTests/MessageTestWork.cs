using MailDashboard.Mail.Mailboxes;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.MessageTests;

/// <summary>
/// Finds the messages of tests, judges them, and has them taken out. A message is taken out only after its judgement is stored, so that a
/// killed process loses nothing; what is left behind, or comes too late, is swept for two days.
/// </summary>
public sealed partial class MessageTestWork(
    IDbContextFactory<DashboardContext> contexts, DatabaseWriter writer, MessageTestJudge judge, ChangeFeed feed, TimeProvider time, ILogger<MessageTestWork> log) : IMailboxWork
{
    /// <summary>Messages that are judged in one round, so that it ends within the lease.</summary>
    private const int MostAtOnce = 4;

    private const int LongestField = 500;

    private readonly MailboxSweeps _sweeps = new(time);

    public async Task<IReadOnlyCollection<int>> MailboxesAsync(CancellationToken cancellationToken)
    {
        var (since, swept) = (_sweeps.Since, _sweeps.Clean);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.MessageTests
            .Where(t => t.Status == MessageTestStatus.Waiting || t.Status == MessageTestStatus.Arrived || (t.CreatedAt > since && !swept.Contains(t.MailboxId)))
            .Select(t => t.MailboxId).Distinct().ToListAsync(cancellationToken);
    }

    public async Task<MailboxWanted> WantedAsync(int mailboxId, CancellationToken cancellationToken) =>
        new([.. (await WaitingAsync(mailboxId, cancellationToken)).Select(t => new MailboxQuery.SentTo(t.Token))], Whole: true);

    public async Task<IReadOnlyCollection<MailboxQuery>> TakeAsync(Mailbox mailbox, MailboxLook look, CancellationToken cancellationToken)
    {
        var (done, judged) = (new List<MailboxQuery>(), 0);
        foreach (var test in await WaitingAsync(mailbox.Id, cancellationToken))
        {
            var query = new MailboxQuery.SentTo(test.Token);
            if (!look.Found.TryGetValue(query, out var found))
            {
                await WaitAsync(test, look, cancellationToken);
            }
            else if (found.Message.IsEmpty && found.Size > MailboxReader.LargestMessage)
            {
                await EndAsync(test.Id, MessageTestStatus.Failed, new MessageTestProblem(MessageTestProblem.TooLarge, ""), cancellationToken);
                done.Add(query);
            }
            else if (!found.Message.IsEmpty && judged++ < MostAtOnce)
            {
                await JudgeAsync(mailbox, test, found, cancellationToken);
                done.Add(query);
            }
        }

        return look.IsComplete ? [.. done, .. await LeftoversAsync(mailbox.Id, cancellationToken)] : done;
    }

    public Task RemovedAsync(Mailbox mailbox, IReadOnlyCollection<MailboxQuery> removed, CancellationToken cancellationToken)
    {
        _sweeps.Done(mailbox.Id);
        return Task.CompletedTask;
    }

    public async Task<DateTimeOffset?> NextAsync(int mailboxId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var waiting = await WaitingAsync(mailboxId, cancellationToken);
        return waiting.Count == 0 ? null : waiting.Min(t => now + MessageTestRules.Pace(now - t.CreatedAt));
    }

    private async Task<IReadOnlyList<MessageTest>> WaitingAsync(int mailboxId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.MessageTests.AsNoTracking()
            .Where(t => t.MailboxId == mailboxId && (t.Status == MessageTestStatus.Waiting || t.Status == MessageTestStatus.Arrived))
            .OrderBy(t => t.Id).Take(2 * MessageTestStore.MostWaiting).ToListAsync(cancellationToken);
    }

    /// <summary>Tests of the last days that have ended: what a killed process judged and did not take out, and what came too late.</summary>
    private async Task<IReadOnlyList<MailboxQuery>> LeftoversAsync(int mailboxId, CancellationToken cancellationToken)
    {
        if (!_sweeps.IsDue(mailboxId))
        {
            return [];
        }

        var since = _sweeps.Since;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var tokens = await db.MessageTests
            .Where(t => t.MailboxId == mailboxId && t.CreatedAt > since && t.Status != MessageTestStatus.Waiting && t.Status != MessageTestStatus.Arrived)
            .Select(t => t.Token).ToListAsync(cancellationToken);
        if (tokens.Count == 0)
        {
            _sweeps.Done(mailboxId);
        }

        return [.. tokens.Select(t => new MailboxQuery.SentTo(t))];
    }

    private async Task WaitAsync(MessageTest test, MailboxLook look, CancellationToken cancellationToken)
    {
        var problem = look.IsComplete ? null : new MessageTestProblem(MessageTestProblem.Mailbox, $"{look.Stage}: {look.Detail}");
        if (time.GetUtcNow() >= test.ExpiresAt)
        {
            problem ??= test is { ProfileId: not null, SentAt: null } ? new MessageTestProblem(MessageTestProblem.Interrupted, "") : null;
            await EndAsync(test.Id, problem is null ? MessageTestStatus.Expired : MessageTestStatus.Failed, problem, cancellationToken);
        }
        else if (test.Problem != problem?.Stored)
        {
            await EndAsync(test.Id, MessageTestStatus.Waiting, problem, cancellationToken);
        }
    }

    private async Task JudgeAsync(Mailbox mailbox, MessageTest test, FoundMessage found, CancellationToken cancellationToken)
    {
        var arrivedAt = found.ArrivedAt ?? time.GetUtcNow();
        await WriteAsync(
            (db, ct) => Own(db, test.Id).ExecuteUpdateAsync(
                s => s.SetProperty(t => t.Status, MessageTestStatus.Arrived).SetProperty(t => t.ReceivedAt, arrivedAt).SetProperty(t => t.Problem, (string?)null), ct),
            cancellationToken);
        try
        {
            var (seen, result) = await judge.JudgeAsync(mailbox, found, test.IsBulk, cancellationToken);
            var (from, subject, json) = (OutgoingMime.OneLine(seen.Header.From, LongestField), OutgoingMime.OneLine(result.Verdict.Subject, LongestField), MessageTestResult.Write(result));
            var (score, now) = ((double)result.Verdict.Score, time.GetUtcNow());
            await WriteAsync(
                async (db, ct) =>
                {
                    var domain = await DomainAsync(db, result.Verdict.FromDomain, ct);
                    return await Own(db, test.Id).ExecuteUpdateAsync(
                        s => s.SetProperty(t => t.Status, MessageTestStatus.Judged).SetProperty(t => t.JudgedAt, now).SetProperty(t => t.Score, score).SetProperty(t => t.VerdictJson, json)
                            .SetProperty(t => t.From, from).SetProperty(t => t.Subject, subject).SetProperty(t => t.DomainId, domain),
                        ct);
                },
                cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && !DatabaseFailure.Is(e))
        {
            // What it says may be text of the message: the log gets where it was thrown.
            LogNotJudged(test.Id, e.GetType().FullName, e.StackTrace);
            await EndAsync(test.Id, MessageTestStatus.Failed, new MessageTestProblem(MessageTestProblem.Judging, OutgoingMime.OneLine(e.Message)), cancellationToken);
        }
    }

    private Task EndAsync(int id, MessageTestStatus status, MessageTestProblem? problem, CancellationToken cancellationToken)
    {
        var stored = problem?.Stored;
        return WriteAsync((db, ct) => Own(db, id).ExecuteUpdateAsync(s => s.SetProperty(t => t.Status, status).SetProperty(t => t.Problem, stored), ct), cancellationToken);
    }

    private async Task WriteAsync(Func<DashboardContext, CancellationToken, Task<int>> write, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(write, cancellationToken);
        feed.Publish(new DashboardChange(null));
    }

    /// <summary>What has ended stays as it is.</summary>
    private static IQueryable<MessageTest> Own(DashboardContext db, int id) =>
        db.MessageTests.Where(t => t.Id == id && (t.Status == MessageTestStatus.Waiting || t.Status == MessageTestStatus.Arrived));

    /// <summary>The monitored domain that a sender belongs to: itself, or the nearest above it.</summary>
    private static async Task<int?> DomainAsync(DashboardContext db, string from, CancellationToken cancellationToken)
    {
        var labels = from.Split('.');
        var names = Enumerable.Range(0, labels.Length).Select(i => string.Join('.', labels[i..])).ToList();
        var known = await db.Domains.Where(d => names.Contains(d.Name)).Select(d => new { d.Id, d.Name }).ToListAsync(cancellationToken);
        return known.MaxBy(d => d.Name.Length)?.Id;
    }

    [LoggerMessage(422, LogLevel.Error, "The message of test {Id} could not be judged: {Kind}\n{Where}")]
    private partial void LogNotJudged(int id, string? kind, string? where);
}
