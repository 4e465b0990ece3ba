using System.Text;
using System.Text.Json;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.Mail.Publishing.Keys;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;

namespace MailDashboard.IntegrationTests.Mail.Publishing;

/// <summary>The settings that a person pastes are given to the real software, and both of its signatures verify with the published keys.</summary>
public sealed class SigningServersTests : IDisposable
{
    private const string Domain = "harbour.example";
    private const string Text = "From: Ada <ada@harbour.example>\r\nTo: bob@office.example\r\nSubject: Two signatures\r\nDate: Fri, 27 Nov 2026 12:00:00 +0000\r\nMessage-ID: <1@harbour.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nHello\r\n";

    private static readonly DkimKeyPair[] Keys = [DkimKeyPair.Create(DkimAlgorithm.Rsa, "s202611"), DkimKeyPair.Create(DkimAlgorithm.Ed25519, "e202611")];

    private readonly ServerFolder folder = new("signing");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Rspamd_WithOurFiles_SignsWithBothKeys()
    {
        var files = Write(SigningServer.RspamdPostfix);
        var settings = files.Single(f => f.Path == "/etc/rspamd/local.d/dkim_signing.conf").Text;
        var configuration = Placed($$"""
            options { filters = "dkim"; }
            modules { path = "/usr/share/rspamd/plugins/dkim_signing.lua"; }
            dkim { }
            dkim_signing {
              enabled = true;
              {{settings}}
            }

            """);
        await using var rspamd = await RspamdServer.StartAsync(LoopbackPorts.Free(), configuration, Token);

        using var client = new HttpClient(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(rspamd.Address, "checkv2")) { Content = new ByteArrayContent(Encoding.ASCII.GetBytes(Text)) };
        request.Headers.Add("User", "ada@harbour.example");
        request.Headers.Add("IP", "127.0.0.1");
        using var answer = await client.SendAsync(request, Token);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        var signatures = json.RootElement.GetProperty("dkim-signature").EnumerateArray().Select(s => $"DKIM-Signature: {s.GetString()}\r\n");

        await AssertBothAsync(MimeMessage.Load(new MemoryStream(Encoding.ASCII.GetBytes(string.Concat(signatures) + Text)), Token));
    }

    [Fact]
    public async Task Exim_WithOurFiles_SignsWithBothKeys()
    {
        await EximServer.UnpackAsync(Token);
        var macros = Placed(Write(SigningServer.Exim).Single(f => !f.IsSecret).Text);
        await using var sink = SmtpSink.Start();
        await Shell.RunAsync(["chown", "-R", "Debian-exim:Debian-exim", folder.Make("spool"), folder.Make("log")], Token);
        var configuration = folder.Write("exim.conf", $"""
            {macros}
            primary_hostname = mx.{Domain}
            exim_path = {EximServer.Program}
            keep_environment =
            spool_directory = {folder["spool"]}
            log_file_path = {folder["log"]}/%slog
            disable_ipv6 = true
            tls_advertise_hosts =
            dns_dnssec_ok = 0
            begin routers
            out:
              driver = manualroute
              route_list = * 127.0.0.1
              self = send
              transport = remote_smtp
            begin transports
            remote_smtp:
              driver = smtp
              port = {sink.EndPoint.Port}
              allow_localhost = true
              hosts_try_dane =
              hosts_avoid_tls = *
              dkim_domain = DKIM_DOMAIN
              dkim_selector = DKIM_SELECTOR
              dkim_private_key = DKIM_PRIVATE_KEY
              dkim_canon = DKIM_CANON

            """);

        var mail = folder.Write("mail.eml", Text);
        await Shell.RunAsync(["bash", "-c", $"env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin {EximServer.Program} -C {configuration} -odf -f ada@{Domain} bob@office.example < {mail}"], Token);
        await Eventually.TrueAsync("Exim has handed the message on", () => sink.Received.Count > 0, cancellationToken: Token);

        await AssertBothAsync(sink.Received[0]);
    }

    /// <summary>The software is told our folder in place of its usual ones.</summary>
    private System.Collections.Immutable.ImmutableArray<ServerFile> Write(SigningServer signer)
    {
        var files = DkimServerFiles.For(signer, Domain, Keys);
        foreach (var file in files.Where(f => f.IsSecret))
        {
            folder.Write(file.Path[1..], file.Text);
        }

        return files;
    }

    private string Placed(string settings) => settings.Replace("/var/lib/rspamd/dkim", folder["var/lib/rspamd/dkim"], StringComparison.Ordinal).Replace("/etc/exim4/dkim", folder["etc/exim4/dkim"], StringComparison.Ordinal);

    private static async Task AssertBothAsync(MimeMessage message)
    {
        var signatures = message.Headers.Where(h => h.Id == HeaderId.DkimSignature).ToList();
        Assert.Equal(["e202611", "s202611"], Keys.Select(k => k.Selector).Where(s => signatures.Exists(h => h.Value.Contains($"s={s}", StringComparison.Ordinal))).Order(StringComparer.Ordinal));
        var verifier = new DkimVerifier(new Published());
        foreach (var signature in signatures)
        {
            Assert.True(await verifier.VerifyAsync(message, signature, Token), signature.Value);
        }
    }

    private sealed class Published : DkimPublicKeyLocatorBase
    {
        public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            GetPublicKey(Keys.Single(k => k.Selector == selector && domain == Domain).RecordText);

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
