using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.Probing.Smtp;

/// <summary>
/// Talks to a server as any sender would (RFC 5321 and 3207), up to QUIT. A recipient is named only where mailboxes are asked about, and
/// never a sender: no message is ever sent.
/// Whatever the server does, time and memory are bounded by <see cref="SmtpProbeOptions"/>.
/// </summary>
/// <param name="connector">Opens the connection, past the address guard.</param>
/// <param name="port25">Told how each connection went.</param>
/// <param name="certificates">Judges what the server shows.</param>
public sealed class SmtpProbe(
    IConnector connector,
    IPort25Vantage port25,
    CertificateInspector certificates,
    SmtpProbeOptions options,
    TimeProvider time) : ISmtpProbe
{
    /// <inheritdoc/>
    public Task<SmtpObservation> ProbeAsync(string host, IPAddress address, CancellationToken cancellationToken) =>
        ProbeAsync(new SmtpProbeRequest(host, address), cancellationToken);

    /// <inheritdoc/>
    public async Task<SmtpObservation> ProbeAsync(SmtpProbeRequest request, CancellationToken cancellationToken)
    {
        var (host, address) = (request.Host, request.Address);
        var log = new ConversationLog(time);
        var at = time.GetUtcNow();
        var connection = await connector.ConnectAsync(new IPEndPoint(address, options.Port), cancellationToken).ConfigureAwait(false);
        port25.Record(address, connection.Status, at);
        var seen = new SmtpObservation(host, address, SmtpStage.Connecting) { Port = options.Port, Connect = connection.Status, At = at };
        if (connection.Socket is null)
        {
            return seen with { Failure = connection.Detail, IsTransient = connection.Status != ConnectStatus.Refused, Elapsed = log.Elapsed };
        }

        using var patience = new CancellationTokenSource(options.TotalTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await using (var stream = new NetworkStream(connection.Socket, ownsSocket: true))
        {
            var mailboxes = new MailboxQuestion(request, options, log);
            seen = await Session(stream, log, both.Token, cancellationToken, mailboxes).RunAsync(seen with { Stage = SmtpStage.Greeting }).ConfigureAwait(false);
        }

        if (options.LookForOldTls && !request.WithoutOldTls && IsWorthAskingForOldTls(seen))
        {
            seen = Merge(seen, await AskForOldTlsAsync(seen, cancellationToken).ConfigureAwait(false));
        }

        return seen with { Conversation = log.Lines, Elapsed = log.Elapsed };
    }

    /// <summary>An encrypted session says which version was best, not which are accepted; a failed handshake may have wanted an old one.</summary>
    private static bool IsWorthAskingForOldTls(SmtpObservation seen) =>
        seen.Stage == SmtpStage.Encrypted || seen is { Stage: SmtpStage.Handshake, Cause: SmtpFailure.Tls or SmtpFailure.Closed };

    /// <summary>With a time of its own: a server that greets late greets late twice.</summary>
    private async Task<TlsAnswer> AskForOldTlsAsync(SmtpObservation seen, CancellationToken caller)
    {
        using var patience = new CancellationTokenSource(options.TotalTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, caller);
        var total = both.Token;
        try
        {
            var connection = await connector.ConnectAsync(new IPEndPoint(seen.Address, options.Port), total).ConfigureAwait(false);
            if (connection.Socket is null)
            {
                return TlsAnswer.Unclear;
            }

            await using var stream = new NetworkStream(connection.Socket, ownsSocket: true);
            var session = Session(stream, new ConversationLog(time), total, caller);
            var ready = await session.UpToStartTlsAsync(seen).ConfigureAwait(false);
            if (ready is not { Stage: SmtpStage.Handshake, BufferedBeforeTls: false })
            {
                return TlsAnswer.Unclear;
            }

            await stream.WriteAsync(TlsHello.Write(seen.Host, TlsVersions.Tls11), total).ConfigureAwait(false);
            return await TlsFlight.ReadAsync(stream, TlsVersions.Tls11, total).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            caller.ThrowIfCancellationRequested();
            return TlsAnswer.Unclear;
        }
    }

    private SmtpObservation Merge(SmtpObservation seen, TlsAnswer old)
    {
        seen = seen with
        {
            OldTls = old.Kind switch
            {
                TlsAnswerKind.Accepted => old.Version,
                TlsAnswerKind.Refused => SslProtocols.None,

                // A server that encrypts with a newer version and hangs up on an old one does not want it.
                TlsAnswerKind.Closed when seen.Stage == SmtpStage.Encrypted => SslProtocols.None,
                _ => null,
            },
        };
        if (seen.Stage == SmtpStage.Encrypted || !old.IsAccepted)
        {
            return seen;
        }

        // Only an old version is to be had: that is how mail would be encrypted, so it is described as such.
        return seen with
        {
            Stage = SmtpStage.Encrypted,
            Cause = SmtpFailure.None,
            Failure = null,
            IsTransient = false,
            Tls = new TlsFacts(old.Version, old.CipherSuite, certificates.Inspect(old.Certificates, seen.Host)),
        };
    }

    private SmtpSession Session(NetworkStream stream, ConversationLog log, CancellationToken total, CancellationToken caller, MailboxQuestion? mailboxes = null) =>
        new(stream, options, certificates, time, log, total, caller, mailboxes);
}
