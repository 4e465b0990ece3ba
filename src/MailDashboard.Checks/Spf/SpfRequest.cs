using System.Net;

namespace MailDashboard.Checks.Spf;

/// <summary>What <c>check_host()</c> is asked (RFC 7208 §4.1).</summary>
public sealed record SpfRequest
{
    private SpfRequest(IPAddress ip, string domain, string helo, string localPart, string senderDomain)
    {
        Ip = ip;
        Domain = domain;
        Helo = helo;
        LocalPart = localPart;
        SenderDomain = senderDomain;
    }

    /// <summary>The address of the SMTP client; an IPv4-mapped IPv6 address counts as IPv4.</summary>
    public IPAddress Ip { get; }

    /// <summary>The domain whose record is looked for.</summary>
    public string Domain { get; }

    /// <summary>The name given in HELO or EHLO.</summary>
    public string Helo { get; }

    /// <summary>What stands before the @ of the sender; <c>postmaster</c> where there is nothing.</summary>
    public string LocalPart { get; }

    /// <summary>What stands behind the @ of the sender; the HELO name for the null sender.</summary>
    public string SenderDomain { get; }

    /// <summary>The name of the receiving host, for <c>%{r}</c>.</summary>
    public string Receiver { get; init; } = "unknown";

    /// <summary>Builds the question for the MAIL FROM identity, or the HELO identity for the null sender (§2.3, §2.4).</summary>
    /// <param name="ip">The client.</param>
    /// <param name="helo">Its HELO name.</param>
    /// <param name="mailFrom">The reverse-path, with or without angle brackets; empty for the null sender.</param>
    /// <param name="domain">A domain to look at instead of the sender's.</param>
    public static SpfRequest For(IPAddress ip, string helo, string mailFrom, string? domain = null)
    {
        var sender = mailFrom.Length > 1 && mailFrom[0] == '<' && mailFrom[^1] == '>' ? mailFrom[1..^1] : mailFrom;
        var at = sender.LastIndexOf('@');
        var local = at > 0 ? sender[..at] : "";
        var senderDomain = SpfNames.ToAscii(sender.Length == 0 ? helo : sender[(at + 1)..]);
        return new SpfRequest(ip, domain is null ? senderDomain : SpfNames.ToAscii(domain), helo, local.Length == 0 ? "postmaster" : local, senderDomain);
    }
}
