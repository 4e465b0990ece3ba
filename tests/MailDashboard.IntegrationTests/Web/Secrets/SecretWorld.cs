using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Web;
using MailDashboard.Checks;
using MailDashboard.Checks.Autoconfig;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.IntegrationTests.Monitoring;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Web;
using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Alerting.Notices;
using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Profiles.Connecting;
using MailDashboard.Monitoring.Settings;
using MailDashboard.Monitoring.Wizard;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MailDashboard.IntegrationTests.Web.Secrets;

/// <summary>
/// A dashboard in which every kind of secret is stored and used, against servers that repeat in every encoding what they are told. What
/// it said to callers is kept as well: the conversations of tests that are shown and not stored.
/// </summary>
internal sealed class SecretWorld : IAsyncDisposable
{
    public const string User = "anna@example.org";
    public const string RecordsPage = "wizard/1/records";
    private const string Password = "pw-7Hq2-zéphyr?>";
    private const string ClientSecret = "cs-7Hq2-zephyr";
    private const string FilePassword = "fp-7Hq2-zephyr";
    private const string MailboxPassword = "mp-7Hq2-zephyr";
    private const string Code = "co-7Hq2-zephyr";
    private const string ListKey = "lk7Hq2zephyrlk7Hq2zephyr";
    private const string ChannelPath = "services/ch-7Hq2-zephyr";
    private const string ChannelKey = "tk-7Hq2-zephyr-and-more";

    private readonly List<IAsyncDisposable> _servers = [];
    private readonly RSA _serviceKey = RSA.Create(2048);
    private TokenServer _tokens = null!;
    private Receiver _web = null!;
    private EchoServer _passwords = null!;
    private EchoServer _mechanismTokens = null!;
    private EchoServer _bearers = null!;
    private EchoServer _imap = null!;

    private SecretWorld(WebHost host, LogRecorder log) => (Host, Log) = (host, log);

    public WebHost Host { get; }

    public LogRecorder Log { get; }

    public List<KnownSecret> Secrets { get; } = [];

    /// <summary>What callers were told.</summary>
    public List<(string Where, string Text)> Said { get; } = [];

    public List<int> Profiles { get; } = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SecretWorld> StartAsync(string? connection)
    {
        var log = new LogRecorder();
        var host = await WebHost.StartAsync(
            connection,
            listen: true,
            extra: s => s.AddSingleton<ILoggerProvider>(log).AddSingleton<IDnsResolver, EmptyDns>(),
            settings: [new("MailDashboard:Probing:AllowedNetworks", "127.0.0.0/8"), new("MailDashboard:Alerting:SecondLookSeconds", "1")]);
        var world = new SecretWorld(host, log);
        await world.StartServersAsync();
        return world;
    }

    public T Get<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    /// <summary>Stores everything, and signs in everywhere.</summary>
    public async Task FillAsync(HttpClient administrator, string userId)
    {
        Secrets.AddRange(
        [
            new("password", Password), new("client secret", ClientSecret), new("password of the certificate’s file", FilePassword), new("mailbox password", MailboxPassword),
            new("code", Code), new("key of a list", ListKey), new("address of a channel", ChannelPath), new("key of a channel", ChannelKey), new("person’s password", WebHost.Password),
            new("master key", Convert.FromBase64String(await File.ReadAllTextAsync(Get<DataFolder>().File(MailDashboard.Monitoring.Persistence.Secrets.MasterKey.FileName), Token))),
        ]);
        await StoreProfilesAsync();
        await ConnectAsync(administrator, userId);
        await UseProfilesAsync();
        await UseMailboxAsync();
        await UseChannelsAsync();
        await RaiseAlarmAsync();
        await KeepKeyAsync();
        Secrets.AddRange(_tokens.Tokens.Select(t => new KnownSecret("access token", t)));
        Secrets.AddRange(_tokens.Asked.Where(a => a.ContainsKey("code_verifier")).Select(a => new KnownSecret("verifier", a["code_verifier"])));
        Secrets.AddRange(_tokens.Asked.Where(a => a.ContainsKey("refresh_token")).Select(a => new KnownSecret("refresh token", a["refresh_token"])));
        Secrets.Add(new("refresh token", _tokens.Refresh!));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _serviceKey.Dispose();
    }

    private async Task StartServersAsync()
    {
        _servers.Add(_tokens = await TokenServer.StartAsync(Token));
        _servers.Add(_passwords = EchoServer.Smtp("PLAIN LOGIN"));
        _servers.Add(_mechanismTokens = EchoServer.Smtp("XOAUTH2"));
        _servers.Add(_bearers = EchoServer.Smtp("OAUTHBEARER"));
        _servers.Add(_imap = EchoServer.Imap());
        _servers.Add(_web = new Receiver());
        _web.Answer = async (stream, stop) =>
        {
            var asked = _web.Requests.Last();
            var told = asked.Body.Split('&').SelectMany(f => f.Split('=')).Select(v => Uri.UnescapeDataString(v)).Append(asked.Path.TrimStart('/')).Append(asked.Headers.GetValueOrDefault("Authorization", ""));
            var body = JsonSerializer.Serialize(new { error = "invalid_grant", error_description = EchoServer.Repeat(told.Where(v => v.Length < 200)) });
            await MailDashboard.IntegrationTests.Checks.Smtp.LoopbackServer.SendAsync(
                stream, $"HTTP/1.1 400 no\r\nContent-Type: application/json\r\nContent-Length: {System.Text.Encoding.Latin1.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}", stop);
        };
    }

    private async Task StoreProfilesAsync()
    {
        var draft = Web.Profiles.Connectable with
        {
            Host = "127.0.0.1", Security = ServerSecurity.None, UserName = User, TokenEndpoint = _tokens.TokenEndpoint, AuthorizationEndpoint = _tokens.AuthorizationEndpoint,
            DeviceEndpoint = _tokens.DeviceEndpoint, ClientSecret = ClientSecret,
        };
        var key = _serviceKey.ExportPkcs8PrivateKeyPem();
        Secrets.Add(new("service account’s key", key.Split('\n')[3].Trim()));
        var password = draft with { Name = "password", SignInKind = SignInKind.Password, Password = Password, Port = _passwords.Port };
        ProfileDraft[] drafts =
        [
            password,
            password with { Name = "login", Port = Keep(EchoServer.Smtp("LOGIN")).Port },
            draft with { Name = "connected", Port = _mechanismTokens.Port },
            draft with { Name = "client", OAuthGrant = OAuthGrant.ClientCredentials, Port = _bearers.Port },
            draft with { Name = "refused", OAuthGrant = OAuthGrant.ClientCredentials, TokenEndpoint = _web.Url("token"), Port = _bearers.Port },
            draft with { Name = "refused person", TokenEndpoint = _web.Url("token"), Port = _bearers.Port },
            draft with
            {
                Name = "service", OAuthGrant = OAuthGrant.ServiceAccount, ClientSecret = null, Port = _bearers.Port,
                ServiceKey = JsonSerializer.Serialize(new { client_email = "robot@example.org", private_key = key }),
            },
            draft with { Name = "certificate", SignInKind = SignInKind.Certificate, Security = ServerSecurity.StartTls, Certificate = Certificate(), CertificatePassword = FilePassword, Port = _passwords.Port },
        ];
        foreach (var one in drafts)
        {
            var saved = await Get<ProfileStore>().SaveAsync(null, one, Token);
            Assert.Empty(saved.Problems);
            Profiles.Add(saved.Id!.Value);
        }

        await Get<ProfileStore>().UseForNoticesAsync(Profiles[0], Token);
    }

    /// <summary>One account is connected, another's provider refuses; then with a code on another device.</summary>
    private async Task ConnectAsync(HttpClient administrator, string userId)
    {
        await Get<SettingsStore>().UpdateAsync(s => s with { PublicUrl = "https://mail-dashboard.example.org" }, Token);
        foreach (var (id, end) in new[] { (Profiles[2], ConnectEnd.Connected), (Profiles[5], ConnectEnd.Failed) })
        {
            var (ticket, failure) = await Get<AccountConnections>().BeginAsync(new(AccountTable.Profiles, id), userId, Token);
            Assert.Null(failure);
            using var leaving = await administrator.GetAsync(new Uri($"/profiles/connect?ticket={Uri.EscapeDataString(ticket!)}", UriKind.Relative), Token);
            var query = HttpUtility.ParseQueryString(leaving.Headers.Location!.Query);
            _tokens.Challenge = query["code_challenge"];
            using var back = await administrator.GetAsync(new Uri($"/profiles/connected?state={query["state"]}&code={Code}", UriKind.Relative), Token);
            Assert.Contains($"connected={end}", back.Headers.Location!.OriginalString, StringComparison.Ordinal);
            Said.Add(("the way back", back.Headers.Location!.OriginalString));
        }

        var account = new AccountReference(AccountTable.Profiles, Profiles[5]);
        var (code, _) = await Get<DeviceConnections>().BeginAsync(account, Token);
        Secrets.Add(new("device code", code!.Secret));
        var result = await Get<DeviceConnections>().EndAsync(account, code with { Interval = TimeSpan.FromMilliseconds(10) }, Token);
        Said.Add(("the end of the device’s code", $"{result} {code}"));
    }

    private async Task UseProfilesAsync()
    {
        foreach (var id in Profiles)
        {
            var result = await Get<ProfileTester>().SendTestAsync(id, "ops@example.org", CultureInfo.InvariantCulture, Token);
            Assert.False(result.IsAccepted);
            Said.Add(($"test of profile {id}", $"{result.Detail}\n{string.Join('\n', result.Conversation)}"));
        }
    }

    private async Task UseMailboxAsync()
    {
        await TestedMessages.AddAsync(Host, Profiles[0]);
        var draft = new MailboxDraft { Name = "Read", Host = "127.0.0.1", Port = _imap.Port, Security = ServerSecurity.None, UserName = User, Password = MailboxPassword, Address = User, Addressing = TestAddressing.PlusAddress, IsSeed = true };
        var id = (await Get<MailboxStore>().SaveAsync(null, draft, Token)).Id!.Value;
        var trial = await Get<MailboxStore>().TryAsync(id, draft with { Password = null }, Token);
        Said.Add(("trial of the mailbox", JsonSerializer.Serialize(trial)));
        await using (var db = await Get<IDbContextFactory<DashboardContext>>().CreateDbContextAsync(Token))
        {
            await db.MessageTests.ExecuteUpdateAsync(s => s.SetProperty(t => t.MailboxId, id), Token);
        }

        await Get<MailboxRounds>().RunAsync(Token);
    }

    private async Task UseChannelsAsync()
    {
        await Get<SettingsStore>().SetListKeyAsync("spamhaus-zen", ListKey, Token);
        foreach (var kind in new[] { ChannelKind.Webhook, ChannelKind.Ntfy })
        {
            var saved = await Get<ChannelStore>().AddAsync(kind, new ChannelDraft { Name = kind.ToString(), Url = _web.Url(ChannelPath), Secret = ChannelKey }, Token);
            Assert.Empty(saved.Problems);
            Said.Add(($"test of {kind}", string.Join(' ', (await Get<ChannelTester>().TestAsync(saved.Id!.Value, Token))!.Lines)));
        }

        Assert.Equal(RecipientChange.Done, await Get<RecipientStore>().AddAsync("ops@example.org", "en", null, Token));
    }

    /// <summary>The profiles are looked at until there are incidents, which people are told of by a profile and channels that refuse.</summary>
    private async Task RaiseAlarmAsync()
    {
        var domain = await Host.AddDomainAsync("harbour.example");
        const string Proposal = "SUBMISSION mail.example.org:465 TLS\nIMAP mail.example.org:993 TLS";
        await Host.RecordAsync(
            domain,
            ("autoconfig", new OutcomeBuilder().Fact(Subject.Domain("harbour.example"), AutoconfigDownloads.FactKey, Proposal).Build()),
            ("spf", new OutcomeBuilder().Report(new FindingDefinition("SPF001", Severity.Critical, "RFC 7208 §3"), Subject.Domain("harbour.example"), new Evidence("record", "–")).Build()));
        await using (var db = await Get<IDbContextFactory<DashboardContext>>().CreateDbContextAsync(Token))
        {
            foreach (var rule in await db.NotificationRules.Include(r => r.Channels).ToListAsync(Token))
            {
                var channels = await db.NotificationChannels.Select(c => c.Id).ToListAsync(Token);
                rule.Channels.AddRange(channels.Except(rule.Channels.Select(c => c.ChannelId)).Select(c => new RuleChannel { ChannelId = c }));
            }

            await db.SaveChangesAsync(Token);
        }

        await Eventually.TrueAsync(
            "people are told that profiles fail",
            async token =>
            {
                await Get<AccountHealth>().RunAsync(token);
                await Get<NoticeRound>().RunAsync(token);
                await using var db = await Get<IDbContextFactory<DashboardContext>>().CreateDbContextAsync(token);
                return await db.Outbox.CountAsync(token) >= 3;
            },
            cancellationToken: Token);
        using var sender = ActivatorUtilities.CreateInstance<OutboxSender>(Host.Services);
        await sender.SendOneAsync(Token);
        await sender.PostAllAsync(Token);
        await using var after = await Get<IDbContextFactory<DashboardContext>>().CreateDbContextAsync(Token);
        Assert.True(await after.Outbox.CountAsync(m => m.LastError != null, Token) >= 3);
    }

    /// <summary>The keys with which an own server signs: only the step that hands them out shows them.</summary>
    private async Task KeepKeyAsync()
    {
        var run = await Host.BeginWizardAsync("harbour.example");
        Assert.IsType<WizardSaved.Done>(await Get<WizardKeys>().MakeAsync(run, withEd25519: true, Token));
        var pairs = await Get<WizardKeys>().ReadAsync(run.Id, Token);
        Assert.Equal(2, pairs.Length);
        Secrets.AddRange(pairs.Select(p => new KnownSecret($"DKIM key {p.Algorithm}", MiddleOf(p.PrivateKeyPem))));
    }

    private static string MiddleOf(string pem)
    {
        var lines = pem.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)[1..^1];
        return lines[lines.Length / 2];
    }

    private byte[] Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=dashboard.example.test", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(200));
        Secrets.Add(new("key of the certificate", key.ExportParameters(true).D!));
        return certificate.Export(X509ContentType.Pkcs12, FilePassword);
    }

    private T Keep<T>(T server)
        where T : IAsyncDisposable
    {
        _servers.Add(server);
        return server;
    }
}
