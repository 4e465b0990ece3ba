using System.Globalization;
using System.Net;
using System.Text;

namespace MailDashboard.IntegrationTests.Servers.Dns;

/// <summary>What a resolver knows: zones and the server that has each, nothing of the real tree.</summary>
public sealed record UnboundSettings
{
    public IPEndPoint? EndPoint { get; init; }

    /// <summary>Zone → authoritative server. A name outside all of them does not exist.</summary>
    public required IReadOnlyDictionary<string, IPEndPoint> Stubs { get; init; }

    /// <summary>Lines such as <c>good.example. DS …</c>; what lies below them is validated.</summary>
    public IReadOnlyList<string> TrustAnchors { get; init; } = [];

    /// <summary>Seconds for which an answer may be kept, negative ones too. 0: a test sees a changed zone at once.</summary>
    public int MaximumTtl { get; init; }

    /// <summary>More lines for the <c>server:</c> section.</summary>
    public string Extra { get; init; } = "";
}

/// <summary>Unbound as a validating resolver in front of the test's own zones.</summary>
public sealed class UnboundServer : IAsyncDisposable
{
    private readonly ServerFolder folder = new("unbound");
    private ServerProcess? process;

    private UnboundServer(IPEndPoint endPoint) => EndPoint = endPoint;

    public IPEndPoint EndPoint { get; }

    public string Output => process?.Output ?? "";

    public static async Task<UnboundServer> StartAsync(UnboundSettings settings, CancellationToken cancellationToken = default)
    {
        var server = new UnboundServer(settings.EndPoint ?? LoopbackPorts.Free());
        await server.RunAsync(settings, cancellationToken);
        return server;
    }

    /// <summary>Replaces zones and anchors; the cache is empty afterwards.</summary>
    public async Task ReplaceAsync(UnboundSettings settings, CancellationToken cancellationToken = default)
    {
        await StopAsync();
        await RunAsync(settings, cancellationToken);
    }

    public async Task StopAsync()
    {
        if (process is { } running)
        {
            process = null;
            await running.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Dispose();
    }

    private async Task RunAsync(UnboundSettings settings, CancellationToken cancellationToken)
    {
        // A copy of the program: a Debian with AppArmor lets the installed one read /etc/unbound only.
        var program = folder["unbound"];
        File.Copy("/usr/sbin/unbound", program, overwrite: true);
        var config = folder.Write("unbound.conf", Text(settings));
        process = await ServerProcess.StartAsync(
            "unbound",
            folder,
            [program, "-d", "-p", "-c", config],
            token => DnsPoll.AnswersAsync(EndPoint, "ready.invalid", token),
            cancellationToken: cancellationToken);
    }

    private string Text(UnboundSettings settings)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            server:
              directory: "{folder.Path}"
              chroot: ""
              username: ""
              interface: {EndPoint.Address}@{EndPoint.Port}
              access-control: 127.0.0.0/8 allow
              do-not-query-localhost: no
              do-daemonize: no
              use-syslog: no
              logfile: ""
              num-threads: 1
              module-config: "validator iterator"
              unblock-lan-zones: yes
              insecure-lan-zones: yes
              edns-buffer-size: 1232
              cache-min-ttl: 0
              cache-max-ttl: {settings.MaximumTtl}
              cache-max-negative-ttl: {settings.MaximumTtl}
              infra-host-ttl: 1
              val-bogus-ttl: 1
              local-zone: "." static

            """);
        foreach (var zone in settings.Stubs.Keys)
        {
            text.Append(CultureInfo.InvariantCulture, $"  local-zone: \"{zone}\" transparent\n");
        }

        foreach (var anchor in settings.TrustAnchors)
        {
            text.Append(CultureInfo.InvariantCulture, $"  trust-anchor: \"{anchor}\"\n");
        }

        text.Append(settings.Extra).Append("\nremote-control:\n  control-enable: no\n");
        foreach (var (zone, server) in settings.Stubs)
        {
            text.Append(CultureInfo.InvariantCulture, $"stub-zone:\n  name: \"{zone}\"\n  stub-addr: {server.Address}@{server.Port}\n  stub-no-cache: {(settings.MaximumTtl == 0 ? "yes" : "no")}\n");
        }

        return text.ToString();
    }
}
