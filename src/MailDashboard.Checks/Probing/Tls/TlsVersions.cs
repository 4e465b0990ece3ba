using System.Security.Authentication;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>Names of the TLS versions, the deprecated ones (RFC 8996) included: we never speak them, but we name them.</summary>
public static class TlsVersions
{
#pragma warning disable SYSLIB0039, CA5397 // Named in order to warn about them.
    /// <summary>TLS 1.0.</summary>
    public static SslProtocols Tls10 => SslProtocols.Tls;

    /// <summary>TLS 1.1.</summary>
    public static SslProtocols Tls11 => SslProtocols.Tls11;
#pragma warning restore SYSLIB0039, CA5397

    /// <summary>Whether a version is below TLS 1.2, the least that RFC 9325 §3.1.1 allows.</summary>
    public static bool IsOld(SslProtocols version) => version != SslProtocols.None && version < SslProtocols.Tls12;

    /// <summary>As people write it: <c>TLS 1.2</c>.</summary>
    public static string Name(SslProtocols version) => version switch
    {
        _ when version == Tls10 => "TLS 1.0",
        _ when version == Tls11 => "TLS 1.1",
        SslProtocols.Tls12 => "TLS 1.2",
        SslProtocols.Tls13 => "TLS 1.3",
        _ => version.ToString(),
    };
}
