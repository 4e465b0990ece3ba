using MailKit.Security;

namespace MailDashboard.Mail.Connecting;

/// <summary>How a connection to a mail server is encrypted.</summary>
public enum ServerSecurity
{
    /// <summary>TLS from the first byte (RFC 8314 §3).</summary>
    ImplicitTls,

    /// <summary>STARTTLS (STLS for POP3), required (RFC 3207, RFC 2595).</summary>
    StartTls,

    /// <summary>No encryption.</summary>
    None,
}

internal static class ServerSecurities
{
    public static SecureSocketOptions Options(this ServerSecurity security) => security switch
    {
        ServerSecurity.ImplicitTls => SecureSocketOptions.SslOnConnect,
        ServerSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };
}
