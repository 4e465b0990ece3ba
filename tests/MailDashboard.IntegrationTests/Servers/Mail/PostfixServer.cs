using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailDashboard.IntegrationTests.Servers.Mail;

/// <summary>Postfix as a mail exchanger or as somebody's mailbox; what it takes lies in one Maildir.</summary>
public sealed class PostfixServer : IAsyncDisposable
{
    private readonly ServerFolder folder = new("postfix");
    private PostfixSettings settings;
    private ServerProcess? process;
    private SaslAuthority? authority;

    private PostfixServer(PostfixSettings settings)
    {
        this.settings = settings;
        EndPoint = settings.EndPoint ?? LoopbackPorts.Free();
        Mailbox = new Maildir(folder["mail/inbox"]);
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Everything it accepted, for whomever.</summary>
    public Maildir Mailbox { get; }

    public string Output => process?.Output ?? "";

    /// <summary>The folder of its configuration, for <c>postconf -c</c>.</summary>
    public string Configuration => folder["etc"];

    public static async Task<PostfixServer> StartAsync(PostfixSettings settings, CancellationToken cancellationToken = default)
    {
        var server = new PostfixServer(settings);
        server.authority = settings.Login is { } login ? SaslAuthority.Start(login, settings.Mechanisms) : null;
        await server.MakeLayoutAsync(cancellationToken);
        await server.RestartAsync(cancellationToken);
        return server;
    }

    public async Task StopAsync()
    {
        if (process is { } running)
        {
            process = null;
            await running.DisposeAsync();
        }
    }

    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await StopAsync();
        await LoopbackPorts.FreedAsync(settings.AlsoAt.Prepend(EndPoint), cancellationToken);
        WriteLongAgo("etc/main.cf", MainConfig());
        WriteLongAgo("etc/master.cf", MasterConfig());
        process = await ServerProcess.StartAsync(
            "postfix",
            folder,
            // In a session of its own: when told to stop it ends its children by process group.
            ["setsid", "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", $"MAIL_CONFIG={folder["etc"]}", "/usr/lib/postfix/sbin/master", "-c", folder["etc"], "-d"],
            GreetsAsync,
            cancellationToken: cancellationToken);
    }

    /// <summary>Waits until nothing that it accepted is on its way any more.</summary>
    public Task DeliveredAsync(CancellationToken cancellationToken = default) => Eventually.TrueAsync(
        "postfix has delivered everything",
        // In the order in which a message goes through them, so that none is missed on its way.
        () => new[] { "incoming", "active", "deferred" }.All(queue => Directory.GetFiles(folder[$"queue/{queue}"], "*", SearchOption.AllDirectories).Length == 0),
        cancellationToken: cancellationToken);

    /// <summary>Gives it one more line of <c>main.cf</c>.</summary>
    public Task SetAsync(string name, string value, CancellationToken cancellationToken = default)
    {
        settings = settings with { Parameters = new Dictionary<string, string>(settings.Parameters) { [name] = value } };
        return RestartAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (authority is not null)
        {
            await authority.DisposeAsync();
        }

        folder.Dispose();
    }

    // The layout that "postfix check" would make, without what concerns mail submitted on the machine itself.
    private async Task MakeLayoutAsync(CancellationToken cancellationToken)
    {
        string[] queues = ["active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private", "saved", "trace"];
        foreach (var name in queues.Append("pid").Append("public").Append("maildrop"))
        {
            folder.Make($"queue/{name}");
        }

        folder.Make("data");
        folder.Make("mail");
        await Shell.RunAsync(["chown", "postfix", folder["data"], .. queues.Append("public").Append("maildrop").Select(name => folder[$"queue/{name}"])], cancellationToken);
        await Shell.RunAsync(["chown", "nobody", folder["mail"]], cancellationToken);
    }

    // Postfix waits until a file that has just changed is a second old.
    private void WriteLongAgo(string name, string content) =>
        File.SetLastWriteTimeUtc(folder.Write(name, content), DateTime.UnixEpoch.AddYears(40));

    private string MainConfig()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            compatibility_level = 3.6
            queue_directory = {folder["queue"]}
            data_directory = {folder["data"]}
            daemon_directory = /usr/lib/postfix/sbin
            command_directory = /usr/sbin
            maillog_file = /dev/stdout
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            myhostname = {settings.HostName}
            mydestination =
            mynetworks = 127.0.0.0/8
            smtpd_peername_lookup = no
            smtp_dns_support_level = disabled
            disable_dns_lookups = yes
            default_transport = error:this server is the end of the road
            local_recipient_maps =
            local_transport = error:no local delivery
            virtual_transport = virtual
            virtual_mailbox_domains = {(settings.Domains is { } domains ? string.Join(' ', domains) : "static:all")}
            virtual_mailbox_base = {folder["mail"]}
            virtual_mailbox_maps = static:inbox/
            virtual_minimum_uid = 1
            virtual_uid_maps = static:65534
            virtual_gid_maps = static:65534
            smtpd_recipient_restrictions = {(settings.Login is null ? "" : "permit_sasl_authenticated, reject")}
            smtpd_relay_restrictions = {(settings.Login is null ? "reject_unauth_destination" : "permit_sasl_authenticated, reject")}
            smtpd_client_connection_rate_limit = 0
            smtpd_error_sleep_time = 0
            smtpd_tls_security_level = {(settings.Certificate is null ? "none" : "may")}
            smtpd_tls_wrappermode = {(settings.ImplicitTls ? "yes" : "no")}
            smtpd_tls_protocols = >=TLSv1.2
            smtpd_tls_mandatory_protocols = >=TLSv1.2
            smtpd_tls_session_cache_database =

            """);
        if (settings.Certificate is { } certificate)
        {
            text.Append(CultureInfo.InvariantCulture, $"smtpd_tls_chain_files = {folder.Write("etc/tls.pem", certificate.KeyAndChainPem)}\n");
        }

        if (authority is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                smtpd_sasl_auth_enable = yes
                smtpd_sasl_type = dovecot
                smtpd_sasl_path = inet:{authority.EndPoint.Address}:{authority.EndPoint.Port}
                smtpd_tls_auth_only = {(settings.Certificate is null ? "no" : "yes")}

                """);
        }

        // Every process warns of an entry that overrides an earlier one when it starts. So does postlogd, to itself, and waits for ever where its socket is full by then.
        return string.Join('\n', text.ToString().Split('\n')
            .Where(line => !settings.Parameters.ContainsKey(line.Split('=')[0].Trim()))
            .Concat(settings.Parameters.Select(p => $"{p.Key} = {p.Value}\n")));
    }

    // inet_interfaces with any other address than 127.0.0.1 makes Postfix end without a word; the address belongs here.
    private string MasterConfig() => string.Create(CultureInfo.InvariantCulture, $"""
        {string.Join('\n', settings.AlsoAt.Prepend(EndPoint).Select(at => $"{at} inet n - n - - smtpd"))}
        pickup unix n - n 60 1 pickup
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        verify unix - - n - 1 verify
        tlsmgr unix - - n 1000? 1 tlsmgr
        proxymap unix - - n - - proxymap
        virtual unix - n n - - virtual
        smtp unix - - n - - smtp
        lmtp unix - - n - - lmtp
        error unix - - n - - error
        retry unix - - n - - error
        discard unix - - n - - discard
        anvil unix - - n - 1 anvil
        scache unix - - n - 1 scache
        postlog unix-dgram n - n - 1 postlogd

        """);

    private async Task<bool> GreetsAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(EndPoint, cancellationToken);
            if (settings.ImplicitTls)
            {
                return true;
            }

            using var reader = new StreamReader(client.GetStream());
            var greeting = await reader.ReadLineAsync(cancellationToken);
            await client.GetStream().WriteAsync("QUIT\r\n"u8.ToArray(), cancellationToken);
            return greeting?.StartsWith("220", StringComparison.Ordinal) == true;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }
}
