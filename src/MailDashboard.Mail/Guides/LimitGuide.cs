using System.Globalization;

namespace MailDashboard.Mail.Guides;

/// <summary>The settings by which an own server keeps to a limit.</summary>
public static class LimitGuide
{
    /// <summary>Lines for a server.</summary>
    /// <param name="server">Postfix, Exim or Exchange.</param>
    /// <param name="perMinute">Messages a minute, at least 1.</param>
    /// <param name="perDay">Messages a day, at least 1; Postfix cannot count days, and gets the pace that amounts to no more.</param>
    /// <exception cref="ArgumentException">A server that does not send.</exception>
    public static Guide For(MailServer server, int perMinute, int perDay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perMinute, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(perDay, 1);
        return server switch
        {
            MailServer.Postfix => new([new("Limits.Postfix", Postfix(perMinute, perDay)), new("Limits.Postfix.Slow", Slow)]),
            MailServer.Exim => new([new("Limits.Exim", Exim(perMinute, perDay), "acl_check_rcpt")]),
            MailServer.Exchange => new([new("Limits.Exchange", Exchange(perMinute))]),
            _ => throw new ArgumentException("it does not send", nameof(server)),
        };
    }

    /// <summary>Seconds between two messages to one destination: the slower of both limits, rounded up.</summary>
    internal static int Pause(int perMinute, int perDay) =>
        (int)Math.Max(Math.Ceiling(60.0 / perMinute), Math.Ceiling(86_400.0 / perDay));

    private static string Postfix(int perMinute, int perDay) => string.Create(CultureInfo.InvariantCulture, $"""
        postconf -e 'default_destination_rate_delay = {Pause(perMinute, perDay)}s'
        postconf -e 'default_destination_concurrency_limit = 2'
        systemctl reload postfix
        """);

    /// <summary>Providers that take few connections get a transport of their own.</summary>
    private const string Slow = """
        postconf -M 'slow/unix=slow unix - - y - - smtp'
        postconf -e 'slow_destination_concurrency_limit = 2' 'slow_destination_rate_delay = 1s'
        postconf -e 'transport_maps = hash:/etc/postfix/transport'
        printf 'orange.fr slow:\nwanadoo.fr slow:\nlaposte.net slow:\n' >> /etc/postfix/transport
        postmap /etc/postfix/transport && systemctl reload postfix
        """;

    private static string Exim(int perMinute, int perDay) => string.Create(CultureInfo.InvariantCulture, $"""
        defer
          message   = sending limit reached, try again later
          ratelimit = {perMinute} / 1m / strict / per_rcpt / out-minute
        defer
          message   = sending limit of the day reached, try again tomorrow
          ratelimit = {perDay} / 1d / strict / per_rcpt / out-day
        """);

    private static string Exchange(int perMinute) => string.Create(CultureInfo.InvariantCulture, $"""
        New-ThrottlingPolicy -Name "Sending limit" -ThrottlingPolicyScope Regular -MessageRateLimit {perMinute}
        Get-Mailbox -ResultSize Unlimited | Set-ThrottlingPolicyAssociation -ThrottlingPolicy "Sending limit"
        Get-ReceiveConnector | Where-Object PermissionGroups -match "ExchangeUsers" | Set-ReceiveConnector -MessageRateLimit {perMinute} -MessageRateSource User
        """);
}
