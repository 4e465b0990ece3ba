namespace MailDashboard.Mail.Guides;

/// <summary>The settings by which a server writes what became of each message.</summary>
public static class LoggingGuide
{
    /// <summary>Lines for a server.</summary>
    /// <exception cref="ArgumentException">A server that does not send.</exception>
    public static Guide For(MailServer server) => server switch
    {
        MailServer.Postfix => new([
            new("Logging.Postfix", """
                postconf -e 'smtp_tls_loglevel = 1' 'smtpd_tls_loglevel = 1'
                systemctl reload postfix
                """),
            new("Logging.Postfix.Show", "journalctl -u 'postfix*' --since today | grep 'status='   # or: grep 'status=' /var/log/mail.log"),
        ]),
        MailServer.Exim => new([
            new("Logging.Exim", "log_selector = +tls_cipher +tls_peerdn +smtp_confirmation +deliver_time +received_recipients", "/etc/exim4/conf.d/main/00_local_logging"),
            new("Logging.Exim.Show", "update-exim4.conf && systemctl restart exim4 && grep ' => ' /var/log/exim4/mainlog"),
        ]),
        MailServer.Exchange => new([
            new("Logging.Exchange", """
                Get-SendConnector | Set-SendConnector -ProtocolLoggingLevel Verbose
                Get-ReceiveConnector | Set-ReceiveConnector -ProtocolLoggingLevel Verbose
                Set-TransportService $env:COMPUTERNAME -SendProtocolLogMaxAge 30.00:00:00 -ReceiveProtocolLogMaxAge 30.00:00:00 -MessageTrackingLogMaxAge 30.00:00:00
                """),
            new("Logging.Exchange.Files", @"Get-ChildItem ""$env:ExchangeInstallPath\TransportRoles\Logs\Hub\ProtocolLog\SmtpSend"" | Sort-Object LastWriteTime | Select-Object -Last 1 | Get-Content -Tail 20"),
            new("Logging.Exchange.Events", "Get-WinEvent -FilterHashtable @{LogName='Application'; ProviderName='MSExchangeTransport'; Level=1,2,3} -MaxEvents 20"),
        ]),
        _ => throw new ArgumentException("it does not send", nameof(server)),
    };
}
