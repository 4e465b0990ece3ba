using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>How a handshake ended.</summary>
/// <param name="Stream">The encrypted stream, the caller's to dispose; null where the handshake failed.</param>
/// <param name="Facts">What was negotiated; null where the handshake failed.</param>
/// <param name="Failure">What the TLS library said; null where it went well.</param>
/// <param name="WasDropped">The other side closed the connection without saying why.</param>
public sealed record TlsHandshakeResult(SslStream? Stream, TlsFacts? Facts, string? Failure, bool WasDropped);

/// <summary>A TLS handshake as client that goes through with any certificate, because judging it comes later.</summary>
public static class TlsHandshake
{
    /// <summary>Shakes hands. Failure is data; throws only when <paramref name="cancellationToken"/> is cancelled.</summary>
    /// <param name="plain">Where to; disposed with the result's stream, or here on failure.</param>
    /// <param name="host">SNI, and the name that the certificate must match.</param>
    public static async Task<TlsHandshakeResult> AsClientAsync(Stream plain, string host, CertificateInspector inspector, CancellationToken cancellationToken)
    {
        var sent = ImmutableArray<ReadOnlyMemory<byte>>.Empty;
        var encrypted = new SslStream(plain);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = IPAddress.TryParse(host, out _) ? "" : host,
            CertificateChainPolicy = inspector.Policy(),
            RemoteCertificateValidationCallback = (_, leaf, chain, _) =>
            {
                // Copied out here: what the callback is given is gone after it.
                var others = chain?.ChainPolicy.ExtraStore.Select(c => c.RawData) ?? [];
                sent = leaf is null ? [] : AsSent(leaf.GetRawCertData(), others);
                return true;
            },
        };
        try
        {
            await encrypted.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);

            // Read now: once the stream is disposed it says "None".
            var facts = new TlsFacts(encrypted.SslProtocol, encrypted.NegotiatedCipherSuite.ToString(), inspector.Inspect(sent, host));
            return new TlsHandshakeResult(encrypted, facts, null, WasDropped: false);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or InvalidOperationException or NotSupportedException)
        {
            await encrypted.DisposeAsync().ConfigureAwait(false);
            return new TlsHandshakeResult(null, null, Describe(e), e is IOException);
        }
        catch
        {
            await encrypted.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    internal static ImmutableArray<ReadOnlyMemory<byte>> AsSent(byte[] leaf, IEnumerable<byte[]> others) =>
        [leaf, .. others.Where(o => !o.AsSpan().SequenceEqual(leaf)).Take(CertificateInspector.ChainLimit).Select(o => (ReadOnlyMemory<byte>)o)];

    /// <summary>The innermost message; OpenSSL's codes and routine names before its last colon tell nobody anything.</summary>
    private static string Describe(Exception e)
    {
        var inner = e;
        while (inner.InnerException is not null)
        {
            inner = inner.InnerException;
        }

        var message = inner.Message;
        var colon = message.StartsWith("error:", StringComparison.Ordinal) ? message.LastIndexOf(':') : -1;
        return message[(colon + 1)..].Trim();
    }
}
