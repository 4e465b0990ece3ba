using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MailDashboard.IntegrationTests.Servers.Mail;

/// <summary>Exim as a mail exchanger that answers for recipients; it delivers nothing.</summary>
public sealed class EximServer : IAsyncDisposable
{
    private static readonly SemaphoreSlim Unpacking = new(1, 1);

    private readonly ServerFolder folder = new("exim");
    private readonly EximSettings settings;
    private ServerProcess? process;

    private EximServer(EximSettings settings)
    {
        this.settings = settings;
        EndPoint = settings.EndPoint ?? LoopbackPorts.Free();
    }

    /// <summary>The program itself, where <see cref="UnpackAsync"/> has put it.</summary>
    public static string Program => Path.Combine(Repository.Root, "artifacts/exim/usr/sbin/exim4");

    public IPEndPoint EndPoint { get; }

    public string Output => process?.Output ?? "";

    public static async Task<EximServer> StartAsync(EximSettings settings, CancellationToken cancellationToken = default)
    {
        await UnpackAsync(cancellationToken);
        var server = new EximServer(settings);
        try
        {
            await server.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        folder.Dispose();
    }

    /// <summary>What the machine lacks of it; nothing where the whole suite has prepared the machine already.</summary>
    public static async Task UnpackAsync(CancellationToken cancellationToken)
    {
        await Unpacking.WaitAsync(cancellationToken);
        try
        {
            var result = await Shell.TryRunAsync(["bash", "-c", ". tests/lib/machine.sh && unpack_exim"], Repository.Root, cancellationToken: cancellationToken);
            if (result.Status != 0)
            {
                throw new InvalidOperationException($"Exim could not be unpacked:\n{result.All}");
            }
        }
        finally
        {
            Unpacking.Release();
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await Shell.RunAsync(["chown", "Debian-exim:Debian-exim", folder.Make("spool"), folder.Make("log")], cancellationToken);
        var configuration = folder.Write("exim.conf", Configuration());
        process = await ServerProcess.StartAsync(
            "exim",
            folder,
            ["env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", Program, "-C", configuration, "-bdf", "-oP", folder["spool/exim.pid"]],
            GreetsAsync,
            cancellationToken: cancellationToken);
    }

    private string Configuration()
    {
        var tls = settings.Certificate is { } certificate ? $"""
            tls_advertise_hosts = *
            tls_certificate = {folder.Write("chain.pem", certificate.ChainPem)}
            tls_privatekey = {folder.Write("key.pem", certificate.KeyPem)}
            tls_require_ciphers = NORMAL:-VERS-TLS1.0:-VERS-TLS1.1
            """ : "tls_advertise_hosts =";
        return string.Create(CultureInfo.InvariantCulture, $"""
            primary_hostname = {settings.HostName}
            local_interfaces = {EndPoint.Address}.{EndPoint.Port}
            smtp_banner = {settings.Banner ?? "$smtp_active_hostname ESMTP Exim"}
            spool_directory = {folder["spool"]}
            log_file_path = {folder["log"]}/%slog
            host_lookup =
            rfc1413_query_timeout = 0s
            dns_dnssec_ok = 0
            disable_ipv6 = true
            acl_smtp_rcpt = recipients
            {tls}
            {settings.Main}

            begin acl
            recipients:
            {settings.RecipientRules}
              accept domains = {(settings.Domains is { } domains ? string.Join(" : ", domains) : "*")}
              deny message = relay not permitted

            begin routers
            nowhere:
              driver = redirect
              data = :blackhole:

            """);
    }

    private async Task<bool> GreetsAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(EndPoint, cancellationToken);
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
