using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.Probing.Services;

/// <summary>
/// Talks to the ports of mail programs. Whatever a server does, time and memory are bounded by <see cref="SmtpProbeOptions"/>: a handshake
/// that fails is tried once more, with a hello of our own that takes versions and keys which current software does not.
/// </summary>
/// <param name="connector">Opens connections, past the address guard.</param>
/// <param name="certificates">Judges what the server shows.</param>
/// <param name="options">How much patience a connection gets, and how to introduce ourselves.</param>
/// <param name="time">The clock.</param>
public sealed class ServiceProbe(IConnector connector, CertificateInspector certificates, SmtpProbeOptions options, TimeProvider time) : IServiceProbe
{
    /// <inheritdoc/>
    public async Task<ServiceObservation> ProbeAsync(ServiceTarget target, CancellationToken cancellationToken)
    {
        var log = new ConversationLog(time);
        var at = time.GetUtcNow();
        var connection = await connector.ConnectAsync(new IPEndPoint(target.Address, target.Port), cancellationToken).ConfigureAwait(false);
        var seen = new ServiceObservation(target, SmtpStage.Connecting) { Connect = connection.Status, At = at };
        if (connection.Socket is null)
        {
            return seen with { Failure = connection.Detail, IsTransient = connection.Status != ConnectStatus.Refused, Elapsed = log.Elapsed };
        }

        using (var patience = new CancellationTokenSource(options.TotalTimeout, time))
        using (var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken))
        await using (var stream = new NetworkStream(connection.Socket, ownsSocket: true))
        {
            seen = seen with { IsSameMachine = IsSame((connection.Socket.LocalEndPoint as IPEndPoint)?.Address, target.Address) };
            seen = await Session(target, stream, log, both.Token, cancellationToken).RunAsync(seen).ConfigureAwait(false);
        }

        if (seen is { Stage: SmtpStage.Handshake, Cause: SmtpFailure.Tls or SmtpFailure.Closed })
        {
            seen = Merge(seen, await AskAsync(target, cancellationToken).ConfigureAwait(false));
        }

        return seen with { Conversation = log.Lines, Elapsed = log.Elapsed };
    }

    private async Task<TlsAnswer> AskAsync(ServiceTarget target, CancellationToken caller)
    {
        using var patience = new CancellationTokenSource(options.TotalTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, caller);
        try
        {
            var connection = await connector.ConnectAsync(new IPEndPoint(target.Address, target.Port), both.Token).ConfigureAwait(false);
            if (connection.Socket is null)
            {
                return TlsAnswer.Unclear;
            }

            await using var stream = new NetworkStream(connection.Socket, ownsSocket: true);
            var session = Session(target, stream, new ConversationLog(time), both.Token, caller);
            var ready = await session.UpToTlsAsync(new ServiceObservation(target, SmtpStage.Greeting)).ConfigureAwait(false);
            if (!ServiceSession.IsReadyForTls(ready))
            {
                return TlsAnswer.Unclear;
            }

            await stream.WriteAsync(TlsHello.Write(target.Host, SslProtocols.Tls12), both.Token).ConfigureAwait(false);
            return await TlsFlight.ReadAsync(stream, SslProtocols.Tls12, both.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            caller.ThrowIfCancellationRequested();
            return TlsAnswer.Unclear;
        }
    }

    private ServiceObservation Merge(ServiceObservation seen, TlsAnswer answer) => !answer.IsAccepted ? seen : seen with
    {
        NeedsOldSoftware = true,
        Tls = new TlsFacts(answer.Version, answer.CipherSuite, certificates.Inspect(answer.Certificates, seen.Target.Host)),
    };

    private static bool IsSame(IPAddress? local, IPAddress server) => !IPAddress.IsLoopback(server) && server.Equals(local);

    private ServiceSession Session(ServiceTarget target, NetworkStream stream, ConversationLog log, CancellationToken total, CancellationToken caller) =>
        new(target, stream, options, certificates, time, log, total, caller);
}
