using System.Net;

namespace MailDashboard.Checks.Probing.Smtp;

/// <summary>
/// Talks SMTP to one address on port 25: greeting, EHLO, STARTTLS, handshake, EHLO again, QUIT. One conversation serves
/// every family of an audit, and asks about mailboxes where that is wanted; equal targets are probed once.
/// </summary>
public interface ISmtpProbe
{
    /// <summary>Probes one address. Failure is data; throws only when cancelled by the caller.</summary>
    /// <param name="host">The MX name: what the certificate must match, and the SNI sent.</param>
    /// <param name="address">Where to connect.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<SmtpObservation> ProbeAsync(string host, IPAddress address, CancellationToken cancellationToken);

    /// <summary>Probes one address and asks about mailboxes as well; a probe that cannot leaves <see cref="SmtpObservation.Mailboxes"/> null.</summary>
    Task<SmtpObservation> ProbeAsync(SmtpProbeRequest request, CancellationToken cancellationToken) =>
        ProbeAsync(request.Host, request.Address, cancellationToken);
}
