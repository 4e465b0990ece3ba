using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.SigningIn;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace MailDashboard.Mail.Sending;

/// <summary>Hands messages in at a submission server. One connection a message: nothing is shared, nothing goes stale.</summary>
public sealed class ProfileSender(IDnsResolver dns, TimeProvider time)
{
    private static readonly TimeSpan WholeTimeout = TimeSpan.FromMinutes(3);

    private readonly ServerDialer _dialer = new(dns);

    /// <summary>Sends one message of ours. Throws only when cancelled by the caller.</summary>
    public Task<SendResult> SendAsync(SubmissionSettings settings, OutgoingMail mail, CancellationToken cancellationToken) =>
        SendAsync(settings, () => OutgoingMime.Build(mail, settings.SenderAddress, settings.SenderName, time.GetUtcNow()), cancellationToken);

    /// <summary>Sends any message. Throws only when cancelled by the caller.</summary>
    /// <param name="settings">Where it is handed in.</param>
    /// <param name="compose">Makes the message; what it throws as <see cref="ParseException"/> is an end of the attempt, for good.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SendResult> SendAsync(SubmissionSettings settings, Func<MimeMessage> compose, CancellationToken cancellationToken)
    {
        var attempt = new Attempt(time.GetUtcNow());
        return await RunAsync(
            settings,
            attempt,
            async (client, token) =>
            {
                attempt.Stage = SendStage.Message;
                return await client.SendAsync(attempt.Message!, token).ConfigureAwait(false);
            },
            cancellationToken,
            compose).ConfigureAwait(false);
    }

    /// <summary>Connects, encrypts and signs in, and sends nothing. Throws only when cancelled by the caller.</summary>
    public async Task<ServerLook> LookAsync(SubmissionSettings settings, CancellationToken cancellationToken)
    {
        var attempt = new Attempt(time.GetUtcNow());
        var began = time.GetTimestamp();
        TimeSpan? latency = null;
        var result = await RunAsync(
            settings,
            attempt,
            async (client, token) =>
            {
                await client.NoOpAsync(token).ConfigureAwait(false);
                latency = time.GetElapsedTime(began);
                attempt.Protocol = client.IsSecure ? client.SslProtocol.ToString() : null;
                return "";
            },
            cancellationToken).ConfigureAwait(false);
        return new ServerLook(result, latency, attempt.CertificateName, attempt.CertificateEndsAt, attempt.Protocol);
    }

    private async Task<SendResult> RunAsync(
        SubmissionSettings settings, Attempt attempt, Func<SmtpClient, CancellationToken, Task<string>> work, CancellationToken cancellationToken, Func<MimeMessage>? compose = null)
    {
        using var conversation = new ServerConversation(settings.SignIn);
        using var timeout = new CancellationTokenSource(WholeTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            attempt.Message = compose?.Invoke();
            var dialled = await _dialer.DialAsync(settings.Host, settings.Port, conversation, both.Token).ConfigureAwait(false);
            if (dialled.Socket is not { } socket)
            {
                return End(dialled.IsResolved ? SendStage.Connecting : SendStage.Resolving, dialled.Failure) with { IsUndetermined = !dialled.IsDefinite };
            }

            using var owned = socket;
            attempt.Stage = SendStage.Encrypting;
            using var client = new SmtpClient(conversation) { Timeout = 60_000, CheckCertificateRevocation = false, ServerCertificateValidationCallback = attempt.KeepCertificate };
            Authentication.Prepare(client, settings.SignIn);
            await client.ConnectAsync(socket, settings.Host, settings.Port, settings.Security.Options(), both.Token).ConfigureAwait(false);
            attempt.Stage = SendStage.SigningIn;
            await Authentication.RunAsync(client, settings.SignIn, both.Token).ConfigureAwait(false);
            var reply = await work(client, both.Token).ConfigureAwait(false);
            await QuitAsync(client, both.Token).ConfigureAwait(false);
            return End(SendStage.Accepted, reply);
        }
        catch (SmtpCommandException e)
        {
            return Refused(e);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return End(attempt.Stage, "No answer in time");
        }
        catch (ParseException e)
        {
            // The address cannot be put in a message: no later attempt will do better.
            return End(SendStage.Recipient, e.Message, isPermanent: true);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return End(StageOf(e, attempt.Stage), attempt.Refused?.ToString() ?? ServerFailure.TextOf(e)) with { Certificate = attempt.Refused };
        }

        SendResult Refused(SmtpCommandException e)
        {
            var at = e.ErrorCode switch
            {
                SmtpErrorCode.SenderNotAccepted => SendStage.Sender,
                SmtpErrorCode.RecipientNotAccepted => SendStage.Recipient,
                SmtpErrorCode.MessageNotAccepted => SendStage.Message,
                _ => attempt.Stage,
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

    private static SendStage StageOf(Exception e, SendStage stage) => e switch
    {
        SslHandshakeException => SendStage.Encrypting,
        System.Security.Authentication.AuthenticationException or MailKit.Security.AuthenticationException or ServiceNotAuthenticatedException => SendStage.SigningIn,
        SocketException => SendStage.Connecting,
        _ => stage,
    };

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

    /// <summary>How far one run came.</summary>
    private sealed class Attempt(DateTimeOffset now)
    {
        public SendStage Stage { get; set; } = SendStage.Resolving;

        public MimeMessage? Message { get; set; }

        public string? Protocol { get; set; }

        public string? CertificateName { get; private set; }

        public DateTimeOffset? CertificateEndsAt { get; private set; }

        public RefusedCertificate? Refused { get; private set; }

        public bool KeepCertificate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            if (certificate is X509Certificate2 seen)
            {
                CertificateName = OutgoingMime.OneLine(seen.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
                CertificateEndsAt = seen.NotAfter.ToUniversalTime();
                Refused = RefusedCertificate.Of(seen, errors, now);
            }

            return errors == SslPolicyErrors.None;
        }
    }
}
