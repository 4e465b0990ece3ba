using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.IntegrationTests.Checks.Smtp;

/// <summary>Against OpenSSL's own server, since no present-day library of ours would serve these versions.</summary>
public sealed class OpenSslServerTests
{
    [Fact]
    public async Task ProbeAsync_ServerWithTls10Only_IsDescribedAllTheSame()
    {
        var seen = await ProbeAsync("-tls1", "-cipher", "DEFAULT:@SECLEVEL=0");

        Assert.Equal((SmtpStage.Encrypted, TlsVersions.Tls10, TlsVersions.Tls10), (seen.Stage, seen.Tls!.Protocol, seen.OldTls));
        Assert.True(seen.Tls.Certificate!.NameMatches);
    }

    [Fact]
    public async Task ProbeAsync_ServerWithAllVersions_NegotiatesTheBestAndTellsOfTheOld()
    {
        var seen = await ProbeAsync("-cipher", "DEFAULT:@SECLEVEL=0", "-min_protocol", "TLSv1");

        Assert.Equal((SmtpStage.Encrypted, SslProtocols.Tls13, TlsVersions.Tls11), (seen.Stage, seen.Tls!.Protocol, seen.OldTls));
    }

    [Fact]
    public async Task ProbeAsync_ServerWithoutTls13_NegotiatesTls12AndRefusesTheOld()
    {
        var seen = await ProbeAsync("-tls1_2");

        Assert.Equal((SmtpStage.Encrypted, SslProtocols.Tls12, SslProtocols.None), (seen.Stage, seen.Tls!.Protocol, seen.OldTls));
    }

    [Fact]
    public async Task ProbeAsync_WeakKey_IsDescribedAllTheSame()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("mx.example.test", bits: 1024);

        var seen = await ProbeAsync(certificate, "-cipher", "DEFAULT:@SECLEVEL=0");

        Assert.Equal(SmtpStage.Encrypted, seen.Stage);
        Assert.Equal(("RSA", 1024), (seen.Tls!.Certificate!.KeyAlgorithm, seen.Tls.Certificate.KeyBits));
        Assert.Equal("sha256RSA", seen.Tls.Certificate.SignatureAlgorithm);
    }

    private static async Task<SmtpObservation> ProbeAsync(params string[] arguments)
    {
        using var certificate = TestAuthority.SelfSigned("mx.example.test");
        return await ProbeAsync(certificate, arguments);
    }

    /// <summary>Our own listener speaks SMTP in clear and hands the rest on to <c>openssl s_server</c>, which answers each line reversed.</summary>
    private static async Task<SmtpObservation> ProbeAsync(X509Certificate2 certificate, params string[] arguments)
    {
        var token = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("maildash-tls-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "cert.pem"), certificate.ExportCertificatePem(), token);
        using (var key = certificate.GetRSAPrivateKey()!)
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "key.pem"), key.ExportPkcs8PrivateKeyPem(), token);
        }

        var start = new ProcessStartInfo("openssl") { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardInput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["s_server", "-accept", "127.0.0.1:0", "-cert", "cert.pem", "-key", "key.pem", "-rev", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var openssl = Process.Start(start)!;
        try
        {
            var port = await PortAsync(openssl, token);
            await using var server = new LoopbackServer((stream, stop) => RelayAsync(stream, port, stop));
            var options = new SmtpProbeOptions { Port = server.Port, HelloName = "probe.example.test" };
            var probe = new SmtpProbe(new TcpConnector(AddressGuard.AllowAll, TimeSpan.FromSeconds(5), TimeProvider.System), new Port25Vantage(TimeProvider.System), new CertificateInspector(TimeProvider.System), options, TimeProvider.System);
            return await probe.ProbeAsync("mx.example.test", IPAddress.Loopback, token);
        }
        finally
        {
            openssl.Kill();
            await openssl.WaitForExitAsync(CancellationToken.None);
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> PortAsync(Process openssl, CancellationToken token)
    {
        while (await openssl.StandardOutput.ReadLineAsync(token) is { } line)
        {
            if (line.StartsWith("ACCEPT ", StringComparison.Ordinal))
            {
                return int.Parse(line.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        throw new InvalidOperationException(await openssl.StandardError.ReadToEndAsync(token));
    }

    private static async Task RelayAsync(Stream client, int port, CancellationToken stop)
    {
        var replies = new Queue<string>(["250-mx.example.test\r\n250 STARTTLS\r\n", "220 go ahead\r\n"]);
        await LoopbackServer.SendAsync(client, "220 mx.example.test ESMTP\r\n", stop);
        while (replies.TryDequeue(out var reply) && await LoopbackServer.CommandAsync(client, stop) is not null)
        {
            await LoopbackServer.SendAsync(client, reply, stop);
        }

        using var backend = new TcpClient();
        await backend.ConnectAsync(IPAddress.Loopback, port, stop);
        await using var tls = backend.GetStream();
        await Task.WhenAny(client.CopyToAsync(tls, stop), tls.CopyToAsync(client, stop));
    }
}
