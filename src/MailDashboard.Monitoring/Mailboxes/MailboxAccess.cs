using MailDashboard.Mail.Mailboxes;
using MailDashboard.Mail.SigningIn;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;

namespace MailDashboard.Monitoring.Mailboxes;

/// <summary>The one way into a stored mailbox: signed in as it says.</summary>
public sealed class MailboxAccess(MailboxReader reader, AccountSignIn signIns)
{
    internal Task<MailboxLook> TryAsync(Mailbox mailbox, CancellationToken cancellationToken) =>
        ThroughAsync(mailbox, settings => reader.TryAsync(settings, cancellationToken), cancellationToken);

    internal Task<MailboxLook> FindAsync(Mailbox mailbox, IReadOnlyCollection<MailboxQuery> queries, bool whole, CancellationToken cancellationToken) =>
        ThroughAsync(mailbox, settings => reader.FindAsync(settings, queries, whole, cancellationToken), cancellationToken);

    internal Task<MailboxLook> RemoveAsync(Mailbox mailbox, IReadOnlyCollection<MailboxQuery> queries, CancellationToken cancellationToken) =>
        ThroughAsync(mailbox, settings => reader.RemoveAsync(settings, queries, cancellationToken), cancellationToken);

    private async Task<MailboxLook> ThroughAsync(Mailbox mailbox, Func<MailboxSettings, Task<MailboxLook>> use, CancellationToken cancellationToken)
    {
        var (signIn, failure) = await signIns.GetAsync(mailbox, cancellationToken);
        if (signIn is null)
        {
            var detail = failure?.Detail ?? "";
            return new MailboxLook(MailboxStage.SigningIn, detail, new Dictionary<MailboxQuery, FoundMessage>(), [$"* {detail}"]);
        }

        using var certificate = (signIn as SignIn.WithCertificate)?.Certificate;
        var look = await use(new MailboxSettings(mailbox.Protocol, mailbox.Host, mailbox.Port, mailbox.Security, signIn, mailbox.SpamFolder));
        if (look.Stage == MailboxStage.SigningIn)
        {
            signIns.Forget(mailbox);
        }

        return look;
    }
}
