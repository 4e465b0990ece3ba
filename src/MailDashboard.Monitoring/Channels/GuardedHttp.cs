using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Monitoring.Settings;

namespace MailDashboard.Monitoring.Channels;

/// <summary>
/// Requests to addresses that somebody typed into a page: only to what DNS gives and the guard passes now, whatever it passed before. In
/// clear only to networks that an administrator allows.
/// </summary>
public sealed class GuardedHttp(SettingsStore settings, IDnsResolver dns, CertificateInspector certificates, TimeProvider time)
{
    /// <summary>Makes one request. Throws only when cancelled by the caller.</summary>
    public async Task<HttpObservation> FetchAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var networks = (await settings.GetAsync(cancellationToken)).AllowedNetworks;
        var guard = request.Uri.Scheme == Uri.UriSchemeHttps ? new AddressGuard(networks) : AddressGuard.Only(networks);
        return await new HttpProbe(new TcpConnector(guard, TcpConnector.DefaultTimeout, time), certificates, time).FetchAsync(request, dns, cancellationToken);
    }
}
