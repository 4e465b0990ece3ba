using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;

namespace MailDashboard.Checks.Mapi;

/// <summary>The endpoint of MAPI over HTTP, asked with <c>PING</c> (MS-OXCMAPIHTTP §2.2.6).</summary>
/// <param name="Asked">Its address.</param>
/// <param name="IsNamed">Autodiscover said so; else it is looked for where Autodiscover is.</param>
/// <param name="Fetch">What came.</param>
public sealed record MapiEndpoint(Uri Asked, bool IsNamed, HttpObservation Fetch)
{
    /// <summary>What came, read.</summary>
    public AutodiscoverReply Reply { get; } = AutodiscoverReply.Read(Fetch);

    /// <summary>It speaks MAPI, and to somebody who did not log in.</summary>
    public bool IsOpen => Fetch is { End: HttpEnd.Answered or HttpEnd.TooLarge, Status: 200 } && (Fetch.MediaType == "application/mapi-http" || Fetch.Header("x-responsecode") is not null);

    /// <summary>It looks like one.</summary>
    public bool IsMapi => IsOpen || Reply.Kind == AutodiscoverReplyKind.Login;
}

/// <summary>All that was seen of a domain's way for Outlook.</summary>
/// <param name="Domain">The audited domain.</param>
/// <param name="Roles">Its mail roles.</param>
/// <param name="At">When it was looked at.</param>
/// <param name="Mx">Where its mail goes.</param>
/// <param name="Trace">The way to Autodiscover; null where it was not looked for.</param>
public sealed record MapiObservation(string Domain, MailRoles Roles, DateTimeOffset At, DnsAnswer Mx, AutodiscoverTrace? Trace)
{
    /// <summary>The endpoint; null where nothing leads to one of the domain's own.</summary>
    public MapiEndpoint? Endpoint { get; init; }

    /// <summary>The domain does not exist, which Mx says.</summary>
    public bool IsSaidMissing { get; init; }

    /// <summary>Mail goes to Exchange Online, or <c>autodiscover.DOMAIN</c> is an alias into it.</summary>
    public bool IsExchangeOnline => Mx.Exchanges.Any(m => ExchangeOnline.Has(m.Exchange)) || Trace?.Aliases.Any(ExchangeOnline.Has) == true;
}
