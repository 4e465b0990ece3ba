using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Probing.Http;

/// <summary>Fetches from a web server: to addresses that DNS gave and the guard passed, at redirects too.</summary>
public interface IHttpProbe
{
    /// <summary>Fetches. Failure is data; throws only when cancelled by the caller.</summary>
    /// <param name="request">What to fetch.</param>
    /// <param name="dns">Resolves the host: an audit's, so that the questions are in its transcript.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<HttpObservation> FetchAsync(HttpRequest request, IDnsResolver dns, CancellationToken cancellationToken);
}
