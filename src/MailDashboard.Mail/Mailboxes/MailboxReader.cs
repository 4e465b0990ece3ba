using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Sending;
using MailDashboard.Mail.SigningIn;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Pop3;
using MailKit.Security;

namespace MailDashboard.Mail.Mailboxes;

/// <summary>Looks into mailboxes for one message, and takes test messages out again. One connection a look.</summary>
public sealed class MailboxReader(IDnsResolver dns, TimeProvider time)
{
    /// <summary>Octets of a message that are fetched at most.</summary>
    public const int LargestMessage = 50 * 1024 * 1024;

    /// <summary>Octets of a header that are kept.</summary>
    public const int LongestHeader = 64 * 1024;

    /// <summary>For everything, from the first question to DNS to the last octet.</summary>
    private static readonly TimeSpan WholeTimeout = TimeSpan.FromMinutes(2);

    private readonly ServerDialer _dialer = new(dns);

    /// <summary>Signs in and reads the list of folders. Throws only when cancelled by the caller.</summary>
    public Task<MailboxLook> TryAsync(MailboxSettings mailbox, CancellationToken cancellationToken) =>
        RunAsync(mailbox, static (_, _) => Task.CompletedTask, cancellationToken);

    /// <summary>Looks for messages. Throws only when cancelled by the caller.</summary>
    /// <param name="mailbox">Where.</param>
    /// <param name="queries">For what.</param>
    /// <param name="whole">Fetch the messages, not only their headers.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<MailboxLook> FindAsync(MailboxSettings mailbox, IReadOnlyCollection<MailboxQuery> queries, bool whole, CancellationToken cancellationToken) =>
        RunAsync(mailbox, (folders, token) => folders.FindAsync(queries, whole, token), cancellationToken);

    /// <summary>Removes every message that answers. Throws only when cancelled by the caller.</summary>
    public Task<MailboxLook> RemoveAsync(MailboxSettings mailbox, IReadOnlyCollection<MailboxQuery> queries, CancellationToken cancellationToken) =>
        RunAsync(mailbox, (folders, token) => folders.RemoveAsync(queries, token), cancellationToken);

    private async Task<MailboxLook> RunAsync(MailboxSettings mailbox, Func<MailboxFolders, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var conversation = new ServerConversation(mailbox.SignIn);
        using var timeout = new CancellationTokenSource(WholeTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var stage = MailboxStage.Resolving;
        MailboxFolders? folders = null;
        RefusedCertificate? refused = null;
        try
        {
            var dialled = await _dialer.DialAsync(mailbox.Host, mailbox.Port, conversation, both.Token).ConfigureAwait(false);
            if (dialled.Socket is not { } socket)
            {
                return End(dialled.IsResolved ? MailboxStage.Connecting : MailboxStage.Resolving, dialled.Failure);
            }

            using var owned = socket;
            stage = MailboxStage.Encrypting;
            using MailService client = mailbox.Protocol == MailboxProtocol.Imap ? new ImapClient(conversation) : new Pop3Client(conversation);
            client.Timeout = 60_000;
            client.CheckCertificateRevocation = false;
            client.ServerCertificateValidationCallback = (_, certificate, _, errors) =>
            {
                refused = certificate is X509Certificate2 shown ? RefusedCertificate.Of(shown, errors, time.GetUtcNow()) : null;
                return errors == SslPolicyErrors.None;
            };
            Authentication.Prepare(client, mailbox.SignIn);
            await client.ConnectAsync(socket, mailbox.Host, mailbox.Port, mailbox.Security.Options(), both.Token).ConfigureAwait(false);
            stage = MailboxStage.SigningIn;
            await Authentication.RunAsync(client, mailbox.SignIn, both.Token).ConfigureAwait(false);
            stage = MailboxStage.Reading;
            folders = client is ImapClient imap ? new ImapFolders(imap, mailbox.SpamFolder, conversation) : new Pop3Folder((Pop3Client)client, conversation);
            await folders.OpenAsync(both.Token).ConfigureAwait(false);
            await work(folders, both.Token).ConfigureAwait(false);
            await QuitAsync(client, both.Token).ConfigureAwait(false);
            return End(MailboxStage.Done, "");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return End(stage, "No answer in time");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return End(StageOf(e, stage), refused?.ToString() ?? ServerFailure.TextOf(e));
        }

        MailboxLook End(MailboxStage at, string detail)
        {
            if (at != MailboxStage.Done)
            {
                conversation.Note(detail);
            }

            return new MailboxLook(at, conversation.Hide(OutgoingMime.OneLine(detail)), folders?.Found ?? [], conversation.Lines) { Removed = folders?.Removed ?? 0, Folders = folders?.Names ?? [], Certificate = at == MailboxStage.Encrypting ? refused : null };
        }
    }

    private static MailboxStage StageOf(Exception e, MailboxStage stage) => e switch
    {
        SslHandshakeException => MailboxStage.Encrypting,
        System.Security.Authentication.AuthenticationException or MailKit.Security.AuthenticationException or ServiceNotAuthenticatedException => MailboxStage.SigningIn,
        SocketException when stage < MailboxStage.Encrypting => MailboxStage.Connecting,
        _ => stage,
    };

    /// <summary>Everything is read; but POP3 removes what was marked only now.</summary>
    private static async Task QuitAsync(MailService client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(true, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (client is ImapClient && e is IOException or ServiceNotConnectedException or ProtocolException or SocketException)
        {
        }
    }
}
