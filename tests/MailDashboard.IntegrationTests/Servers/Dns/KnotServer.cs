using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;

namespace MailDashboard.IntegrationTests.Servers.Dns;

/// <summary>Knot DNS as the authoritative server; zones can be added, replaced and removed while it runs.</summary>
public sealed class KnotServer : IAsyncDisposable
{
    // Signing raises the serial by itself; the step leaves room so that the next text is still newer.
    private const uint SerialStep = 1000;
    private const string ReadyZone = "ready.invalid";

    private readonly ServerFolder folder = new("knot");
    private readonly ConcurrentDictionary<string, KnotZone> zones = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim changing = new(1, 1);
    private ServerProcess? process;
    private uint serial = 1;

    private KnotServer(IPEndPoint endPoint) => EndPoint = endPoint;

    public IPEndPoint EndPoint { get; }

    public string Output => process?.Output ?? "";

    private string Config => folder["knot.conf"];

    private string Socket => folder["knot.sock"];

    public static async Task<KnotServer> StartAsync(
        IEnumerable<KnotZone> zones, IPEndPoint? endPoint = null, CancellationToken cancellationToken = default)
    {
        var server = new KnotServer(endPoint ?? LoopbackPorts.Free());
        foreach (var zone in zones.Append(new KnotZone(ReadyZone, "")))
        {
            server.zones[zone.Name] = zone;
            server.folder.Write(zone.FileName, zone.Text(server.serial));
        }

        server.folder.Make("data");
        server.WriteConfig();
        await server.RunAsync(cancellationToken);
        return server;
    }

    /// <summary>Adds or replaces a zone and returns once the server answers with it.</summary>
    public async Task SetZoneAsync(KnotZone zone, CancellationToken cancellationToken = default)
    {
        await changing.WaitAsync(cancellationToken);
        try
        {
            serial += SerialStep;
            var known = zones.TryGetValue(zone.Name, out var previous) && previous.Signed == zone.Signed;
            zones[zone.Name] = zone;
            folder.Write(zone.FileName, zone.Text(serial));
            WriteConfig();
            await ControlAsync(known ? ["zone-reload", zone.Name] : ["reload"], cancellationToken);
            await Eventually.TrueAsync(
                $"knot serves the new {zone.Name}",
                async token => await DnsPoll.SerialAsync(EndPoint, zone.Name, token) >= serial,
                cancellationToken: cancellationToken);
        }
        finally
        {
            changing.Release();
        }
    }

    public Task SetZoneAsync(string name, string records, CancellationToken cancellationToken = default) =>
        SetZoneAsync(new KnotZone(name, records), cancellationToken);

    /// <summary>Removes it; the server then refuses questions about it.</summary>
    public async Task RemoveZoneAsync(string name, CancellationToken cancellationToken = default)
    {
        await changing.WaitAsync(cancellationToken);
        try
        {
            zones.TryRemove(name, out _);
            WriteConfig();
            await ControlAsync(["reload"], cancellationToken);
            await Eventually.TrueAsync(
                $"knot has dropped {name}",
                async token => await DnsPoll.RefusesAsync(EndPoint, name, token),
                cancellationToken: cancellationToken);
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>The zone's key-signing keys as trust-anchor lines, once it is signed.</summary>
    public async Task<IReadOnlyList<string>> TrustAnchorsAsync(string zone, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<string> anchors = [];
        await Eventually.TrueAsync(
            $"{zone} has a DS record to give",
            async token =>
            {
                var answer = await Shell.TryRunAsync(["keymgr", "-c", Config, zone, "ds"], cancellationToken: token);
                anchors = [.. answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Contains(" DS ", StringComparison.Ordinal))];
                return anchors.Count > 0;
            },
            cancellationToken: cancellationToken);
        return anchors;
    }

    /// <summary>Stops answering, as a machine that is switched off does; <see cref="RestartAsync"/> ends it.</summary>
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
        await RunAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        changing.Dispose();
        folder.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken) => process = await ServerProcess.StartAsync(
        "knot",
        folder,
        ["knotd", "-c", Config, "-s", Socket],
        async token =>
        {
            foreach (var zone in zones.Keys)
            {
                if (await DnsPoll.SerialAsync(EndPoint, zone, token) is null)
                {
                    return false;
                }
            }

            return true;
        },
        cancellationToken: cancellationToken);

    private async Task ControlAsync(string[] command, CancellationToken cancellationToken) =>
        await Shell.RunAsync(["knotc", "-s", Socket, .. command], cancellationToken);

    private void WriteConfig()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            server:
                rundir: "{folder.Path}"
                listen: "{EndPoint.Address}@{EndPoint.Port}"
                udp-workers: 1
                tcp-workers: 1
                background-workers: 1
            control:
                listen: "{Socket}"
            log:
              - target: stderr
                any: info
            database:
                storage: "{folder["data"]}"
                journal-db-max-size: 16M
                kasp-db-max-size: 16M
                timer-db-max-size: 16M
            policy:
              - id: test
                algorithm: ecdsap256sha256
                single-type-signing: on
            template:
              - id: default
                storage: "{folder.Path}"
                zonefile-sync: -1
                zonefile-load: whole
                journal-content: none
            zone:

            """);
        foreach (var zone in zones.Values)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - domain: \"{zone.Name}\"\n    file: \"{zone.FileName}\"\n");
            if (zone.Signed)
            {
                text.Append("    dnssec-signing: on\n    dnssec-policy: test\n");
            }
        }

        folder.Write("knot.conf", text.ToString());
    }
}
