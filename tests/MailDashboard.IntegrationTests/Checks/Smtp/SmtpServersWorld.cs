using System.Net;
using System.Text.Json;
using MailDashboard.Cli;
using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.IntegrationTests.Servers.Mail;

namespace MailDashboard.IntegrationTests.Checks.Smtp;

/// <summary>Real Postfix and Exim servers on port 25, each with one fault or none, and the zone that names them.</summary>
public sealed class SmtpServersWorld : IAsyncLifetime
{
    public const string Domain = "good.example";

    private static readonly string[] Hosts = ["postfix", "exim", "elsewhere", "nopostmaster", "noabuse", "greylisting", "relay", "slow", "pushy"];

    private readonly TestCertificates certificates = new();
    private readonly List<IAsyncDisposable> running = [];
    private KnotServer? knot;

    public async ValueTask InitializeAsync()
    {
        var token = TestContext.Current.CancellationToken;
        knot = await KnotServer.StartAsync(
            [
                new(Domain, string.Join('\n', Hosts.Select((h, i) => $"{h} A 127.0.8.{i + 1}").Concat(Hosts.Select(h => $"@ MX 10 {h}")).Prepend("other A 127.0.8.200").Append("@ TXT \"v=spf1 mx -all\""))),
                new("8.0.127.in-addr.arpa", string.Join('\n', Hosts.Select((h, i) => $"{i + 1} PTR {h}.{Domain}."))),
                .. Hosts.Select(h => new KnotZone(Zone(h), $"@ MX 10 {h}.{Domain}.\n@ TXT \"v=spf1 ip4:{At(h).Address} -all\"")),
            ],
            cancellationToken: token);
        running.AddRange(await Task.WhenAll(
            Exim("exim"),
            Exim("elsewhere", x => x with { HostName = $"other.{Domain}" }),
            Exim("nopostmaster", x => x with { RecipientRules = "  deny local_parts = postmaster\n       message = Unknown user" }),
            Exim("noabuse", x => x with { RecipientRules = "  deny local_parts = abuse\n       message = Unknown user" }),
            Exim("greylisting", x => x with { RecipientRules = "  defer message = greylisted, come back in five minutes" }),
            Exim("relay", x => x with { Domains = null }),
            Exim("slow", x => x with { RecipientRules = "  warn delay = 1s" }),
            Exim("pushy", x => x with { Main = "smtp_enforce_sync = true\npipelining_advertise_hosts =" })));
        running.Add(await PostfixServer.StartAsync(
            new() { EndPoint = At("postfix"), HostName = $"postfix.{Domain}", Domains = [Zone("postfix")], Certificate = certificates.Issue($"postfix.{Domain}") }, token));
    }

    /// <summary>The domain whose one mail server this is.</summary>
    public static string Zone(string host) => $"{host}.test";

    /// <summary>What the program prints of a host's domain.</summary>
    public async Task<JsonElement> CheckAsync(string host, string families, TimeProvider? time = null, params string[] more)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var run = new CliHost(output, error, time ?? TimeProvider.System, CliResolver.OpenAsync);
        await MaildashCommand.RunAsync(["check", Zone(host), "--dns", knot!.EndPoint.ToString(), "--json", "--families", families, .. more], run);
        Assert.Empty(error.ToString());
        using var document = JsonDocument.Parse(output.ToString());
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in running)
        {
            await server.DisposeAsync();
        }

        if (knot is not null)
        {
            await knot.DisposeAsync();
        }

        certificates.Dispose();
    }

    private static IPEndPoint At(string host) => new(IPAddress.Parse($"127.0.8.{Array.IndexOf(Hosts, host) + 1}"), 25);

    private async Task<IAsyncDisposable> Exim(string host, Func<EximSettings, EximSettings>? change = null)
    {
        var name = $"{host}.{Domain}";
        var settings = new EximSettings { EndPoint = At(host), HostName = name, Domains = [Zone(host)], Certificate = certificates.Issue(name, $"other.{Domain}") };
        return await EximServer.StartAsync(change?.Invoke(settings) ?? settings, TestContext.Current.CancellationToken);
    }
}
