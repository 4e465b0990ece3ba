using System.Collections.Immutable;

namespace MailDashboard.Checks.Probing.Smtp;

/// <summary>What a server said to one command.</summary>
/// <param name="Code">Reply code; 0 where no whole reply came.</param>
/// <param name="Text">The reply, or why there is none. Hostile text.</param>
/// <param name="Delay">Until its last line.</param>
public sealed record SmtpAnswer(int Code, string Text, TimeSpan Delay)
{
    /// <summary>2yz.</summary>
    public bool IsPositive => Code / 100 == 2;
}

/// <summary>What a server said to a mailbox as recipient.</summary>
/// <param name="Mailbox">The address asked about.</param>
/// <param name="Answer">The reply to <c>RCPT TO</c>.</param>
public sealed record MailboxAnswer(string Mailbox, SmtpAnswer Answer);

/// <summary>What a server said when it was asked whether it takes mail for some mailboxes.</summary>
/// <param name="Sender">The reply to <c>MAIL FROM:&lt;&gt;</c>; where it is not positive no mailbox was asked about.</param>
/// <param name="Mailboxes">Each mailbox that was asked about.</param>
public sealed record MailboxAnswers(SmtpAnswer Sender, ImmutableArray<MailboxAnswer> Mailboxes);
