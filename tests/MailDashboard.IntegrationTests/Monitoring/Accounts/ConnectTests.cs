using System.Collections.Concurrent;
using System.Web;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Web;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Profiles.Connecting;
using MailDashboard.Monitoring.Settings;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.IntegrationTests.Monitoring.Accounts;

/// <summary>"Connect account", in the browser and with a code.</summary>
public sealed class ConnectTests(SharedPostgres postgres) : AccountTest(postgres)
{
    private const string Ada = "ada-id";

    [Fact]
    public async Task Connect_InTheBrowser_RedeemsTheCodeOnceWithWhatWasChallenged()
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var dashboard = await StartAsync(tokens);
        var account = await AccountAsync(dashboard, tokens);
        var (address, pending) = await LeaveAsync(dashboard, account);
        var query = HttpUtility.ParseQueryString(address.Query);
        var state = query["state"];
        tokens.Challenge = query["code_challenge"];

        Assert.Equal(
            ("mail", "code", "client-1", "https://mail-dashboard.example.org/profiles/connected", "S256", "anna"),
            (query["audience"], query["response_type"], query["client_id"], query["redirect_uri"], query["code_challenge_method"], query["login_hint"]));
        Assert.DoesNotContain(state!, pending, StringComparison.Ordinal);
        var connections = dashboard.Get<AccountConnections>();
        Assert.Equal(ConnectEnd.Connected, (await connections.EndAsync(new(state, "a-code", null), Ada, pending, Token)).End);

        var asked = Assert.Single(tokens.Asked);
        Assert.Equal(("authorization_code", "a-code", query["redirect_uri"]), (asked["grant_type"], asked["code"], asked["redirect_uri"]));
        Assert.DoesNotContain(asked["code_verifier"], address.AbsoluteUri, StringComparison.Ordinal);
        Assert.True((await dashboard.Get<ProfileStore>().FindAsync(account.Id, Token))!.SignIn.IsConnected);
        Assert.NotNull((await dashboard.Get<AccountSignIn>().GetAsync(await StoredAsync(dashboard, account.Id), Token)).SignIn);
    }

    [Theory]
    [InlineData("another", true, true, 0, ConnectEnd.NotAsked)]
    [InlineData(Ada, false, true, 0, ConnectEnd.NotAsked)]
    [InlineData(Ada, true, false, 0, ConnectEnd.NotAsked)]
    [InlineData(Ada, true, true, 30, ConnectEnd.Expired)]
    public async Task Connect_ComingBackAsSomebodyElseOrTooLate_IsNothing(string user, bool hasPending, bool hasState, int minutes, ConnectEnd end)
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var dashboard = await StartAsync(tokens);
        var (address, pending) = await LeaveAsync(dashboard, await AccountAsync(dashboard, tokens));
        dashboard.Time.Advance(TimeSpan.FromMinutes(minutes));

        var back = new ConnectReturn(hasState ? StateOf(address) : "made-up", "a-code", null);
        Assert.Equal(end, (await dashboard.Get<AccountConnections>().EndAsync(back, user, hasPending ? pending : null, Token)).End);
        Assert.Empty(tokens.Asked);
    }

    [Fact]
    public async Task Connect_WithSomethingThatWasMadeUp_OrOfAnotherKind_IsNothing()
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var dashboard = await StartAsync(tokens);
        var connections = dashboard.Get<AccountConnections>();
        var account = await AccountAsync(dashboard, tokens);
        var (ticket, _) = await connections.BeginAsync(account, Ada, Token);

        Assert.Equal(ConnectEnd.NotAsked, (await connections.EndAsync(new("x", "a-code", null), Ada, ticket, Token)).End);
        Assert.Null(await connections.LeaveAsync("made-up", Ada, Token));
        Assert.Null(await connections.LeaveAsync(ticket, "another", Token));
        var (_, pending) = (await connections.LeaveAsync(ticket, Ada, Token))!;
        Assert.Null(await connections.LeaveAsync(pending, Ada, Token));
        dashboard.Time.Advance(AccountConnections.Life);
        Assert.Null(await connections.LeaveAsync(ticket, Ada, Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Connect_WhileTheDashboardIsStartedAnew_GoesOn(string database)
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        using var folder = new ServerFolder("connect");
        var connection = await ConnectionAsync(database);
        AccountReference account;
        Departure departure;
        await using (var first = await TestDashboard.StartAsync(connection, folder, settings: Loopback))
        {
            await first.Get<SettingsStore>().UpdateAsync(s => s with { PublicUrl = "https://mail-dashboard.example.org" }, Token);
            account = await AccountAsync(first, tokens);
            departure = await LeaveAsync(first, account);
        }

        tokens.Challenge = HttpUtility.ParseQueryString(departure.Address.Query)["code_challenge"];
        await using var dashboard = await TestDashboard.StartAsync(connection, folder, settings: Loopback);

        Assert.Equal(ConnectEnd.Connected, (await dashboard.Get<AccountConnections>().EndAsync(new(StateOf(departure.Address), "a-code", null), Ada, departure.Pending, Token)).End);
        Assert.True((await dashboard.Get<ProfileStore>().FindAsync(account.Id, Token))!.SignIn.IsConnected);
    }

    [Fact]
    public async Task Connect_WhoseServerWasChangedMeanwhile_SendsTheCodeNowhere()
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var other = await TokenServer.StartAsync(Token);
        await using var dashboard = await StartAsync(tokens);
        var account = await AccountAsync(dashboard, tokens);
        var (address, pending) = await LeaveAsync(dashboard, account);
        await SaveAsync(dashboard, Draft(other, OAuthGrant.RefreshToken), account.Id);

        Assert.Equal(ConnectEnd.Changed, (await dashboard.Get<AccountConnections>().EndAsync(new(StateOf(address), "a-code", null), Ada, pending, Token)).End);
        Assert.Empty(other.Asked);
    }

    [Fact]
    public async Task Connect_Declined_OrWithoutALastingToken_OrWithoutAPublicAddress_SaysSo()
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var dashboard = await StartAsync(tokens);
        var connections = dashboard.Get<AccountConnections>();
        var account = await AccountAsync(dashboard, tokens);

        var (declined, kept) = await LeaveAsync(dashboard, account);
        Assert.Equal(ConnectEnd.Declined, (await connections.EndAsync(new(StateOf(declined), null, "access_denied"), Ada, kept, Token)).End);

        var (address, pending) = await LeaveAsync(dashboard, account);
        (tokens.Challenge, tokens.GivesRefreshTokens) = (HttpUtility.ParseQueryString(address.Query)["code_challenge"], false);
        Assert.Equal(ConnectEnd.NotLasting, (await connections.EndAsync(new(StateOf(address), "a-code", null), Ada, pending, Token)).End);

        await using var private_ = await StartLoopbackAsync("sqlite");
        Assert.Equal(ConnectEnd.NoWayBack, (await private_.Get<AccountConnections>().BeginAsync(new(AccountTable.Profiles, await SaveAsync(private_, Draft(tokens, OAuthGrant.RefreshToken))), Ada, Token)).Failure);
    }

    [Fact]
    public async Task Device_PendingThenToldToSlowDown_AsksMoreSlowlyAndConnects()
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var dashboard = await StartAsync(tokens);
        var account = await AccountAsync(dashboard, tokens);
        Say(tokens, "authorization_pending", "slow_down", "authorization_pending");

        var (code, result, pauses) = await ConnectDeviceAsync(dashboard, account, tokens);

        Assert.Equal("WDJB-MJHT", code.UserCode);
        Assert.Equal(ConnectEnd.Connected, result.End);
        Assert.Equal([7, 7, 12, 12], pauses);
        Assert.All(tokens.Asked, a => Assert.Equal(("urn:ietf:params:oauth:grant-type:device_code", "dc-secret"), (a["grant_type"], a["device_code"])));
        Assert.True((await dashboard.Get<ProfileStore>().FindAsync(account.Id, Token))!.SignIn.IsConnected);
    }

    [Theory]
    [InlineData("access_denied", ConnectEnd.Declined)]
    [InlineData("expired_token", ConnectEnd.Expired)]
    [InlineData("invalid_client", ConnectEnd.Failed)]
    public async Task Device_Refused_SaysWhy(string error, ConnectEnd end)
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var dashboard = await StartAsync(tokens);
        var account = await AccountAsync(dashboard, tokens);
        Say(tokens, error);

        Assert.Equal(end, (await ConnectDeviceAsync(dashboard, account, tokens)).Result.End);
        Assert.False((await dashboard.Get<ProfileStore>().FindAsync(account.Id, Token))!.SignIn.IsConnected);
    }

    [Fact]
    public async Task Device_NobodyAnswers_Ends()
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var dashboard = await StartAsync(tokens);
        Say(tokens, [.. Enumerable.Repeat("authorization_pending", 20)]);

        Assert.Equal(ConnectEnd.Expired, (await ConnectDeviceAsync(dashboard, await AccountAsync(dashboard, tokens), tokens)).Result.End);
    }

    private static void Say(TokenServer tokens, params string[] errors) => errors.ToList().ForEach(e => tokens.Next.Enqueue((400, $$"""{"error":"{{e}}"}""")));

    private async Task<TestDashboard> StartAsync(TokenServer tokens)
    {
        Assert.True(tokens.Root.IsLoopback);
        var dashboard = await StartLoopbackAsync("sqlite", new ObservedTime());
        var store = dashboard.Get<SettingsStore>();
        Assert.Empty(await store.UpdateAsync(s => s with { PublicUrl = "https://mail-dashboard.example.org" }, Token));
        return dashboard;
    }

    private static async Task<AccountReference> AccountAsync(TestDashboard dashboard, TokenServer tokens) =>
        new(AccountTable.Profiles, await SaveAsync(dashboard, Draft(tokens, OAuthGrant.RefreshToken)));

    private static async Task<Departure> LeaveAsync(TestDashboard dashboard, AccountReference account)
    {
        var (ticket, failure) = await dashboard.Get<AccountConnections>().BeginAsync(account, Ada, Token);
        Assert.Null(failure);
        return (await dashboard.Get<AccountConnections>().LeaveAsync(ticket, Ada, Token))!;
    }

    private static string? StateOf(Uri address) => HttpUtility.ParseQueryString(address.Query)["state"];

    /// <summary>Moves the clock by what is waited for, each time that something is; says how long it was.</summary>
    private static async Task<(DeviceCode Code, ConnectResult Result, List<int> Pauses)> ConnectDeviceAsync(TestDashboard dashboard, AccountReference account, TokenServer tokens)
    {
        var time = (ObservedTime)dashboard.Time;
        var (code, failure) = await dashboard.Get<DeviceConnections>().BeginAsync(account, Token);
        Assert.Null(failure);
        var (next, pauses) = (time.Waits.Count, new List<int>());
        var waiting = dashboard.Get<DeviceConnections>().EndAsync(account, code!, Token);
        while (!waiting.IsCompleted)
        {
            await Eventually.TrueAsync("it waits again", () => waiting.IsCompleted || time.Waits.Skip(next).Any(IsPause), cancellationToken: Token);
            var waits = time.Waits.ToList();
            if (waits.FindIndex(next, IsPause) is var at and >= 0)
            {
                next = at + 1;
                pauses.Add((int)waits[at].TotalSeconds);
                time.Advance(waits[at]);
            }
        }

        return (code!, await waiting, pauses);
    }

    private static bool IsPause(TimeSpan wait) => wait.TotalSeconds is 7 or 12;
}

/// <summary>A clock that says what is waited for.</summary>
internal sealed class ObservedTime : FakeTimeProvider
{
    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Waits.Enqueue(dueTime);
        return timer;
    }
}
