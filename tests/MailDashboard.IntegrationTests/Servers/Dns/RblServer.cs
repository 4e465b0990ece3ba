using System.Collections.Concurrent;
using System.Net;

namespace MailDashboard.IntegrationTests.Servers.Dns;

/// <summary>What kind of data a blocklist zone holds.</summary>
public enum RblKind
{
    /// <summary>IPv4 addresses.</summary>
    Ip4,

    /// <summary>IPv6 addresses.</summary>
    Ip6,

    /// <summary>Domain names.</summary>
    Domain,
}

/// <summary>rbldnsd serving blocklist zones whose entries change while it runs.</summary>
public sealed class RblServer : IAsyncDisposable
{
    private readonly ServerFolder folder = new("rbl");
    private readonly ConcurrentDictionary<string, RblZone> zones = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim changing = new(1, 1);
    private ServerProcess? process;
    private DateTime modified;
    private int generation;

    private RblServer(IPEndPoint endPoint) => EndPoint = endPoint;

    public IPEndPoint EndPoint { get; }

    public string Output => process?.Output ?? "";

    /// <summary>Starts it with these zones; each has the test points of RFC 5782 from the beginning.</summary>
    public static async Task<RblServer> StartAsync(
        IEnumerable<(string Zone, RblKind Kind)> zones, IPEndPoint? endPoint = null, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        var server = new RblServer(endPoint ?? LoopbackPorts.Free());
        server.modified = (time ?? TimeProvider.System).GetUtcNow().UtcDateTime.AddHours(-1);
        foreach (var (name, kind) in zones)
        {
            server.zones[name] = new RblZone(name, kind);
        }

        server.WriteAll();
        server.process = await ServerProcess.StartAsync(
            "rbldnsd",
            server.folder,
            [
                "rbldnsd", "-n", "-c", "1h", "-w", server.folder.Path, "-b", $"{server.EndPoint.Address}/{server.EndPoint.Port}",
                .. server.zones.Values.SelectMany(zone => new[]
                {
                    $"{zone.Name}:{zone.DataSet}:{zone.FileName}",
                    $"{zone.Name}:generic:{zone.FileName}.generic",
                }),
            ],
            server.ServesGenerationAsync,
            cancellationToken: cancellationToken);
        return server;
    }

    /// <summary>Lists an address, a network or a domain; returns once the server answers so.</summary>
    /// <param name="zone">One of the zones given at start.</param>
    /// <param name="entry">As rbldnsd writes it: <c>127.0.1.10</c>, <c>192.0.2.0/24</c>, <c>2001:db8::1</c>, <c>.bad.example</c>.</param>
    /// <param name="answer">The A record; an address outside 127/8 makes the zone look hijacked.</param>
    /// <param name="reason">The TXT record.</param>
    public Task ListAsync(
        string zone, string entry, string answer = "127.0.0.2", string reason = "Listed by the test", CancellationToken cancellationToken = default) =>
        ChangeAsync(() => zones[zone].Entries[entry] = $":{answer}:{reason}", cancellationToken);

    public Task DelistAsync(string zone, string entry, CancellationToken cancellationToken = default) =>
        ChangeAsync(() => zones[zone].Entries.TryRemove(entry, out _), cancellationToken);

    /// <summary>Takes the test points away (a list that is broken) or puts them back.</summary>
    public Task SetTestPointsAsync(string zone, bool present, CancellationToken cancellationToken = default) =>
        ChangeAsync(() => zones[zone].TestPoints = present, cancellationToken);

    /// <summary>Answers every question with this address, as lists do that refuse a resolver or have died; null ends it.</summary>
    public Task AnswerEverythingAsync(string zone, string? answer, CancellationToken cancellationToken = default) =>
        ChangeAsync(() => zones[zone].Everything = answer, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        changing.Dispose();
        folder.Dispose();
    }

    private async Task ChangeAsync(Action change, CancellationToken cancellationToken)
    {
        await changing.WaitAsync(cancellationToken);
        try
        {
            change();
            WriteAll();
            await process!.SignalAsync("HUP");
            await Eventually.TrueAsync("rbldnsd serves the new data", ServesGenerationAsync, cancellationToken: cancellationToken);
        }
        finally
        {
            changing.Release();
        }
    }

    private void WriteAll()
    {
        generation++;
        // rbldnsd reloads a file whose modification time, in whole seconds, differs from what it loaded.
        modified = modified.AddSeconds(1);
        foreach (var zone in zones.Values)
        {
            File.SetLastWriteTimeUtc(folder.Write(zone.FileName, zone.Data()), modified);
            File.SetLastWriteTimeUtc(folder.Write($"{zone.FileName}.generic", zone.Generic(generation)), modified);
        }
    }

    private async Task<bool> ServesGenerationAsync(CancellationToken cancellationToken)
    {
        foreach (var zone in zones.Keys)
        {
            if (await DnsPoll.SerialAsync(EndPoint, zone, cancellationToken) != generation)
            {
                return false;
            }
        }

        return true;
    }
}
