using System.Net;
using System.Text.Json;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Dns;

namespace MailDashboard.IntegrationTests.Checks.Faults;

/// <summary>Every zone on a real Knot, every mail server on its port 25, and the program's word on all of them: one run, by file.</summary>
public sealed class FaultWorld : IAsyncLifetime
{
    private readonly ServerFolder folder = new("faults");
    private Dictionary<string, JsonElement> audits = [];
    private Dictionary<string, JsonElement> mended = [];
    private FaultServers? servers;
    private UnboundServer? validating;

    public static IReadOnlyList<FaultZone> Zones { get; } = [.. HostFaults.All, .. SpfFaults.All, .. DkimFaults.All, .. DmarcFaults.All, .. DaneFaults.All, .. WebFaults.All];

    public KnotServer Knot { get; private set; } = null!;

    /// <summary>Where a zone is asked for: at Knot itself, or at a resolver that validates what is signed.</summary>
    public IPEndPoint DnsOf(FaultZone zone) => zone.IsSigned ? validating!.EndPoint : Knot.EndPoint;

    /// <summary>The authorities to trust, for <c>SSL_CERT_FILE</c>.</summary>
    public string TrustFile { get; private set; } = "";

    /// <summary>What <c>maildash check --input</c> printed of a domain.</summary>
    public JsonElement Audit(string domain) => audits.TryGetValue(domain, out var audit) ? audit : throw new InvalidOperationException($"Nothing was printed of {domain}.");

    /// <summary>The same after every proposed record was published in the place of what was there; null where nothing was proposed.</summary>
    public JsonElement? AuditAfterMending(string domain) => mended.TryGetValue(domain, out var audit) ? audit : null;

    public async ValueTask InitializeAsync()
    {
        var token = TestContext.Current.CancellationToken;
        var starting = KnotServer.StartAsync([.. Zones.Select(z => z.ToKnot()), .. Common()], cancellationToken: token);
        servers = await FaultServers.StartAsync(token);
        Knot = await starting;
        TrustFile = folder.Write("trusted.pem", servers.TrustedPem);

        validating = await ValidatingAsync(Knot, Zones.Select(z => z.ToKnot()), token);
        audits = await AuditAsync(Zones.Where(z => !z.IsSigned), Knot.EndPoint);
        foreach (var (domain, audit) in await AuditAsync(Zones.Where(z => z.IsSigned), validating.EndPoint))
        {
            audits.Add(domain, audit);
        }

        var repaired = Zones.Select(z => (Zone: z, Mended: FaultRepair.Apply(z.ToKnot(), audits[z.Domain]))).Where(z => z.Mended is not null).ToList();
        await using var second = await KnotServer.StartAsync([.. repaired.Select(z => z.Mended!), .. Common()], cancellationToken: token);

        // Through a resolver this time, as in most networks.
        await using var unbound = await ValidatingAsync(second, repaired.Select(z => z.Mended!), token);
        mended = await AuditAsync(repaired.Select(z => z.Zone), unbound.EndPoint);
    }

    private static async Task<UnboundServer> ValidatingAsync(KnotServer knot, IEnumerable<KnotZone> zones, CancellationToken token)
    {
        var all = zones.Concat(Common()).ToList();
        var anchors = await Task.WhenAll(all.Where(z => z.Signed).Select(z => knot.TrustAnchorsAsync(z.Name, token)));
        return await UnboundServer.StartAsync(new() { Stubs = all.ToDictionary(z => z.Name, _ => knot.EndPoint), TrustAnchors = [.. anchors.SelectMany(a => a)] }, token);
    }

    private async Task<Dictionary<string, JsonElement>> AuditAsync(IEnumerable<FaultZone> zones, IPEndPoint dns)
    {
        var input = folder.Write("domains.txt", string.Join('\n', zones.Select(z => z.Domain)));
        var run = await RunAsync(dns, "check", "--input", input, "--concurrency", "8", "--selector", FaultZone.Selector);
        Assert.Empty(run.Errors);
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse).ToDictionary(a => a.GetProperty("domain").GetString()!);
    }

    private static JsonElement Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }

    /// <summary>The built program, against this world's DNS.</summary>
    public Task<Shell.Result> RunAsync(params string[] args) => RunAsync(Knot.EndPoint, args);

    private Task<Shell.Result> RunAsync(IPEndPoint dns, params string[] args) => Shell.TryRunAsync(
        ["dotnet", Path.Combine(AppContext.BaseDirectory, "maildash.dll"), .. args, "--dns", dns.ToString()],
        environment: new Dictionary<string, string?> { ["SSL_CERT_FILE"] = TrustFile },
        cancellationToken: TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (validating is not null)
        {
            await validating.DisposeAsync();
        }

        if (Knot is not null)
        {
            await Knot.DisposeAsync();
        }

        if (servers is not null)
        {
            await servers.DisposeAsync();
        }

        folder.Dispose();
    }

    private static IEnumerable<KnotZone> Common()
    {
        yield return new("hosts.example", string.Join('\n', FaultServers.Hosts.Select(h => $"{h.Key} A 127.0.7.{h.Value}")
            .Append("old A 127.0.7.10\nmail.pool-127-0-7-15 A 127.0.7.15\ndyn-127-0-7-15 A 127.0.7.15\none A 127.0.7.16\ntwo A 127.0.7.16")));
        yield return new("7.0.127.in-addr.arpa", string.Join('\n', FaultServers.Hosts.Where(h => h.Key != "noptr").Select(h => $"{h.Value} PTR {h.Key}.hosts.example.")
            .Append("13 PTR old.hosts.example.\n14 PTR 127.0.7.14.\n15 PTR dyn-127-0-7-15.hosts.example.\n16 PTR one.hosts.example.\n16 PTR two.hosts.example.")));
        yield return new("senders.example", string.Join('\n', Enumerable.Range(1, 24).Select(i => $"s{i} A 192.0.2.{i}")));
        yield return new("2.0.192.in-addr.arpa", string.Join('\n', Enumerable.Range(1, 24).Select(i => $"{i} PTR s{i}.senders.example.")));
        yield return new("agrees.example", "@ MX 10 mx1.hosts.example.\n*._report._dmarc TXT \"v=DMARC1\"");
        yield return new("deaf.example", "@ TXT \"neither MX nor address\"");
        yield return new("silent.example", "@ MX 10 mx1.hosts.example.");
    }
}
