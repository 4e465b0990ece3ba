using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Dns;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.Mail.Connecting;
using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace MailDashboard.IntegrationTests.Monitoring.Mailboxes;

/// <summary>A Dovecot with mailboxes, a Postfix that delivers into them, DNS, and a dashboard that reads and sends.</summary>
internal sealed class MailboxWorld : IAsyncDisposable
{
    private readonly List<TestDashboard> _dashboards = [];
    private readonly ServerFolder _folder = new("mailbox-world");
    private readonly string? _connection;
    private readonly Dictionary<string, string> _parameters;

    private readonly KeyValuePair<string, string?>[] _settings;
    private readonly Action<IServiceCollection>? _configure;

    private MailboxWorld(MailboxServer mailboxes, PostfixServer postfix, KnotServer dns, string? connection, Dictionary<string, string> parameters, KeyValuePair<string, string?>[] settings, Action<IServiceCollection>? configure) =>
        (Mailboxes, Postfix, Dns, _connection, _parameters, _settings, _configure) = (mailboxes, postfix, dns, connection, parameters, settings, configure);

    public MailboxServer Mailboxes { get; }

    public PostfixServer Postfix { get; }

    public KnotServer Dns { get; }

    public TestDashboard Dashboard => _dashboards[0];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<MailboxWorld> StartAsync(string? connection, string? catchAll = null, PostfixSettings? postfix = null, KeyValuePair<string, string?>[]? settings = null, Action<IServiceCollection>? configure = null)
    {
        var dns = await KnotServer.StartAsync([new KnotZone("sender.test", "@ TXT \"v=spf1 -all\"")], cancellationToken: Token);
        var mailboxes = await MailboxServer.StartAsync(cancellationToken: Token);
        var parameters = new Dictionary<string, string>(postfix?.Parameters ?? new Dictionary<string, string>());
        mailboxes.Deliver(parameters, catchAll);
        var world = new MailboxWorld(mailboxes, await PostfixServer.StartAsync((postfix ?? new PostfixSettings()) with { Parameters = parameters }, Token), dns, connection, parameters, settings ?? [], configure);
        await world.AnotherAsync();
        return world;
    }

    /// <summary>Another process on the same data: at the same time on PostgreSQL, after the one before on SQLite.</summary>
    public async Task<TestDashboard> AnotherAsync()
    {
        var dashboard = await TestDashboard.StartAsync(_connection, _folder, settings: [new("MailDashboard:Dns:Servers", Dns.EndPoint.ToString()), .. _settings], configure: _configure);
        _dashboards.Add(dashboard);
        return dashboard;
    }

    /// <summary>Ends the first process, and starts one anew.</summary>
    public async Task<TestDashboard> RestartAsync()
    {
        await Dashboard.DisposeAsync();
        _dashboards.RemoveAt(0);
        return await AnotherAsync();
    }

    /// <summary>What Postfix kept back is delivered from now on.</summary>
    public Task DeliverAgainAsync()
    {
        _parameters.Remove("defer_transports");
        return Postfix.RestartAsync(Token);
    }

    public async Task<int> AddMailboxAsync(string user = "anna", Func<MailboxDraft, MailboxDraft>? change = null)
    {
        var draft = new MailboxDraft
        {
            Host = "127.0.0.1", Port = Mailboxes.Imap.Port, Security = ServerSecurity.None, UserName = $"{user}@{MailboxServer.Domain}", Password = MailboxServer.Password,
            Address = $"{user}@{MailboxServer.Domain}", Addressing = TestAddressing.PlusAddress,
        };
        var saved = await Dashboard.Get<MailboxStore>().SaveAsync(null, change?.Invoke(draft) ?? draft, Token);
        Assert.Empty(saved.Problems);
        return saved.Id!.Value;
    }

    public async Task<int> AddProfileAsync(Func<ProfileDraft, ProfileDraft>? change = null)
    {
        var draft = new ProfileDraft { Name = "Postfix", Host = "127.0.0.1", Port = Postfix.EndPoint.Port, Security = ServerSecurity.None, SenderAddress = "shop@sender.test" };
        var saved = await Dashboard.Get<ProfileStore>().SaveAsync(null, change?.Invoke(draft) ?? draft, Token);
        Assert.Empty(saved.Problems);
        return saved.Id!.Value;
    }

    /// <summary>Somebody else's system sends, and it is delivered: the dashboard's clock must not run ahead of the mail.</summary>
    /// <param name="to">To whom.</param>
    /// <param name="subject">Of the message.</param>
    /// <param name="received">Fields of earlier servers, the last one first.</param>
    public async Task SendAsync(string to, string subject, params string[] received)
    {
        var message = new MimeMessage
        {
            From = { MailboxAddress.Parse("shop@sender.test") },
            To = { MailboxAddress.Parse(to) },
            Subject = subject,
            Body = new TextPart("html") { Text = "<p>Hello <script>alert(1)</script></p>" },
        };
        foreach (var field in received.Reverse())
        {
            message.Headers.Insert(0, HeaderId.Received, field);
        }

        using var client = new MailKit.Net.Smtp.SmtpClient();
        await client.ConnectAsync(Postfix.EndPoint.Address.ToString(), Postfix.EndPoint.Port, MailKit.Security.SecureSocketOptions.None, Token);
        await client.SendAsync(message, Token);
        await client.DisconnectAsync(true, Token);
        await Postfix.DeliveredAsync(Token);
    }

    /// <summary>Rounds through the mailboxes, a few seconds of the dashboard's clock apart, until something is so.</summary>
    public Task RoundsAsync(string what, Func<Task<bool>> isSo, TimeSpan? step = null) => Eventually.TrueAsync(
        what,
        async token =>
        {
            await _dashboards[^1].Get<MailboxRounds>().RunAsync(token);
            if (await isSo())
            {
                return true;
            }

            _dashboards[^1].Time.Advance(step ?? TimeSpan.FromSeconds(3));
            return false;
        },
        cancellationToken: Token);

    public async ValueTask DisposeAsync()
    {
        foreach (var dashboard in _dashboards)
        {
            await dashboard.DisposeAsync();
        }

        await Postfix.DisposeAsync();
        await Mailboxes.DisposeAsync();
        await Dns.DisposeAsync();
        _folder.Dispose();
    }
}
