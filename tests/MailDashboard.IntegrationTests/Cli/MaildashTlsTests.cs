using System.Text.Json;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;

namespace MailDashboard.IntegrationTests.Cli;

/// <summary><c>maildash tls</c> as people start it, against OpenSSL's own server and Postfix.</summary>
public sealed class MaildashTlsTests : IDisposable
{
    private readonly TestCertificates _certificates = new();
    private readonly ServerFolder _folder = new("maildash-tls");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("-min_protocol TLSv1 -cipher DEFAULT:@SECLEVEL=0", "TLS 1.0 TLS 1.1 TLS 1.2 TLS 1.3")]
    [InlineData("-min_protocol TLSv1 -max_protocol TLSv1.1 -cipher DEFAULT:@SECLEVEL=0", "TLS 1.0 TLS 1.1")]
    [InlineData("-min_protocol TLSv1.2", "TLS 1.2 TLS 1.3")]
    public async Task Tls_OpenSsl_FindsWhatItOffersAndNothingElse(string arguments, string offered)
    {
        await using var server = await OpenSslServer.StartAsync(_certificates.Issue("localhost"), arguments.Split(' '), cancellationToken: Token);

        var run = await RunAsync("tls", $"localhost:{server.EndPoint.Port}", "--json");

        Assert.Equal((0, ""), (run.Status, run.Errors));
        using var json = JsonDocument.Parse(run.Output);
        var versions = json.RootElement.GetProperty("versions").EnumerateArray().ToList();
        Assert.Equal(offered, string.Join(' ', versions.Where(v => v.GetProperty("offered").GetBoolean()).Select(v => v.GetProperty("version").GetString())));
        Assert.Equal(4, versions.Count);
        Assert.True(json.RootElement.GetProperty("certificate").GetProperty("nameMatches").GetBoolean());
        Assert.EndsWith("authority", json.RootElement.GetProperty("certificate").GetProperty("chain").EnumerateArray().Last().GetProperty("subject").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_PostfixByStartTls_ShowsGreetingAndCapabilities()
    {
        await using var postfix = await PostfixServer.StartAsync(new PostfixSettings { HostName = "localhost", Certificate = _certificates.Issue("localhost") }, Token);

        var run = await RunAsync("tls", $"localhost:{postfix.EndPoint.Port}", "--starttls", "smtp", "--json");

        Assert.Equal(0, run.Status);
        using var json = JsonDocument.Parse(run.Output);
        Assert.StartsWith("220 localhost", json.RootElement.GetProperty("greeting").GetString(), StringComparison.Ordinal);
        Assert.Contains("PIPELINING", json.RootElement.GetProperty("capabilities").EnumerateArray().Select(c => c.GetString()));
        Assert.Equal("smtp", json.RootElement.GetProperty("starttls").GetString());
    }

    [Fact]
    public async Task Tls_Faults_GiveTheirExitStatus()
    {
        await using var expired = await OpenSslServer.StartAsync(_certificates.IssueExpired("localhost"), [], cancellationToken: Token);
        await using var other = await OpenSslServer.StartAsync(_certificates.Issue("elsewhere.example"), [], cancellationToken: Token);
        await using var own = await OpenSslServer.StartAsync(_certificates.SelfSigned("localhost"), [], cancellationToken: Token);
        await using var plain = await PostfixServer.StartAsync(new PostfixSettings { HostName = "localhost" }, Token);

        Assert.Equal((1, "expired"), await FaultAsync(expired.EndPoint.Port));
        Assert.Equal((1, "nameMismatch"), await FaultAsync(other.EndPoint.Port));
        Assert.Equal((1, "selfSigned"), await FaultAsync(own.EndPoint.Port));
        Assert.Equal(1, (await RunAsync("tls", $"localhost:{plain.EndPoint.Port}", "--starttls", "smtp")).Status);
        Assert.Equal(2, (await RunAsync("tls", $"localhost:{LoopbackPorts.Free().Port}")).Status);
        Assert.Equal(64, (await RunAsync("tls")).Status);
    }

    private async Task<(int Status, string? Fault)> FaultAsync(int port)
    {
        var run = await RunAsync("tls", $"localhost:{port}", "--json");
        using var json = JsonDocument.Parse(run.Output);
        return (run.Status, string.Join(' ', json.RootElement.GetProperty("certificate").GetProperty("faults").EnumerateArray().Select(f => f.GetString())));
    }

    private Task<Shell.Result> RunAsync(params string[] args) => Shell.TryRunAsync(
        ["dotnet", Path.Combine(AppContext.BaseDirectory, "maildash.dll"), .. args, "--dns", "127.0.0.1:9"],
        environment: new Dictionary<string, string?> { ["SSL_CERT_FILE"] = _folder.Write("authority.pem", _certificates.AuthorityPem) },
        cancellationToken: Token);
}
