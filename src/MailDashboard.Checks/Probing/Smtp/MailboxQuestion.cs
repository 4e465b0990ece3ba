using System.Collections.Immutable;

namespace MailDashboard.Checks.Probing.Smtp;

/// <summary>
/// Asks a server whether it takes mail for some mailboxes, as a bounce would come (RFC 5321 §4.5.5), and takes it back: <c>DATA</c> is
/// never sent. What goes wrong here ends the conversation and says nothing about what was seen before.
/// </summary>
internal sealed class MailboxQuestion(SmtpProbeRequest request, SmtpProbeOptions options, ConversationLog log)
{
    /// <summary>Asks, where that is wanted and nobody else asked this host.</summary>
    /// <returns>Null where nothing was asked, and whether the server still listens.</returns>
    public async Task<(MailboxAnswers? Answers, bool IsAlive)> AskAsync(SmtpDialogue dialogue)
    {
        if (request.Mailboxes.IsEmpty || !request.MayAskMailboxes())
        {
            return (null, true);
        }

        var until = log.Elapsed + options.MailboxTimeout;
        var (sender, alive) = await OneAsync(dialogue, "MAIL FROM:<>", until).ConfigureAwait(false);
        var mailboxes = ImmutableArray.CreateBuilder<MailboxAnswer>();
        foreach (var mailbox in sender.IsPositive ? request.Mailboxes : [])
        {
            if (!alive || log.Elapsed >= until)
            {
                break;
            }

            (var answer, alive) = await OneAsync(dialogue, $"RCPT TO:<{mailbox}>", until).ConfigureAwait(false);
            mailboxes.Add(new MailboxAnswer(mailbox, answer));
        }

        if (alive && sender.IsPositive)
        {
            (_, alive) = await OneAsync(dialogue, "RSET", log.Elapsed + TimeSpan.FromSeconds(1)).ConfigureAwait(false);
        }

        return (new MailboxAnswers(sender, mailboxes.ToImmutable()), alive);
    }

    private async Task<(SmtpAnswer Answer, bool IsAlive)> OneAsync(SmtpDialogue dialogue, string command, TimeSpan until)
    {
        var asked = log.Elapsed;
        var left = until - asked;
        var read = await dialogue.AskAsync(command, left > TimeSpan.Zero ? left : TimeSpan.Zero).ConfigureAwait(false);
        var delay = log.Elapsed - asked;
        return read.Reply is { } reply
            ? (new SmtpAnswer(reply.Code, reply.ToString(), delay), reply.Code != 421)
            : (new SmtpAnswer(0, read.Detail, delay), false);
    }
}
