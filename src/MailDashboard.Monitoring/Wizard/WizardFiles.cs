using System.Text;
using MailDashboard.Checks.MtaSts;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Mail.Publishing;

namespace MailDashboard.Monitoring.Wizard;

/// <summary>How a file that is to be served stands.</summary>
public enum FileState
{
    /// <summary>It is served, and says what is planned.</summary>
    Seen,

    /// <summary>Another one is served.</summary>
    Other,

    /// <summary>Its name has no address yet.</summary>
    NoAddress,

    /// <summary>No web server answers there.</summary>
    NoServer,

    /// <summary>The certificate does not prove the name.</summary>
    BadCertificate,

    /// <summary>The web server has no such file, or leads elsewhere.</summary>
    Missing,

    /// <summary>It is not served as plain text.</summary>
    BadType,

    /// <summary>Nothing lasting is known: DNS or the network failed, or the address may not be asked.</summary>
    CouldNotAsk,
}

/// <summary>A look at one planned file.</summary>
/// <param name="File">The file.</param>
/// <param name="State">How it stands.</param>
public sealed record FileSight(PlannedFile File, FileState State);

/// <summary>Fetches policy files the way senders do: by HTTPS, with a certificate that proves the name, no redirect followed (RFC 8461 §3.3).</summary>
public static class WizardFiles
{
    internal static Task<HttpObservation> FetchAsync(IHttpProbe http, IDnsResolver dns, Uri address, CancellationToken cancellationToken) =>
        http.FetchAsync(new HttpRequest(address), new FreshResolver(dns), cancellationToken);

    /// <summary>What was served; null where nothing was. Hostile text.</summary>
    public static string? Text(HttpObservation fetch) => fetch is { End: HttpEnd.Answered, Status: 200 } ? Encoding.UTF8.GetString(fetch.Body.Span) : null;

    /// <summary>Compares what was served with what is planned. Pure: line ends and the order of lines say nothing.</summary>
    public static FileState Judge(PlannedFile file, HttpObservation fetch) => fetch.End switch
    {
        HttpEnd.NoAddress => FileState.NoAddress,
        HttpEnd.Refused => FileState.NoServer,
        HttpEnd.Tls => FileState.BadCertificate,
        _ when fetch.IsTransient => FileState.CouldNotAsk,
        _ when Text(fetch) is { } text => fetch.MediaType != "text/plain" ? FileState.BadType
            : SaysTheSame(MtaStsPolicy.Parse(text), MtaStsPolicy.Parse(file.Text)) ? FileState.Seen : FileState.Other,
        _ => FileState.Missing,
    };

    private static bool SaysTheSame(MtaStsPolicy served, MtaStsPolicy planned) =>
        served.IsValid && served.Mode == planned.Mode && served.MaxAge == planned.MaxAge && served.Mx.ToHashSet().SetEquals(planned.Mx);

    /// <summary>Past our own cache: what was published a moment ago is to be found.</summary>
    private sealed class FreshResolver(IDnsResolver dns) : IDnsResolver
    {
        public Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, DnsOptions options, CancellationToken cancellationToken) =>
            dns.QueryAsync(name, type, options | DnsOptions.Fresh, cancellationToken);
    }
}
