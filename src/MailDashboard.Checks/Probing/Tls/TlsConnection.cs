using System.Net.Sockets;
using System.Security.Authentication;
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
        var talk = await PreludeAsync().ConfigureAwait(false);
        seen = seen with { Prelude = talk.End, Failure = talk.Failure, Greeting = talk.Greeting, Capabilities = talk.Capabilities };
        if (talk.End != TlsPreludeEnd.Ready)
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
            seen = seen with { Best = tls.Facts };
            return target.TalkAfter == TlsPrelude.None ? seen : await TalkAsync(seen, tls.Stream).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a hello of our own and reads the answer.</summary>
    public async Task<TlsAnswer> AskAsync(SslProtocols version)
    {
        var talk = await PreludeAsync().ConfigureAwait(false);
        if (talk.End != TlsPreludeEnd.Ready)
        {
            return TlsAnswer.Unclear;
        }

        await stream.WriteAsync(TlsHello.Write(target.Host, version), total).ConfigureAwait(false);
        return await TlsFlight.ReadAsync(stream, version, total).ConfigureAwait(false);
    }

    private async Task<TlsTalk> PreludeAsync()
    {
        if (target.Prelude == TlsPrelude.None)
        {
            return new TlsTalk(TlsPreludeEnd.Ready);
        }

        if (target.Prelude != TlsPrelude.Smtp)
        {
            var wanted = target.TalkAfter != TlsPrelude.None;
            return await TlsPreludeTalk.UpToTlsAsync(target.Prelude, new ClearDialogue(stream), wanted, total).ConfigureAwait(false);
        }

        var session = new SmtpSession(stream, options, certificates, time, _log, total, caller);
        var seen = await session.UpToStartTlsAsync(new SmtpObservation(target.Host, target.Address, SmtpStage.Greeting)).ConfigureAwait(false);
        return new TlsTalk(seen switch
        {
            { Stage: SmtpStage.Handshake, Cause: SmtpFailure.None } => TlsPreludeEnd.Ready,
            { Stage: SmtpStage.NoStartTls } => TlsPreludeEnd.NotOffered,
            { Stage: SmtpStage.StartTlsRefused, Cause: SmtpFailure.Refused } => TlsPreludeEnd.Refused,
            _ => TlsPreludeEnd.Failed,
        })
        {
            Failure = seen.Failure,
            Greeting = seen.Greeting,
            Capabilities = seen.Capabilities,
        };
    }

    private async Task<TlsVersionObservation> TalkAsync(TlsVersionObservation seen, Stream encrypted)
    {
        var greets = target.Prelude == TlsPrelude.None;
        if (target.TalkAfter != TlsPrelude.Smtp)
        {
            var talk = await TlsPreludeTalk.AfterTlsAsync(target.TalkAfter, new ClearDialogue(encrypted), greets, total).ConfigureAwait(false);
            return seen with { Greeting = greets ? talk.Greeting : seen.Greeting, CapabilitiesAfterTls = talk.Capabilities };
        }

        var dialogue = new SmtpDialogue(encrypted, options, time, _log, total, caller);
        if (greets)
        {
            var greeting = await dialogue.GreetingAsync().ConfigureAwait(false);
            seen = seen with { Greeting = greeting.Reply?.Lines ?? [] };
            if (greeting.Reply is not { IsPositive: true })
            {
                return seen;
            }
        }

        var hello = await dialogue.AskAsync($"EHLO {HelloName.For(options.HelloName, stream.Socket.LocalEndPoint)}").ConfigureAwait(false);
        if (hello.Reply is { IsPositive: true } reply)
        {
            await dialogue.QuitAsync().ConfigureAwait(false);
            return seen with { CapabilitiesAfterTls = [.. reply.Texts.Skip(1).Select(t => t.Trim()).Where(t => t.Length > 0)] };
        }

        return seen;
    }
}
