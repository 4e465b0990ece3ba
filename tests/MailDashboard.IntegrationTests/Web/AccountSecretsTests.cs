using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>Everything that signs in somewhere is stored, used and shown around; then it is looked for everywhere.</summary>
public sealed class AccountSecretsTests(Browser browser)
{
    private const string Password = "pw-7Hq2-zephyr";
    private const string ClientSecret = "cs-7Hq2-zephyr";
    private const string RefreshToken = "rt-7Hq2-zephyr";
    private const string FilePassword = "fp-7Hq2-zephyr";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Secrets_OfEveryKind_AreInNoColumnPageNorLog()
    {
        using var log = new Recorder();
        await using var host = await WebHost.StartAsync(listen: true, extra: s => s.AddSingleton<ILoggerProvider>(log));
        await host.CreateAsync(WebHost.Email, AppRoles.Administrator);
        using var key = RSA.Create(2048);
        var keyPem = key.ExportPkcs8PrivateKeyPem();
        var certificate = Certificate(out var keyBase64);
        string[] secrets = [Password, ClientSecret, RefreshToken, FilePassword, keyPem.Split('\n')[3].Trim(), keyBase64];
        var ids = await StoreAsync(host, keyPem, certificate);
        var tester = host.Services.GetRequiredService<ProfileTester>();
        foreach (var id in ids)
        {
            await tester.SendTestAsync(id, "ops@example.org", System.Globalization.CultureInfo.InvariantCulture, Token);
        }

        await host.Services.GetRequiredService<AccountHealth>().RunAsync(Token);

        var pages = await PagesAsync(host, ids);
        var columns = await ColumnsAsync(host);
        Assert.Contains(columns, c => c.Contains("anna@example.org", StringComparison.Ordinal));
        Assert.Contains(pages, p => p.Contains("anna@example.org", StringComparison.Ordinal));
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(columns, c => c.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(pages, p => p.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(log.Lines, l => l.Contains(secret, StringComparison.Ordinal));
        }
    }

    private static async Task<List<int>> StoreAsync(WebHost host, string keyPem, byte[] certificate)
    {
        var draft = Profiles.Connectable with { Host = "127.0.0.1", Port = LoopbackPorts.Free().Port, UserName = "anna@example.org", TokenEndpoint = "https://127.0.0.1:1/token", ClientSecret = ClientSecret };
        ProfileDraft[] drafts =
        [
            draft,
            draft with { OAuthGrant = OAuthGrant.ClientCredentials },
            draft with { OAuthGrant = OAuthGrant.ServiceAccount, ClientSecret = null, ServiceKey = System.Text.Json.JsonSerializer.Serialize(new { client_email = "robot@example.org", private_key = keyPem }) },
            draft with { SignInKind = SignInKind.Password, Password = Password },
            draft with { SignInKind = SignInKind.Certificate, Certificate = certificate, CertificatePassword = FilePassword },
        ];
        var ids = new List<int>();
        foreach (var one in drafts)
        {
            var saved = await host.Services.GetRequiredService<ProfileStore>().SaveAsync(null, one, Token);
            Assert.Empty(saved.Problems);
            ids.Add(saved.Id!.Value);
        }

        await host.Services.GetRequiredService<AccountSignIn>().ConnectAsync<SmtpProfile>(ids[0], RefreshToken, Token);
        return ids;
    }

    private async Task<List<string>> PagesAsync(WebHost host, List<int> ids)
    {
        await using var session = await browser.OpenAsync();
        await session.SignInAsync(host, WebHost.Email);
        var pages = new List<string>();
        foreach (var path in ids.Select(id => $"profiles/{id}").Prepend("profiles"))
        {
            await session.Page.GotoAsync($"{host.Url}{path}");
            await Assertions.Expect(session.Page.Locator("main h1")).ToBeVisibleAsync();
            await Assertions.Expect(session.Page.Locator("main .skeleton, main .list-skeleton")).ToHaveCountAsync(0);
            var values = await session.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('input, textarea')].map(e => e.value)");
            pages.Add(await session.Page.ContentAsync() + string.Join('\n', values));
        }

        return pages;
    }

    private static async Task<List<string>> ColumnsAsync(WebHost host)
    {
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<DashboardContext>>().CreateDbContextAsync(Token);
        var connection = db.Database.GetDbConnection();
        await connection.OpenAsync(Token);
        var values = new List<string>();
        foreach (var table in await ReadAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table'"))
        {
            values.AddRange(await ReadAsync(connection, $"SELECT * FROM \"{table}\""));
        }

        return values;
    }

    private static async Task<List<string>> ReadAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Token);
        var values = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            values.AddRange(Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i)).Select(v => v is byte[] bytes ? System.Text.Encoding.Latin1.GetString(bytes) : v.ToString() ?? ""));
        }

        return values;
    }

    private static byte[] Certificate(out string keyBase64)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=dashboard.example.test", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(200));
        keyBase64 = Convert.ToBase64String(key.ExportParameters(true).D!)[..24];
        return certificate.Export(X509ContentType.Pkcs12, FilePassword);
    }

    private sealed class Recorder : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
