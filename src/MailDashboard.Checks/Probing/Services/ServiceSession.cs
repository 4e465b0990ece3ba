using System.Net.Sockets;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.Probing.Services;

/// <summary>One connection, from the first octet to the good-bye: each step adds to the observation or ends it with the reason.</summary>
internal sealed class ServiceSession(
    ServiceTarget target,
    NetworkStream stream,
    SmtpProbeOptions options,
    CertificateInspector certificates,
    TimeProvider time,
    ConversationLog log,
    CancellationToken total,
    CancellationToken caller)
{
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(1);

    private readonly ServiceLanguage _language = ServiceLanguage.Of(target.Protocol);
    private readonly string _helloName = HelloName.For(options.HelloName, stream.Socket.LocalEndPoint);

    /// <summary>The whole conversation.</summary>
    public async Task<ServiceObservation> RunAsync(ServiceObservation seen)
    {
        seen = await UpToTlsAsync(seen).ConfigureAwait(false);
        return IsReadyForTls(seen) ? await EncryptAsync(seen).ConfigureAwait(false) : seen;
    }

    /// <summary>Stage Handshake without a cause means: the server waits for the handshake.</summary>
    public static bool IsReadyForTls(ServiceObservation seen) => seen is { Stage: SmtpStage.Handshake, Cause: SmtpFailure.None };

    /// <summary>Everything in clear.</summary>
    public async Task<ServiceObservation> UpToTlsAsync(ServiceObservation seen)
    {
        if (target.ImplicitTls)
        {
            return seen with { Stage = SmtpStage.Handshake };
        }

        var dialogue = Dialogue(stream);
        seen = await GreetingAsync(seen, dialogue).ConfigureAwait(false);
        if (seen.Cause != SmtpFailure.None)
        {
            return seen;
        }

        (seen, var offer) = await CapabilitiesAsync(seen, dialogue).ConfigureAwait(false);
        seen = seen with { Before = offer };
        return offer is null ? seen : await AskForTlsAsync(seen, offer, dialogue).ConfigureAwait(false);
    }

    private async Task<ServiceObservation> AskForTlsAsync(ServiceObservation seen, ServiceOffer offer, LineDialogue dialogue)
    {
        if (offer is { IsTold: true, HasStartTls: false })
        {
            await GoodbyeAsync(dialogue).ConfigureAwait(false);
            return seen with { Stage = SmtpStage.NoStartTls };
        }

        var ready = await AskAsync(dialogue, _language.StartTls).ConfigureAwait(false);
        if (!ready.IsWhole)
        {
            return Ended(seen, SmtpStage.StartTlsRefused, ready);
        }

        if (_language.Tone(ready.Lines) is var tone and not ReplyTone.Yes)
        {
            await GoodbyeAsync(dialogue).ConfigureAwait(false);

            // Where nothing was offered it is no refusal of what was.
            return offer.IsTold ? Refused(seen, SmtpStage.StartTlsRefused, ready, tone) : seen with { Stage = SmtpStage.NoStartTls };
        }

        // The client speaks first in TLS: whatever is here already was put there in clear, by the server or by somebody between.
        var buffered = dialogue.HasBuffered || stream.Socket.Available > 0;
        return buffered
            ? seen with { Stage = SmtpStage.Handshake, Cause = SmtpFailure.Buffered, Failure = string.Join('\n', ready.Lines) }
            : seen with { Stage = SmtpStage.Handshake };
    }

    private async Task<ServiceObservation> EncryptAsync(ServiceObservation seen)
    {
        using var patience = new CancellationTokenSource(options.StepTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, total);
        TlsHandshakeResult tls;
        try
        {
            tls = await TlsHandshake.AsClientAsync(stream, target.Host, certificates, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            caller.ThrowIfCancellationRequested();
            return seen with { Cause = SmtpFailure.TimedOut, IsTransient = true, Failure = "the handshake did not end in time" };
        }

        if (tls.Stream is null)
        {
            return seen with
            {
                Cause = tls.WasDropped ? SmtpFailure.Closed : SmtpFailure.Tls,
                IsTransient = tls.WasDropped,
                Failure = ConversationLog.Clean(tls.Failure ?? ""),
            };
        }

        await using (tls.Stream)
        {
            return await AfterTlsAsync(seen with { Stage = SmtpStage.Encrypted, Tls = tls.Facts }, Dialogue(tls.Stream)).ConfigureAwait(false);
        }
    }

    /// <summary>TLS is up: whatever fails from here on fails at stage Encrypted, or at the greeting that had to wait for TLS.</summary>
    private async Task<ServiceObservation> AfterTlsAsync(ServiceObservation seen, LineDialogue dialogue)
    {
        if (target.ImplicitTls)
        {
            seen = await GreetingAsync(seen, dialogue).ConfigureAwait(false);
        }

        if (seen.Cause != SmtpFailure.None)
        {
            return seen;
        }

        (seen, var offer) = await CapabilitiesAsync(seen, dialogue).ConfigureAwait(false);
        if (offer is null)
        {
            return target.ImplicitTls ? seen : seen with { Stage = SmtpStage.Encrypted };
        }

        await GoodbyeAsync(dialogue).ConfigureAwait(false);
        return seen with { Stage = SmtpStage.Encrypted, After = offer };
    }

    private async Task<ServiceObservation> GreetingAsync(ServiceObservation seen, LineDialogue dialogue)
    {
        var greeting = await dialogue.ExchangeAsync(null, options.GreetingTimeout, _language.GreetingKind).ConfigureAwait(false);
        if (!greeting.IsWhole)
        {
            return Ended(seen, SmtpStage.Greeting, greeting);
        }

        seen = seen with { Greeting = greeting.Lines };
        if (_language.GreetingTone(greeting.Lines) is var tone and not ReplyTone.Yes)
        {
            await GoodbyeAsync(dialogue).ConfigureAwait(false);
            return Refused(seen, SmtpStage.Rejected, greeting, tone);
        }

        return seen;
    }

    private async Task<(ServiceObservation Seen, ServiceOffer? Offer)> CapabilitiesAsync(ServiceObservation seen, LineDialogue dialogue)
    {
        var reply = await AskAsync(dialogue, _language.AskCapabilities(_helloName)).ConfigureAwait(false);
        if (!reply.IsWhole)
        {
            return (Ended(seen, SmtpStage.Hello, reply), null);
        }

        if (_language.Offer(seen.Greeting, reply.Lines, seen.Tls is not null) is not { } offer)
        {
            await GoodbyeAsync(dialogue).ConfigureAwait(false);
            return (Refused(seen, SmtpStage.Hello, reply, _language.Tone(reply.Lines)), null);
        }

        return (seen, offer);
    }

    private Task<LinesRead> AskAsync(LineDialogue dialogue, string command) =>
        dialogue.ExchangeAsync(command, options.StepTimeout, (number, line) => _language.ReplyKind(command, number, line));

    private Task<LinesRead> GoodbyeAsync(LineDialogue dialogue) =>
        dialogue.ExchangeAsync(_language.Goodbye, GoodbyePatience, (number, line) => _language.ReplyKind(_language.Goodbye, number, line));

    private LineDialogue Dialogue(Stream over) => new(over, options, time, log, total, caller);

    private static ServiceObservation Refused(ServiceObservation seen, SmtpStage stage, LinesRead reply, ReplyTone tone) => seen with
    {
        Stage = stage,
        Cause = SmtpFailure.Refused,
        IsTransient = tone == ReplyTone.NotNow,
        Failure = string.Join('\n', reply.Lines),
    };

    private static ServiceObservation Ended(ServiceObservation seen, SmtpStage stage, LinesRead read) => seen with
    {
        Stage = stage,
        Cause = read.Failure,
        Failure = read.Detail,
        IsTransient = read.Failure != SmtpFailure.NotSmtp,
    };
}
