using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Smtp;

/// <summary>
/// Judges whether each host takes mail for the mailboxes that a domain has to have. A temporary refusal (greylisting) is no fault, and a
/// refusal that is about us says nothing about the mailbox: both leave it open, and neither holds up the verdict.
/// </summary>
internal static class SmtpMailboxJudge
{
    /// <summary>What refusals of the client talk about, where they have no enhanced code.</summary>
    private static readonly string[] AboutTheClient =
        ["blacklist", "black list", "blocklist", "block list", "blocked", "listed", "spamhaus", "spamcop", "barracuda", "rbl", "dnsbl", "reputation", "client host", "your ip", "helo", "banned", "reverse dns"];

    public static void Judge(SmtpServersObservation seen, OutcomeBuilder outcome)
    {
        foreach (var host in seen.Servers.Where(s => s.Probe.Seen?.Connect == ConnectStatus.Connected).GroupBy(s => s.Probe.Host))
        {
            var subject = Subject.Host(host.Key);
            if (host.Select(s => s.Probe.Seen!).FirstOrDefault(s => s.Mailboxes is not null) is not { } asked)
            {
                outcome.CouldNotTell(subject, Reason.Of("MailboxesNotAsked", host.Key), verdictNeedsIt: false);
                continue;
            }

            Judge(asked, subject, outcome);
        }
    }

    private static void Judge(SmtpObservation seen, Subject subject, OutcomeBuilder outcome)
    {
        var asked = seen.Mailboxes!;
        var undecided = asked.Sender.IsPositive ? null : asked.Sender;
        foreach (var (mailbox, answer) in asked.Mailboxes)
        {
            if (answer.IsPositive)
            {
                continue;
            }

            if (!IsAboutTheMailbox(answer))
            {
                undecided ??= answer;
                continue;
            }

            var definition = mailbox.StartsWith(SmtpMailboxes.Postmaster + "@", StringComparison.Ordinal) ? SmtpFindings.PostmasterRefused : SmtpFindings.AbuseRefused;
            outcome.Report(definition, subject, new Evidence("mailbox", mailbox), new Evidence("said", answer.Text, seen.Address.ToString()));
        }

        if (undecided is not null)
        {
            outcome.CouldNotTell(subject, Reason.Of(undecided.Code / 100 == 4 ? "MailboxLater" : "MailboxUndecided", subject.Name, undecided.Text), verdictNeedsIt: false);
        }
        else if (asked.Mailboxes.Length < 2)
        {
            outcome.CouldNotTell(subject, Reason.Of("MailboxesNotAsked", subject.Name), verdictNeedsIt: false);
        }
        else
        {
            outcome.Determined(subject);
        }
    }

    /// <summary>
    /// A permanent refusal of the recipient: X.1.z is about the address (RFC 3463 §3.2), X.7.z about who asks, unless it says that this
    /// server does not take the domain's mail.
    /// </summary>
    private static bool IsAboutTheMailbox(SmtpAnswer answer)
    {
        if (answer.Code is not (550 or 551 or 553 or 554 or 556))
        {
            return false;
        }

        var text = answer.Text.Length > 4 ? answer.Text[4..] : "";
        if (text.Contains("relay", StringComparison.OrdinalIgnoreCase) || text.StartsWith("5.1.", StringComparison.Ordinal))
        {
            return true;
        }

        return !text.StartsWith("5.7.", StringComparison.Ordinal)
            && !AboutTheClient.Any(w => text.Contains(w, StringComparison.OrdinalIgnoreCase));
    }
}
