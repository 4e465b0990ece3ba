using MailDashboard.Checks.Probing.Http;

namespace MailDashboard.Checks.Auditing;

/// <summary>Fetches of an audit.</summary>
public static class AuditFetches
{
    /// <summary>Fetches, with names resolved by the audit's DNS, and keeps what was said for its transcript.</summary>
    public static async Task<HttpObservation> FetchAsync(this AuditContext context, HttpRequest request, CancellationToken cancellationToken)
    {
        var seen = await context.Hosts.Http.FetchAsync(request, context.Dns, cancellationToken).ConfigureAwait(false);
        foreach (var conversation in seen.Conversations)
        {
            context.Keep(conversation);
        }

        return seen;
    }
}
