using System.Globalization;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Nameservers;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;

namespace MailDashboard.Checks.ClientAccess;

/// <summary>
/// Looks for Autodiscover as Outlook does outside a company network (MS-OXDISCO §3.1.5.2 to §3.1.5.4), all ways side by side.
/// Nobody's name and no password is sent: the mailbox asked about is <c>postmaster</c>.
/// </summary>
public static class AutodiscoverLookup
{
    /// <summary>Redirects that are followed on one way, as clients do.</summary>
    public const int RedirectLimit = 10;

    private const int DocumentRedirects = 2;
    private const string Path = "/autodiscover/autodiscover.xml";

    /// <summary>Looks.</summary>
    public static async Task<AutodiscoverTrace> FindAsync(AuditContext context, CancellationToken cancellationToken)
    {
        Task<DnsAnswer> Ask(string label, DnsRecordType type) => context.Dns.QueryAsync($"{label}.{context.Domain}", type, cancellationToken);

        var srv = Ask("_autodiscover._tcp", DnsRecordType.SRV);
        var a = Ask("autodiscover", DnsRecordType.A);
        var aaaa = Ask("autodiscover", DnsRecordType.AAAA);
        var improbable = Ask(NameserversCheck.Improbable, DnsRecordType.A);
        var steps = await Task.WhenAll(
            PostAsync(context, AutodiscoverWay.Domain, $"https://{context.Domain}{Path}", cancellationToken),
            PostAsync(context, AutodiscoverWay.Host, $"https://autodiscover.{context.Domain}{Path}", cancellationToken),
            RedirectAsync(context, cancellationToken),
            BySrvAsync(context, srv, cancellationToken)).ConfigureAwait(false);
        return new AutodiscoverTrace(
            await srv.ConfigureAwait(false), await a.ConfigureAwait(false), await aaaa.ConfigureAwait(false), await improbable.ConfigureAwait(false), [.. steps.OfType<AutodiscoverStep>()]);
    }

    private static async Task<AutodiscoverStep?> BySrvAsync(AuditContext context, Task<DnsAnswer> srv, CancellationToken cancellationToken) =>
        AutodiscoverTrace.Preferred(await srv.ConfigureAwait(false)) is { } record
            ? await PostAsync(context, AutodiscoverWay.Srv, string.Create(CultureInfo.InvariantCulture, $"https://{record.Target}:{record.Port}{Path}"), cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>A plain server that sends nobody anywhere is no way, and one that leads to where Outlook has been is none either.</summary>
    private static async Task<AutodiscoverStep?> RedirectAsync(AuditContext context, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate($"http://autodiscover.{context.Domain}{Path}", UriKind.Absolute, out var uri))
        {
            return null;
        }

        var plain = await context.FetchAsync(new HttpRequest(uri), cancellationToken).ConfigureAwait(false);
        if (plain.Location is not { } location)
        {
            return null;
        }

        if (!Uri.TryCreate(uri, location, out var next) || next.Scheme != Uri.UriSchemeHttps)
        {
            return new AutodiscoverStep(AutodiscoverWay.Redirect, uri, plain with { End = HttpEnd.TooManyRedirects });
        }

        var isTheSame = next.IdnHost == uri.IdnHost && next.Port == 443 && next.AbsolutePath.Equals(Path, StringComparison.OrdinalIgnoreCase);
        return isTheSame ? null : new AutodiscoverStep(AutodiscoverWay.Redirect, next, await PostAsync(context, next, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<AutodiscoverStep?> PostAsync(AuditContext context, AutodiscoverWay way, string address, CancellationToken cancellationToken) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
            ? new AutodiscoverStep(way, uri, await PostAsync(context, uri, cancellationToken).ConfigureAwait(false))
            : null;

    /// <summary>Follows the document's own redirect too (MS-OXDSCLI §3.1.5.3).</summary>
    private static async Task<HttpObservation> PostAsync(AuditContext context, Uri uri, CancellationToken cancellationToken)
    {
        var request = new HttpRequest(uri) { Method = "POST", Body = Question(context.Domain), RedirectLimit = RedirectLimit, Headers = [("X-MapiHttpCapability", "1")] };
        var fetch = await context.FetchAsync(request, cancellationToken).ConfigureAwait(false);
        for (var followed = 0; AutodiscoverReply.Read(fetch).RedirectUrl is { } url; followed++)
        {
            if (followed == DocumentRedirects || !Uri.TryCreate(url, UriKind.Absolute, out var next) || next.Scheme != Uri.UriSchemeHttps)
            {
                return fetch with { End = HttpEnd.TooManyRedirects, Location = url };
            }

            fetch = await context.FetchAsync(request with { Uri = next }, cancellationToken).ConfigureAwait(false);
        }

        return fetch;
    }

    private static string Question(string domain) => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request><EMailAddress>postmaster@{domain}</EMailAddress><AcceptableResponseSchema>http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a</AcceptableResponseSchema></Request></Autodiscover>
        """;
}
