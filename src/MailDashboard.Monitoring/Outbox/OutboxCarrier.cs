using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Outbox;

/// <summary>Carries one message that was taken: by e-mail or by a POST, with the same care for what has left us.</summary>
public sealed partial class OutboxCarrier(
    OutboxQueue queue,
    ProfileMailer mail,
    HttpChannelSender post,
    ChannelStore channels,
    ChangeFeed feed,
    TimeProvider time,
    ILogger<OutboxCarrier> log)
{
    /// <summary>Shorter than a sender that starts anew waits: whoever was first marks it.</summary>
    private static readonly TimeSpan BetweenMarks = TimeSpan.FromSeconds(1);

    /// <summary>What is under way when we are stopped may end: cut off after the message, nobody would know whether it was taken.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>Hands an e-mail in.</summary>
    /// <returns>False where the server cannot be used, or a limit of the profile is reached: the next message would fare no better.</returns>
    internal async Task<bool> MailAsync(SmtpProfile profile, OutboxMessage m, CancellationToken cancellationToken)
    {
        var outgoing = new OutgoingMail(m.Recipient, m.Subject, m.TextBody, m.HtmlBody, m.MessageId, m.InReplyTo, m.Language);
        var (result, freeAt) = await UnderWayAsync(m, token => mail.SendAsync(profile, outgoing, token), cancellationToken);
        if (result is null)
        {
            await queue.PostponeAsync(m, freeAt, cancellationToken);
            return false;
        }

        await EndAsync(m, Attempt.Of(result), cancellationToken);
        return result.Stage >= SendStage.Sender;
    }

    /// <summary>Posts a message to its channel.</summary>
    internal async Task PostAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (message.PayloadJson is not { } payload)
        {
            await EndAsync(message, new Attempt(false, false, true, "there is nothing to post", ChannelSign.Nothing), cancellationToken);
            return;
        }

        if (await channels.GetTargetAsync(message.ChannelId, cancellationToken) is not { } target)
        {
            // Switched off since it was taken; the next round gives it up.
            await queue.ReturnAsync(message, cancellationToken);
            return;
        }

        var result = await UnderWayAsync(message, token => post.PostAsync(target, payload, message.MessageId, token), cancellationToken);
        await EndAsync(message, Attempt.Of(result), cancellationToken);
    }

    private async Task<T> UnderWayAsync<T>(OutboxMessage message, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        using var end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var stopping = cancellationToken.Register(() => end.CancelAfter(Grace));
        try
        {
            return await send(end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
            await queue.ReturnAsync(message, patience.Token);
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    private async Task EndAsync(OutboxMessage message, Attempt attempt, CancellationToken cancellationToken)
    {
        await RememberAsync(message, attempt, cancellationToken);
        if (attempt.IsAccepted)
        {
            LogSent(message.Id, message.Kind);
        }
        else
        {
            LogNotSent(message.Id, attempt.Error);
        }

        feed.Publish(new DashboardChange(null));
    }

    /// <summary>
    /// What the other side has accepted must be remembered, or it is sent again: a database that went away is waited for, as long as
    /// nobody stops us. An attempt that failed needs no such care; it is made again when the lease ends.
    /// </summary>
    private async Task RememberAsync(OutboxMessage message, Attempt attempt, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var patience = new CancellationTokenSource(Grace, time);
                await queue.RememberAsync(message, attempt, patience.Token);
                return;
            }
            catch (Exception e) when (attempt.IsAccepted && !cancellationToken.IsCancellationRequested)
            {
                LogNotRemembered(message.Id, e);
            }

            await Task.Delay(BetweenMarks, time, cancellationToken);
        }
    }

    [LoggerMessage(400, LogLevel.Information, "Message {Id} ({Kind}) was handed in")]
    private partial void LogSent(long id, string kind);

    [LoggerMessage(401, LogLevel.Warning, "Message {Id} could not be handed in: {Error}")]
    private partial void LogNotSent(long id, string? error);

    [LoggerMessage(403, LogLevel.Warning, "Message {Id} was handed in, which could not be stored yet; trying again")]
    private partial void LogNotRemembered(long id, Exception exception);
}
