using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Mapi;

/// <summary>What is wrong with an answer.</summary>
/// <param name="Definition">What to say of it.</param>
/// <param name="Subject">Of which host.</param>
/// <param name="Evidence">What was seen.</param>
internal sealed record MapiFault(FindingDefinition Definition, Subject Subject, ImmutableArray<Evidence> Evidence)
{
    /// <summary>The fault of a place that should answer for Autodiscover and does not.</summary>
    public static MapiFault Of(AutodiscoverStep step, DateTimeOffset at)
    {
        var fetch = step.Fetch;
        return Of(step.Asked, fetch, at) ?? fetch switch
        {
            { End: HttpEnd.TooManyRedirects } => Make(IsPlain(fetch) ? MapiFindings.RedirectsToPlain : MapiFindings.TooManyRedirects, step.Asked, fetch, Location(fetch)),
            { Status: 401 } => Make(MapiFindings.NoWayToLogIn, step.Asked, fetch, Challenges(step.Reply)),
            { Status: 200 } or { End: HttpEnd.TooLarge } => Make(MapiFindings.OtherAnswer, step.Asked, fetch, Said(fetch)),
            _ => Make(MapiFindings.BadStatus, step.Asked, fetch, Status(fetch)),
        };
    }

    /// <summary>The fault of a connection; null where there was an answer.</summary>
    public static MapiFault? Of(Uri asked, HttpObservation fetch, DateTimeOffset at) => fetch.End switch
    {
        HttpEnd.NoAddress => Make(MapiFindings.Nowhere, asked, fetch, new Evidence("target", fetch.Uri.IdnHost), new Evidence("answer", fetch.Failure ?? "")),
        HttpEnd.Refused => Make(MapiFindings.Refuses, asked, fetch, new Evidence("port", fetch.Uri.Port.ToString(CultureInfo.InvariantCulture))),
        HttpEnd.Tls => Certificate(asked, fetch, at),
        _ => null,
    };

    public static MapiFault Make(FindingDefinition definition, Uri asked, HttpObservation fetch, params Evidence[] evidence) =>
        new(definition, Subject.Host(fetch.Uri.IdnHost), [Asked(asked, fetch), .. evidence]);

    public static Evidence Asked(Uri asked, HttpObservation fetch) => new("asked", Text(asked), fetch.Address?.ToString());

    /// <summary>Part of it may come from a redirect.</summary>
    public static string Text(Uri uri) => ConversationLog.Clean(uri.AbsoluteUri);

    public static Evidence Status(HttpObservation fetch) => new("status", fetch.Status.ToString(CultureInfo.InvariantCulture));

    /// <summary>What came instead: status and media type, where a redirect leads, or that it has no end.</summary>
    public static Evidence Said(HttpObservation fetch)
    {
        var status = string.Create(CultureInfo.InvariantCulture, $"HTTP {fetch.Status}");
        return new Evidence("said", ConversationLog.Clean(
            fetch.Location is { } location ? $"{status} → {location}"
            : fetch.End == HttpEnd.TooLarge ? $"{status}, {fetch.Failure}"
            : $"{status}, {(fetch.MediaType.Length == 0 ? "-" : fetch.MediaType)}"));
    }

    public static Evidence Challenges(AutodiscoverReply reply) => new("challenges", reply.Challenges.IsEmpty ? "-" : string.Join(", ", reply.Challenges));

    private static Evidence Location(HttpObservation fetch) => new("location", ConversationLog.Clean(fetch.Location ?? ""));

    private static bool IsPlain(HttpObservation fetch) => !Uri.TryCreate(fetch.Uri, fetch.Location, out var next) || next.Scheme != Uri.UriSchemeHttps;

    private static MapiFault Certificate(Uri asked, HttpObservation fetch, DateTimeOffset at)
    {
        if (fetch.Tls?.Certificate is not { } certificate)
        {
            return Make(MapiFindings.HandshakeFails, asked, fetch, new Evidence("said", ConversationLog.Clean(fetch.Failure ?? "")));
        }

        var issuer = new Evidence("issuer", ConversationLog.Clean(certificate.Issuer));
        if (at >= certificate.NotAfter || at < certificate.NotBefore)
        {
            return Make(MapiFindings.CertificateExpired, asked, fetch, new Evidence("notAfter", certificate.NotAfter.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)), issuer);
        }

        return certificate.ChainStatus.IsEmpty
            ? Make(MapiFindings.CertificateName, asked, fetch, new Evidence("names", string.Join(", ", certificate.Names.Take(50))))
            : Make(MapiFindings.CertificateUntrusted, asked, fetch, new Evidence("chain", string.Join(", ", certificate.ChainStatus)), issuer);
    }
}
