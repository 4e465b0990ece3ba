using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Outbox;

/// <summary>
/// Sends what waits in the outbox, at least once: the row is marked right after the server's 250. Killed in between, the copy that
/// follows bears the same Message-Id.
/// </summary>
public sealed partial class OutboxSender(
    DatabaseStartup database,
    OutboxQueue queue,
    ProfileStore profiles,
    ProfileSender sender,
    ChangeFeed feed,
    TimeProvider time,
    ILogger<OutboxSender> log) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);

    /// <summary>Shorter than a sender that starts anew waits: whoever was first marks it.</summary>
    private static readonly TimeSpan BetweenMarks = TimeSpan.FromSeconds(1);

    /// <summary>What is under way when we are stopped may end: cut off after the message, nobody would know whether it was taken.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>Sends one message that is due.</summary>
    /// <returns>False where there is nothing to send, no profile to send with, or the server cannot be used: the next message would fare no better.</returns>
    public async Task<bool> SendOneAsync(CancellationToken cancellationToken)
    {
        if (await profiles.GetSubmissionAsync(cancellationToken) is not { } submission || await queue.TakeAsync(cancellationToken) is not { } message)
        {
            return false;
        }

        using var end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var stopping = cancellationToken.Register(() => end.CancelAfter(Grace));
        SendResult result;
        try
        {
            result = await sender.SendAsync(submission, Outgoing(message), end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
            await queue.ReturnAsync(message, patience.Token);
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }

        await RememberAsync(message, result, cancellationToken);
        Log(message, result);
        feed.Publish(new DashboardChange(null));
        return result.Stage >= SendStage.Sender;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await database.WaitReadyAsync(stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(await RoundAsync(stoppingToken), time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>
    /// What the server has accepted must be remembered, or it is sent again: a database that went away is waited for, as long as
    /// nobody stops us. An attempt that failed needs no such care; it is made again when the lease ends.
    /// </summary>
    private async Task RememberAsync(OutboxMessage message, SendResult result, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var patience = new CancellationTokenSource(Grace, time);
                await queue.RememberAsync(message, result, patience.Token);
                return;
            }
            catch (Exception e) when (result.IsAccepted && !cancellationToken.IsCancellationRequested)
            {
                LogNotRemembered(message.Id, e);
            }

            await Task.Delay(BetweenMarks, time, cancellationToken);
        }
    }

    private static OutgoingMail Outgoing(OutboxMessage m) => new(m.Recipient, m.Subject, m.TextBody, m.HtmlBody, m.MessageId, m.InReplyTo, m.Language);

    private async Task<TimeSpan> RoundAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await SendOneAsync(stoppingToken))
            {
            }

            return Idle;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            LogRoundFailed(e);
            return AfterFailure;
        }
    }

    private void Log(OutboxMessage message, SendResult result)
    {
        if (result.IsAccepted)
        {
            LogSent(message.Id, message.Kind);
        }
        else
        {
            LogNotSent(message.Id, result.Stage, result.Detail);
        }
    }

    [LoggerMessage(400, LogLevel.Information, "Message {Id} ({Kind}) was handed in")]
    private partial void LogSent(long id, string kind);

    [LoggerMessage(401, LogLevel.Warning, "Message {Id} could not be handed in ({Stage}): {Detail}")]
    private partial void LogNotSent(long id, SendStage stage, string detail);

    [LoggerMessage(403, LogLevel.Warning, "Message {Id} was handed in, which could not be stored yet; trying again")]
    private partial void LogNotRemembered(long id, Exception exception);

    [LoggerMessage(402, LogLevel.Warning, "A round of the outbox failed; trying again")]
    private partial void LogRoundFailed(Exception exception);
}
