using System.Globalization;

namespace MailDashboard.Mail.Guides;

/// <summary>
/// The settings by which an own server keeps to limits, as far as it can: Postfix counts no days, Exchange no total. Each step says what it
/// bounds and what it does not.
/// </summary>
public static class LimitGuide
{
    /// <summary>Lines for a server.</summary>
    /// <param name="server">Postfix, Exim or Exchange.</param>
    /// <param name="perMinute">Messages a minute, at least 1.</param>
    /// <param name="perDay">Messages a day, at least 1; Postfix counts no days.</param>
    /// <exception cref="ArgumentException">A server that does not send.</exception>
    public static Guide For(MailServer server, int perMinute, int perDay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perMinute, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(perDay, 1);
        return server switch
        {
            MailServer.Postfix => new([new("Limits.Postfix", Total(perMinute)), new("Limits.Postfix.Clients", Clients(perMinute)), new("Limits.Postfix.Slow", Slow)]),
            MailServer.Exim => new([new("Limits.Exim", Exim(perMinute, perDay), "acl_check_rcpt")]),
            MailServer.Exchange => new([new("Limits.Exchange", Mailboxes(perMinute, perDay)), new("Limits.Exchange.Clients", Connectors(perMinute))]),
            _ => throw new ArgumentException("it does not send", nameof(server)),
        };
    }

    /// <summary>Seconds between two deliveries, rounded up: Postfix knows whole ones.</summary>
    internal static int Pause(int perMinute) => (int)Math.Ceiling(60.0 / perMinute);

    private static string Total(int perMinute) => string.Create(CultureInfo.InvariantCulture, $"""
        postconf -e 'smtp_transport_rate_delay = {Pause(perMinute)}s'
        systemctl reload postfix
        """);

    /// <summary>For port 587 alone: on port 25 it would refuse the world's mail. Addresses in mynetworks are counted too.</summary>
    private static string Clients(int perMinute) => string.Create(CultureInfo.InvariantCulture, $"""
        postconf -e 'anvil_rate_time_unit = 60s'
        postconf -P 'submission/inet/smtpd_client_message_rate_limit={perMinute}'
        postconf -P 'submission/inet/smtpd_client_event_limit_exceptions='
        systemctl reload postfix
        """);

    /// <summary>
    /// Providers that take few connections get a transport of their own. A pause leaves one connection at a time; one that fails must not
    /// put off everything for the provider.
    /// </summary>
    private const string Slow = """
        postconf -M 'slow/unix=slow unix - - y - - smtp'
        postconf -e 'slow_destination_rate_delay = 1s' 'slow_destination_concurrency_failed_cohort_limit = 10'
        postconf -e 'transport_maps = hash:/etc/postfix/transport'
        printf 'orange.fr slow:\nwanadoo.fr slow:\nlaposte.net slow:\n' >> /etc/postfix/transport
        postmap /etc/postfix/transport && systemctl reload postfix
        """;

    /// <summary>One key for all clients, so that it counts the whole; mail that comes in for this server's own domains is let past.</summary>
    private static string Exim(int perMinute, int perDay) => string.Create(CultureInfo.InvariantCulture, $"""
        defer
          !domains  = +local_domains : +relay_to_domains
          message   = sending limit reached, try again later
          ratelimit = {perMinute} / 1m / leaky / per_rcpt / out-minute
        defer
          !domains  = +local_domains : +relay_to_domains
          message   = sending limit of the day reached, try again tomorrow
          ratelimit = {perDay} / 1d / leaky / per_rcpt / out-day
        """);

    private static string Mailboxes(int perMinute, int perDay) => string.Create(CultureInfo.InvariantCulture, $"""
        New-ThrottlingPolicy -Name "Sending limit" -ThrottlingPolicyScope Regular -MessageRateLimit {perMinute} -RecipientRateLimit {perDay}
        Get-Mailbox -ResultSize Unlimited | Set-ThrottlingPolicyAssociation -ThrottlingPolicy "Sending limit"
        """);

    private static string Connectors(int perMinute) => string.Create(CultureInfo.InvariantCulture, $"""
        Get-ReceiveConnector | Where-Object PermissionGroups -match "ExchangeUsers" | Set-ReceiveConnector -MessageRateLimit {perMinute} -MessageRateSource User
        """);
}
