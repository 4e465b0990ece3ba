using System.Collections.Immutable;

namespace MailDashboard.Checks.Mapi;

/// <summary>Everything the family can say.</summary>
public static class MapiFindings
{
    private const string Locations = "MS-OXDISCO §3.1.5";
    private const string Responses = "MS-OXDSCLI §3.1.5";
    private const string Certificates = "RFC 9110 §4.3.4";
    private const string Challenges = "RFC 9110 §11.6.1";

    /// <summary>Mail is at Exchange Online, and nothing tells Outlook.</summary>
    public static readonly FindingDefinition NotPublished = new("MAP001", Severity.Notice, Locations);

    /// <summary>A record or a redirect leads to a name without address.</summary>
    public static readonly FindingDefinition Nowhere = new("MAP002", Severity.Warning, "RFC 2782");

    /// <summary>Nothing listens on the port.</summary>
    public static readonly FindingDefinition Refuses = new("MAP003", Severity.Warning, "MS-OXDSCLI §3.1.5.1");

    /// <summary>Another status than 200 or 401.</summary>
    public static readonly FindingDefinition BadStatus = new("MAP004", Severity.Warning, "MS-OXDSCLI §3.1.5.1");

    /// <summary>A redirect to something that is not https.</summary>
    public static readonly FindingDefinition RedirectsToPlain = new("MAP005", Severity.Warning, "MS-OXDISCO §3.1.5.4");

    /// <summary>More redirects than a client follows.</summary>
    public static readonly FindingDefinition TooManyRedirects = new("MAP006", Severity.Warning, "MS-OXDSCLI §3.1.5.2");

    /// <summary>The certificate is over, or not valid yet.</summary>
    public static readonly FindingDefinition CertificateExpired = new("MAP007", Severity.Warning, Certificates);

    /// <summary>The certificate is for other names.</summary>
    public static readonly FindingDefinition CertificateName = new("MAP008", Severity.Warning, Certificates);

    /// <summary>The certificate leads to no trusted authority.</summary>
    public static readonly FindingDefinition CertificateUntrusted = new("MAP009", Severity.Warning, Certificates);

    /// <summary>The handshake fails.</summary>
    public static readonly FindingDefinition HandshakeFails = new("MAP010", Severity.Warning, Certificates);

    /// <summary>An answer that is no Autodiscover.</summary>
    public static readonly FindingDefinition OtherAnswer = new("MAP011", Severity.Warning, Responses);

    /// <summary>Status 401 that offers no way that Outlook knows.</summary>
    public static readonly FindingDefinition NoWayToLogIn = new("MAP012", Severity.Warning, "RFC 9110 §15.5.2");

    /// <summary>A password is the only way to log in.</summary>
    public static readonly FindingDefinition BasicOnly = new("MAP013", Severity.Warning, Challenges);

    /// <summary>A password is one of the ways to log in.</summary>
    public static readonly FindingDefinition BasicOffered = new("MAP014", Severity.Notice, Challenges);

    /// <summary>Exchange's settings or MAPI itself for somebody who did not log in; of MAPI it is an error.</summary>
    public static readonly FindingDefinition Open = new("MAP015", Severity.Warning, Challenges);

    /// <summary>No MAPI over HTTP where it should be.</summary>
    public static readonly FindingDefinition NoEndpoint = new("MAP016", Severity.Warning, "MS-OXCMAPIHTTP §2.2.6");

    /// <summary>Something else where MAPI over HTTP should be.</summary>
    public static readonly FindingDefinition OtherEndpoint = new("MAP017", Severity.Warning, "MS-OXCMAPIHTTP §2.2.6");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingDefinition> All { get; } =
    [
        NotPublished, Nowhere, Refuses, BadStatus, RedirectsToPlain, TooManyRedirects, CertificateExpired, CertificateName, CertificateUntrusted, HandshakeFails,
        OtherAnswer, NoWayToLogIn, BasicOnly, BasicOffered, Open, NoEndpoint, OtherEndpoint,
    ];
}
