using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>
/// Finds out which versions of TLS a port offers. One handshake by the system's TLS library shows the certificate and the best
/// version; beside it two hellos of our own, up to TLS 1.2 and up to 1.1, show what else is accepted, because a server takes the newest
/// it has. What is still open then is asked in a second round: three connections are enough for a server set right.
/// </summary>
/// <param name="connector">Opens connections, past the address guard.</param>
/// <param name="certificates">Judges what the server shows.</param>
/// <param name="options">How to talk SMTP, and for every protocol how much patience a connection gets.</param>
/// <param name="time">The clock.</param>
public sealed class TlsVersionProbe(IConnector connector, CertificateInspector certificates, SmtpProbeOptions options, TimeProvider time) : ITlsVersionProbe
{
    /// <inheritdoc/>
    public async Task<TlsVersionObservation> ProbeAsync(TlsTarget target, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var seen = new TlsVersionObservation(target) { At = time.GetUtcNow() };
        seen = target.Known is { } known
            ? await AskTheRestAsync(Of(seen, known), known, cancellationToken).ConfigureAwait(false)
            : await AskAllAsync(seen, cancellationToken).ConfigureAwait(false);
        return seen with { Elapsed = time.GetElapsedTime(started) };
    }

    private async Task<TlsVersionObservation> AskAllAsync(TlsVersionObservation seen, CancellationToken caller)
    {
        var connection = await connector.ConnectAsync(new IPEndPoint(seen.Target.Address, seen.Target.Port), caller).ConfigureAwait(false);
        if (connection.Socket is null)
        {
            return seen with { Connect = connection.Status, Failure = connection.Detail };
        }

        var hellos = new[] { SslProtocols.Tls12, TlsVersions.Tls11 }.Select(v => AskAsync(seen.Target, v, caller)).ToList();
        seen = await HandshakeAsync(seen, connection.Socket, caller).ConfigureAwait(false);
        var answers = await Task.WhenAll(hellos).ConfigureAwait(false);
        return seen.Prelude == TlsPreludeEnd.Ready ? await SettleAsync(seen, [.. answers], caller).ConfigureAwait(false) : seen;
    }

    /// <summary>The shared conversation with a mail server told the best version and the newest old one.</summary>
    private async Task<TlsVersionObservation> AskTheRestAsync(TlsVersionObservation seen, SmtpObservation known, CancellationToken caller)
    {
        if (known.Connect != ConnectStatus.Connected || seen.Prelude != TlsPreludeEnd.Ready)
        {
            return seen;
        }

        var answers = ImmutableArray.CreateBuilder<(SslProtocols, TlsAnswer)>();
        if (known.OldTls is { } old)
        {
            answers.Add((TlsVersions.Tls11, old == SslProtocols.None ? TlsAnswer.Refused : TlsAnswer.Refused with { Kind = TlsAnswerKind.Accepted, Version = old }));
        }

        SslProtocols[] open = [.. known.Tls?.Protocol == SslProtocols.Tls12 ? [] : new[] { SslProtocols.Tls12 }, .. known.OldTls is null ? new[] { TlsVersions.Tls11 } : []];
        answers.AddRange(await Task.WhenAll(open.Select(v => AskAsync(seen.Target, v, caller))).ConfigureAwait(false));
        return await SettleAsync(seen, answers.ToImmutable(), caller).ConfigureAwait(false);
    }

    private async Task<TlsVersionObservation> SettleAsync(TlsVersionObservation seen, ImmutableArray<(SslProtocols Asked, TlsAnswer Answer)> answers, CancellationToken caller)
    {
        var negotiated = seen.Best?.Protocol;
        var open = new List<SslProtocols>();
        if (negotiated != SslProtocols.Tls13)
        {
            open.Add(SslProtocols.Tls13);
        }

        if (answers.Any(a => a.Answer.IsAccepted && a.Answer.Version == TlsVersions.Tls11))
        {
            open.Add(TlsVersions.Tls10);
        }

        answers = [.. answers, .. await Task.WhenAll(open.Select(v => AskAsync(seen.Target, v, caller))).ConfigureAwait(false)];
        seen = seen with { Offers = TlsMatrix.Settle(negotiated, answers) };
        var best = answers.Select(a => a.Answer).Where(a => a.IsAccepted).MaxBy(a => a.Version);
        return seen.Best is not null || best is null ? seen : seen with
        {
            Best = new TlsFacts(best.Version, best.CipherSuite, certificates.Inspect(CertificatesOf(best, answers), seen.Target.Host)),
        };
    }

    /// <summary>TLS 1.3 shows its certificate to a finished handshake only: that of another version is the next best.</summary>
    private static ImmutableArray<ReadOnlyMemory<byte>> CertificatesOf(TlsAnswer best, ImmutableArray<(SslProtocols Asked, TlsAnswer Answer)> answers) =>
        best.Certificates.IsEmpty ? answers.Select(a => a.Answer.Certificates).FirstOrDefault(c => !c.IsEmpty, []) : best.Certificates;

    private async Task<TlsVersionObservation> HandshakeAsync(TlsVersionObservation seen, Socket socket, CancellationToken caller)
    {
        using var patience = new CancellationTokenSource(options.TotalTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, caller);
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            return await Connection(seen.Target, stream, both.Token, caller).HandshakeAsync(seen).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            caller.ThrowIfCancellationRequested();
            return seen with { Prelude = TlsPreludeEnd.Failed, Failure = e is IOException ? (e.InnerException ?? e).Message : "no complete answer in time" };
        }
    }

    private async Task<(SslProtocols Asked, TlsAnswer Answer)> AskAsync(TlsTarget target, SslProtocols version, CancellationToken caller)
    {
        using var patience = new CancellationTokenSource(options.TotalTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, caller);
        try
        {
            var connection = await connector.ConnectAsync(new IPEndPoint(target.Address, target.Port), both.Token).ConfigureAwait(false);
            if (connection.Socket is null)
            {
                return (version, TlsAnswer.Unclear);
            }

            await using var stream = new NetworkStream(connection.Socket, ownsSocket: true);
            return (version, await Connection(target, stream, both.Token, caller).AskAsync(version).ConfigureAwait(false));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            caller.ThrowIfCancellationRequested();
            return (version, TlsAnswer.Unclear);
        }
    }

    private TlsConnection Connection(TlsTarget target, NetworkStream stream, CancellationToken total, CancellationToken caller) =>
        new(target, stream, options, certificates, time, total, caller);

    private static TlsVersionObservation Of(TlsVersionObservation seen, SmtpObservation known) => seen with
    {
        Connect = known.Connect,
        Failure = known.Failure,
        Best = known.Tls,
        Prelude = known switch
        {
            { Stage: SmtpStage.Encrypted } or { Stage: SmtpStage.Handshake, Cause: SmtpFailure.Tls } => TlsPreludeEnd.Ready,
            { Stage: SmtpStage.NoStartTls } => TlsPreludeEnd.NotOffered,
            { Stage: SmtpStage.StartTlsRefused, Cause: SmtpFailure.Refused } => TlsPreludeEnd.Refused,
            _ => TlsPreludeEnd.Failed,
        },
    };
}
