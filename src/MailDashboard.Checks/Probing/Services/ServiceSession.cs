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

        var talk = Talk(stream);
        seen = await talk.GreetingAsync(seen).ConfigureAwait(false);
        if (seen.Cause != SmtpFailure.None)
        {
            return seen;
        }

        (seen, var offer) = await talk.CapabilitiesAsync(seen, _helloName).ConfigureAwait(false);
        seen = seen with { Before = offer };
        return offer is null ? seen : await AskForTlsAsync(seen, offer, talk).ConfigureAwait(false);
    }

    private async Task<ServiceObservation> AskForTlsAsync(ServiceObservation seen, ServiceOffer offer, ServiceTalk talk)
    {
        if (offer is { IsTold: true, HasStartTls: false })
        {
            await talk.GoodbyeAsync().ConfigureAwait(false);
            return seen with { Stage = SmtpStage.NoStartTls };
        }

        var (ready, tone) = await talk.StartTlsAsync().ConfigureAwait(false);
        if (!ready.IsWhole)
        {
            return ServiceTalk.Ended(seen, SmtpStage.StartTlsRefused, ready);
        }

        if (tone != ReplyTone.Yes)
        {
            await talk.GoodbyeAsync().ConfigureAwait(false);

            // Where nothing was offered it is no refusal of what was.
            return offer.IsTold ? ServiceTalk.Refused(seen, SmtpStage.StartTlsRefused, ready, tone) : seen with { Stage = SmtpStage.NoStartTls };
        }

        // The client speaks first in TLS: whatever is here already was put there in clear, by the server or by somebody between.
        var buffered = talk.HasBuffered || stream.Socket.Available > 0;
        return buffered
            ? seen with { Stage = SmtpStage.Handshake, Cause = SmtpFailure.Buffered, Failure = string.Join('\n', ready.Lines) }
            : seen with { Stage = SmtpStage.Handshake };
    }

    private async Task<ServiceObservation> EncryptAsync(ServiceObservation seen)
    {
        var tls = await MailHandshake.AsClientAsync(stream, target.Host, certificates, options.StepTimeout, time, total, caller).ConfigureAwait(false);
        if (tls.Stream is null)
        {
            return seen with { Cause = tls.Cause, IsTransient = tls.IsTransient, Failure = tls.Failure };
        }

        await using (tls.Stream)
        {
            return await AfterTlsAsync(seen with { Stage = SmtpStage.Encrypted, Tls = tls.Facts }, Talk(tls.Stream)).ConfigureAwait(false);
        }
    }

    /// <summary>TLS is up: whatever fails from here on fails at stage Encrypted, or at the greeting that had to wait for TLS.</summary>
    private async Task<ServiceObservation> AfterTlsAsync(ServiceObservation seen, ServiceTalk talk)
    {
        if (target.ImplicitTls)
        {
            seen = await talk.GreetingAsync(seen).ConfigureAwait(false);
        }

        if (seen.Cause != SmtpFailure.None)
        {
            return seen;
        }

        (seen, var offer) = await talk.CapabilitiesAsync(seen, _helloName).ConfigureAwait(false);
        if (offer is null)
        {
            return target.ImplicitTls ? seen : seen with { Stage = SmtpStage.Encrypted };
        }

        await talk.GoodbyeAsync().ConfigureAwait(false);
        return seen with { Stage = SmtpStage.Encrypted, After = offer };
    }

    private ServiceTalk Talk(Stream over) =>
        new(ServiceLanguage.Of(target.Protocol), new LineDialogue(over, options, time, log, total, caller), options);
}
