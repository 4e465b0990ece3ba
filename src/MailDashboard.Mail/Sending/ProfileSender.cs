using System.Net.Sockets;
using MailDashboard.Checks.Probing.Dns;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace MailDashboard.Mail.Sending;

/// <summary>Hands messages in at a submission server. One connection a message: nothing is shared, nothing goes stale.</summary>
public sealed class ProfileSender(IDnsResolver dns, TimeProvider time)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WholeTimeout = TimeSpan.FromMinutes(3);

    private readonly SubmissionHost _host = new(dns);

    /// <summary>Sends one message. Throws only when cancelled by the caller.</summary>
    public async Task<SendResult> SendAsync(SubmissionSettings settings, OutgoingMail mail, CancellationToken cancellationToken)
    {
        using var conversation = new SubmissionConversation(settings.UserName, settings.Password);
        using var timeout = new CancellationTokenSource(WholeTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var stage = SendStage.Resolving;
        try
        {
            var message = OutgoingMime.Build(mail, settings.SenderAddress, settings.SenderName, time.GetUtcNow());
            var (addresses, failure) = await _host.ResolveAsync(settings.Host, both.Token).ConfigureAwait(false);
            if (failure is not null)
            {
                conversation.Note(failure);
                return End(SendStage.Resolving, failure);
            }

            stage = SendStage.Connecting;
            using var socket = await ConnectAsync(addresses, settings.Port, conversation, both.Token).ConfigureAwait(false);
            stage = SendStage.Encrypting;
            using var client = new SmtpClient(conversation) { Timeout = 60_000, CheckCertificateRevocation = false };
            await client.ConnectAsync(socket, settings.Host, settings.Port, Options(settings.Security), both.Token).ConfigureAwait(false);
            stage = SendStage.SigningIn;
            if (settings.UserName is { Length: > 0 } user)
            {
                await client.AuthenticateAsync(user, settings.Password ?? "", both.Token).ConfigureAwait(false);
            }

            stage = SendStage.Message;
            var reply = await client.SendAsync(message, both.Token).ConfigureAwait(false);
            await QuitAsync(client, both.Token).ConfigureAwait(false);
            return End(SendStage.Accepted, reply);
        }
        catch (SmtpCommandException e)
        {
            return Refused(e);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return End(stage, "No answer in time");
        }
        catch (ParseException e)
        {
            // The address cannot be put in a message: no later attempt will do better.
            return End(SendStage.Recipient, e.Message, isPermanent: true);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return End(StageOf(e, stage), e.Message);
        }

        SendResult Refused(SmtpCommandException e)
        {
            var at = e.ErrorCode switch
            {
                SmtpErrorCode.SenderNotAccepted => SendStage.Sender,
                SmtpErrorCode.RecipientNotAccepted => SendStage.Recipient,
                SmtpErrorCode.MessageNotAccepted => SendStage.Message,
                _ => stage,
            };
            var permanent = (int)e.StatusCode >= 500 && at is SendStage.Recipient or SendStage.Message;
            return End(at, $"{(int)e.StatusCode} {e.Message}", permanent && !IsAboutUs(e));
        }

        SendResult End(SendStage at, string detail, bool isPermanent = false)
        {
            if (at != SendStage.Accepted)
            {
                conversation.Note(detail);
            }

            return new SendResult(at, conversation.Hide(OutgoingMime.OneLine(detail)), isPermanent, conversation.Lines);
        }
    }

    /// <summary>
    /// The server wants us to sign in, or encrypt, or does not relay for us (X.7.X, RFC 3463 §3.8): the profile is at fault, not the
    /// message, and somebody will mend it.
    /// </summary>
    private static bool IsAboutUs(SmtpCommandException e) =>
        (int)e.StatusCode is 530 or 534 or 535 or 538 || e.Message.StartsWith("5.7.", StringComparison.Ordinal);

    private static SecureSocketOptions Options(SubmissionSecurity security) => security switch
    {
        SubmissionSecurity.ImplicitTls => SecureSocketOptions.SslOnConnect,
        SubmissionSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };

    private static SendStage StageOf(Exception e, SendStage stage) => e switch
    {
        SslHandshakeException => SendStage.Encrypting,
        System.Security.Authentication.AuthenticationException or MailKit.Security.AuthenticationException or ServiceNotAuthenticatedException => SendStage.SigningIn,
        SocketException => SendStage.Connecting,
        _ => stage,
    };

    private static async Task<Socket> ConnectAsync(IEnumerable<System.Net.IPAddress> addresses, int port, SubmissionConversation conversation, CancellationToken cancellationToken)
    {
        Exception? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(ConnectTimeout);
            try
            {
                conversation.Note($"connecting to {address} port {port}");
                await socket.ConnectAsync(address, port, timeout.Token).ConfigureAwait(false);
                return socket;
            }
            catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                socket.Dispose();
                last = e is SocketException ? e : new TimeoutException($"{address} port {port} does not answer");
                conversation.Note(last.Message);
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>The message is handed in already: a server that drops the connection now changes nothing.</summary>
    private static async Task QuitAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(true, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ServiceNotConnectedException or ProtocolException or SocketException or OperationCanceledException)
        {
        }
    }
}
