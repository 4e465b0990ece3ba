using System.Net.Security;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.Probing.Smtp;

/// <summary>How the handshake of a mail conversation ended.</summary>
/// <param name="Stream">The encrypted stream, the caller's to dispose; null where the handshake failed.</param>
/// <param name="Facts">What was negotiated; null where the handshake failed.</param>
/// <param name="Cause">Why it failed: <see cref="SmtpFailure.TimedOut"/>, <see cref="SmtpFailure.Closed"/> or <see cref="SmtpFailure.Tls"/>.</param>
/// <param name="Failure">What was seen of that, cleaned.</param>
internal readonly record struct MailHandshake(SslStream? Stream, TlsFacts? Facts, SmtpFailure Cause, string? Failure)
{
    /// <summary>Time, or a connection that was dropped: says nothing lasting about the server.</summary>
    public bool IsTransient => Cause is SmtpFailure.TimedOut or SmtpFailure.Closed;

    /// <summary>Shakes hands within a time. Throws only when <paramref name="caller"/> is cancelled.</summary>
    /// <param name="total">Ends the whole conversation.</param>
    public static async Task<MailHandshake> AsClientAsync(
        Stream plain, string host, CertificateInspector certificates, TimeSpan timeout, TimeProvider time, CancellationToken total, CancellationToken caller)
    {
        using var patience = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, total);
        try
        {
            var tls = await TlsHandshake.AsClientAsync(plain, host, certificates, both.Token).ConfigureAwait(false);
            return tls.Stream is not null
                ? new MailHandshake(tls.Stream, tls.Facts, SmtpFailure.None, null)
                : new MailHandshake(null, null, tls.WasDropped ? SmtpFailure.Closed : SmtpFailure.Tls, ConversationLog.Clean(tls.Failure ?? ""));
        }
        catch (OperationCanceledException)
        {
            caller.ThrowIfCancellationRequested();
            return new MailHandshake(null, null, SmtpFailure.TimedOut, "the handshake did not end in time");
        }
    }
}
