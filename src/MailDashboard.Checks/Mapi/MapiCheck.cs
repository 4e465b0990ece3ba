using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;

namespace MailDashboard.Checks.Mapi;

/// <summary>Whether Outlook finds Exchange and may log in: Autodiscover and MAPI over HTTP, from outside and without an account.</summary>
public sealed class MapiCheck : CheckFamily<MapiObservation>
{
    private const string Path = "/mapi/emsmdb/";

    /// <inheritdoc/>
    public override FamilyDescriptor Descriptor { get; } = new(
        "mapi",
        "MAP",
        FamilyKind.Connection,
        MapiFindings.All,
        new("MailDashboard.Checks.Mapi.MapiTexts", typeof(MapiCheck).Assembly));

    /// <inheritdoc/>
    public override async Task<MapiObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var roles = await context.RolesAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var mx = await context.Dns.QueryAsync(context.Domain, DnsRecordType.MX, cancellationToken).ConfigureAwait(false);
        var isSaidMissing = await context.IsSaidMissingAsync(cancellationToken).ConfigureAwait(false);
        var trace = roles.IsParked || isSaidMissing ? null : await context.AutodiscoverAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return new MapiObservation(context.Domain, roles, context.Time.GetUtcNow(), mx, trace)
        {
            IsSaidMissing = isSaidMissing,
            Endpoint = trace?.Answering is { } answering ? await EndpointAsync(context, answering, cancellationToken).ConfigureAwait(false) : null,
        };
    }

    /// <inheritdoc/>
    public override CheckOutcome Analyze(MapiObservation observation) => MapiAnalyzer.Analyze(observation);

    /// <summary>Where a document that is not Exchange's answered there is none, and Microsoft's own is not the domain's.</summary>
    private static async Task<MapiEndpoint?> EndpointAsync(AuditContext context, AutodiscoverStep answering, CancellationToken cancellationToken)
    {
        var uri = answering.Reply.MapiUrl ?? new Uri($"https://{answering.Fetch.Uri.Authority}{Path}");
        if (ExchangeOnline.Has(uri.IdnHost) || (answering.Reply.Kind != AutodiscoverReplyKind.Login && !answering.Reply.ShowsExchange))
        {
            return null;
        }

        var request = new HttpRequest(uri) { Method = "POST", Body = "", BodyType = "application/mapi-http", Headers = [("X-RequestType", "PING")] };
        return new MapiEndpoint(uri, answering.Reply.MapiUrl is not null, await context.FetchAsync(request, cancellationToken).ConfigureAwait(false));
    }
}
