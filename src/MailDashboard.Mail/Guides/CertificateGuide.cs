using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Guides;

/// <summary>What fetches certificates from Let's Encrypt.</summary>
public enum CertificateClient
{
    /// <summary>https://certbot.eff.org</summary>
    Certbot,

    /// <summary>https://acme.sh</summary>
    AcmeSh,

    /// <summary>https://go-acme.github.io/lego</summary>
    Lego,

    /// <summary>https://www.win-acme.com</summary>
    WinAcme,
}

/// <summary>The commands that give a mail server a certificate from Let's Encrypt, and keep it renewed.</summary>
public static class CertificateGuide
{
    /// <summary>What fetches certificates where a server runs.</summary>
    public static IReadOnlyList<CertificateClient> ClientsFor(MailServer server) =>
        server == MailServer.Exchange ? [CertificateClient.WinAcme] : [CertificateClient.Certbot, CertificateClient.AcmeSh, CertificateClient.Lego];

    /// <summary>Commands and lines for one host.</summary>
    /// <param name="client">What fetches; one of <see cref="ClientsFor"/>.</param>
    /// <param name="server">What uses it.</param>
    /// <param name="host">The name by which clients reach the server.</param>
    /// <exception cref="ArgumentException">No host name, or the client does not run there.</exception>
    public static Guide For(CertificateClient client, MailServer server, string host)
    {
        var name = DnsNames.Normalize(host);
        if (!Guide.IsHost(name))
        {
            throw new ArgumentException("not a host name", nameof(host));
        }

        if (!ClientsFor(server).Contains(client))
        {
            throw new ArgumentException($"{client} does not run with {server}", nameof(client));
        }

        if (server == MailServer.Exchange)
        {
            return new([new("Certificate.WinAcme", WinAcme(name)), new("Certificate.Exchange.Verify", "Get-ExchangeCertificate | Format-List Subject,NotAfter,Services")]);
        }

        var (chain, key) = Files(client, name);
        var (lines, file) = Lines(server, chain, key);
        var steps = new List<GuideStep> { new($"Certificate.{client}", Fetch(client, server, name)) };
        if (server == MailServer.Exim && client == CertificateClient.Certbot)
        {
            steps.Add(new("Certificate.Exim.Readable", EximHook(name), "/etc/letsencrypt/renewal-hooks/deploy/exim"));
        }

        steps.Add(new($"Certificate.{server}", lines, file));
        steps.Add(new("Certificate.Reload", Reload(server)));
        return new([.. steps]);
    }

    private static string Fetch(CertificateClient client, MailServer server, string host) => client switch
    {
        CertificateClient.Certbot => $"certbot certonly --standalone -d {host} --deploy-hook \"{Reload(server)}\"",
        CertificateClient.AcmeSh => $"""
            acme.sh --issue --server letsencrypt --standalone -d {host}
            mkdir -p /etc/ssl/mail
            acme.sh --install-cert -d {host} --key-file /etc/ssl/mail/{host}.key --fullchain-file /etc/ssl/mail/{host}.pem --reloadcmd "{Reload(server)}"
            """,
        _ => $"""
            lego --path /etc/lego --accept-tos --email postmaster@{host} --domains {host} --http run
            # every night, by cron or a systemd timer:
            lego --path /etc/lego --email postmaster@{host} --domains {host} --http renew --renew-hook "{Reload(server)}"
            """,
    };

    private static (string Chain, string Key) Files(CertificateClient client, string host) => client switch
    {
        CertificateClient.Certbot => ($"/etc/letsencrypt/live/{host}/fullchain.pem", $"/etc/letsencrypt/live/{host}/privkey.pem"),
        CertificateClient.AcmeSh => ($"/etc/ssl/mail/{host}.pem", $"/etc/ssl/mail/{host}.key"),
        _ => ($"/etc/lego/certificates/{host}.crt", $"/etc/lego/certificates/{host}.key"),
    };

    private static (string Lines, string? File) Lines(MailServer server, string chain, string key) => server switch
    {
        MailServer.Postfix => ($"""
            postconf -e 'smtpd_tls_chain_files = {key}, {chain}'
            postconf -e 'smtpd_tls_security_level = may'
            postconf -e 'smtp_tls_security_level = may'
            """, null),
        MailServer.Dovecot => ($"""
            # Dovecot 2.3
            ssl = required
            ssl_cert = <{chain}
            ssl_key = <{key}
            # Dovecot 2.4
            #ssl = required
            #ssl_server_cert_file = {chain}
            #ssl_server_key_file = {key}
            """, "/etc/dovecot/conf.d/10-ssl.conf"),
        _ => ($"""
            tls_advertise_hosts = *
            tls_certificate = {EximFile(chain, "fullchain.pem")}
            tls_privatekey = {EximFile(key, "privkey.pem")}
            """, "/etc/exim4/conf.d/main/00_local_tls"),
    };

    /// <summary>Exim reads the key as its own user, which may not look into certbot's folder.</summary>
    private static string EximHook(string host) => $"""
        #!/bin/sh
        install -o root -g Debian-exim -m 640 /etc/letsencrypt/live/{host}/fullchain.pem /etc/exim4/fullchain.pem
        install -o root -g Debian-exim -m 640 /etc/letsencrypt/live/{host}/privkey.pem /etc/exim4/privkey.pem
        """;

    private static string EximFile(string file, string name) =>
        file.StartsWith("/etc/letsencrypt/", StringComparison.Ordinal) ? $"/etc/exim4/{name}" : file;

    private static string Reload(MailServer server) => server switch
    {
        MailServer.Postfix => "systemctl reload postfix",
        MailServer.Dovecot => "systemctl reload dovecot",
        _ => "systemctl reload exim4",
    };

    private static string WinAcme(string host) =>
        $$"""
        wacs.exe --source manual --host {{host}} --certificatestore My --installation script --script "Scripts\ImportExchange.v2.ps1" --scriptparameters "'{CertThumbprint}' 'IIS,SMTP,IMAP,POP' 1 '{CacheFile}' '{CachePassword}' '{CertFriendlyName}'"
        """;
}
