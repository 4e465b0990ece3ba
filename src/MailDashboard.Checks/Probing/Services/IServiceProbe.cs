using System.Net;
using MailDashboard.Checks.ClientAccess;

namespace MailDashboard.Checks.Probing.Services;

/// <summary>A port that mail programs connect to.</summary>
/// <param name="Protocol">What is spoken there.</param>
/// <param name="Host">The name that the certificate must match, and the SNI sent.</param>
/// <param name="Address">Where to connect.</param>
/// <param name="Port">TCP port.</param>
/// <param name="ImplicitTls">TLS from the first octet (RFC 8314 §3); else STARTTLS or STLS.</param>
public sealed record ServiceTarget(ClientProtocol Protocol, string Host, IPAddress Address, int Port, bool ImplicitTls);

/// <summary>
/// Talks to a port as a mail program does until it would log in: greeting, capabilities, TLS, capabilities once more. No name and no
/// password is ever sent.
/// </summary>
public interface IServiceProbe
{
    /// <summary>Probes one port. Failure is data; throws only when cancelled by the caller.</summary>
    Task<ServiceObservation> ProbeAsync(ServiceTarget target, CancellationToken cancellationToken);
}
