using System.Net.Sockets;
using System.Security.Authentication;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing.Services;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>One connection to a port, up to its handshake: by the TLS library, or by a hello of our own.</summary>
/// <param name="total">Ends the connection.</param>
/// <param name="caller">The caller's own token: only its cancellation is thrown.</param>
internal sealed class TlsConnection(
    TlsTarget target,
    NetworkStream stream,
    SmtpProbeOptions options,
    CertificateInspector certificates,
    TimeProvider time,
    CancellationToken total,
    CancellationToken caller)
{
    private readonly ConversationLog _log = new(time);

    /// <summary>Shakes hands with the TLS library, and says what was seen on the way.</summary>
    public async Task<TlsVersionObservation> HandshakeAsync(TlsVersionObservation seen)
    {
        var (end, failure) = await PreludeAsync().ConfigureAwait(false);
        seen = seen with { Prelude = end, Failure = failure };
        if (end != TlsPreludeEnd.Ready)
        {
            return seen;
        }

        var tls = await TlsHandshake.AsClientAsync(stream, target.Host, certificates, total).ConfigureAwait(false);
        if (tls.Stream is null)
        {
            return seen with { Failure = ConversationLog.Clean(tls.Failure ?? "") };
        }

        await using (tls.Stream)
        {
            return seen with { Best = tls.Facts };
        }
    }

    /// <summary>Sends a hello of our own and reads the answer.</summary>
    public async Task<TlsAnswer> AskAsync(SslProtocols version)
    {
        if ((await PreludeAsync().ConfigureAwait(false)).End != TlsPreludeEnd.Ready)
        {
            return TlsAnswer.Unclear;
        }

        await stream.WriteAsync(TlsHello.Write(target.Host, version), total).ConfigureAwait(false);
        return await TlsFlight.ReadAsync(stream, version, total).ConfigureAwait(false);
    }

    private async Task<(TlsPreludeEnd End, string? Failure)> PreludeAsync()
    {
        switch (target.Prelude)
        {
            case TlsPrelude.None:
                return (TlsPreludeEnd.Ready, null);

            case TlsPrelude.Smtp:
                var smtp = new SmtpSession(stream, options, certificates, time, _log, total, caller);
                var mail = await smtp.UpToStartTlsAsync(new SmtpObservation(target.Host, target.Address, SmtpStage.Greeting)).ConfigureAwait(false);
                return (EndOf(mail.Stage, mail.Cause), mail.Failure);

            default:
                var protocol = target.Prelude == TlsPrelude.Imap ? ClientProtocol.Imap : ClientProtocol.Pop3;
                var service = new ServiceTarget(protocol, target.Host, target.Address, target.Port, ImplicitTls: false);
                var session = new ServiceSession(service, stream, options, certificates, time, _log, total, caller);
                var seen = await session.UpToTlsAsync(new ServiceObservation(service, SmtpStage.Greeting)).ConfigureAwait(false);
                return (EndOf(seen.Stage, seen.Cause), seen.Failure);
        }
    }

    private static TlsPreludeEnd EndOf(SmtpStage stage, SmtpFailure cause) => (stage, cause) switch
    {
        (SmtpStage.Handshake, SmtpFailure.None) => TlsPreludeEnd.Ready,
        (SmtpStage.NoStartTls, _) => TlsPreludeEnd.NotOffered,
        (SmtpStage.StartTlsRefused, SmtpFailure.Refused) => TlsPreludeEnd.Refused,
        _ => TlsPreludeEnd.Failed,
    };
}
