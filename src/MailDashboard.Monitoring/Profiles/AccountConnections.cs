using System.Collections.Concurrent;
using System.Collections.Immutable;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Persistence.Secrets;
using MailDashboard.Monitoring.Settings;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Profiles;

/// <summary>Which table an account is in.</summary>
public enum AccountTable
{
    Profiles,

    Mailboxes,
}

/// <summary>An account to be connected.</summary>
public sealed record AccountReference(AccountTable Table, int Id)
{
    /// <summary>The page to come back to, below the dashboard; null for the page of the account itself. Ours, never what a browser brings.</summary>
    public string? BackTo { get; init; }
}

/// <summary>How connecting an account ended.</summary>
public enum ConnectEnd
{
    /// <summary>We have a lasting token.</summary>
    Connected,

    /// <summary>Nobody of this browser asked for it, it was used before, or it took longer than ten minutes.</summary>
    NotAsked,

    /// <summary>The person declined, or the provider does not let the client ask.</summary>
    Declined,

    /// <summary>Server, client or user changed meanwhile, or the account is gone.</summary>
    Changed,

    /// <summary>There is a token, and none that lasts: the scope does not ask for it.</summary>
    NotLasting,

    /// <summary>The token endpoint refuses, or cannot be reached.</summary>
    Failed,

    /// <summary>The code for the person has run out.</summary>
    Expired,

    /// <summary>The public address of the dashboard is not set, so that nobody can come back to it.</summary>
    NoWayBack,

    /// <summary>No endpoint for that is stored with the account.</summary>
    NoEndpoint,
}

/// <summary>How connecting an account ended.</summary>
/// <param name="End">In a word.</param>
/// <param name="Account">Null where nobody asked.</param>
/// <param name="Fault">What the token endpoint found wrong.</param>
/// <param name="Detail">What it said; one line, hostile text.</param>
public sealed record ConnectResult(ConnectEnd End, AccountReference? Account = null, TokenFault? Fault = null, string Detail = "");

/// <summary>What the provider gives the browser to bring back (RFC 6749 §4.1.2). Hostile text.</summary>
public sealed record ConnectReturn(string? State, string? Code, string? Error);

/// <summary>
/// "Connect account": a person says yes at the provider, and we keep a token that lasts. What was asked is kept in memory for ten
/// minutes, its verifier encrypted, and taken once, by the browser and the person who asked.
/// </summary>
public sealed class AccountConnections(
    AccountSignIn signIns, IDbContextFactory<DashboardContext> contexts, SettingsStore settings, SecretProtector secrets, ChangeFeed feed, TimeProvider time)
{
    /// <summary>Where the provider sends the browser back to, below the public address.</summary>
    public const string ReturnPath = "profiles/connected";

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private const int Most = 100;

    private readonly ConcurrentDictionary<string, Asked> _asked = new(StringComparer.Ordinal);

    /// <summary>Where the provider has to let people come back to; null while the dashboard has no public address.</summary>
    public async Task<Uri?> ReturnAddressAsync(CancellationToken cancellationToken) =>
        Uri.TryCreate((await settings.GetAsync(cancellationToken)).PublicUrl, UriKind.Absolute, out var root) ? new Uri($"{root.AbsoluteUri.TrimEnd('/')}/{ReturnPath}") : null;

    /// <summary>Begins by way of the browser.</summary>
    /// <param name="account">Stored, with an authorisation endpoint.</param>
    /// <param name="userId">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the browser takes to <see cref="Leave"/>, or why there is nothing.</returns>
    public async Task<(string? State, ConnectEnd? Failure)> BeginAsync(AccountReference account, string userId, CancellationToken cancellationToken)
    {
        if (await ReturnAddressAsync(cancellationToken) is not { } back)
        {
            return (null, ConnectEnd.NoWayBack);
        }

        var (stored, client) = await LoadAsync(account, cancellationToken);
        if (client is null)
        {
            return (null, ConnectEnd.Changed);
        }

        if (!Uri.TryCreate(stored?.AuthorizationEndpoint, UriKind.Absolute, out var endpoint))
        {
            return (null, ConnectEnd.NoEndpoint);
        }

        var request = AuthorizationRequest.New(back);
        Sweep();
        var verifier = secrets.Protect(SecretProtector.OAuthSecret, request.Verifier);
        _asked[request.State] = new Asked(account, userId, null, request.Address(endpoint, client), back, verifier, Mark(client), time.GetUtcNow() + Life);
        return (request.State, null);
    }

    /// <summary>The browser leaves for the provider. Once: from then on only the browser with that session can come back.</summary>
    /// <returns>The address at the provider; null where nobody asked for that.</returns>
    public Uri? Leave(string? state, string userId, string session) =>
        state is not null && _asked.TryGetValue(state, out var asked) && asked.Session is null && asked.UserId == userId && asked.ExpiresAt > time.GetUtcNow()
        && _asked.TryUpdate(state, asked with { Session = session }, asked)
            ? asked.Address
            : null;

    /// <summary>The browser has come back with a code.</summary>
    public async Task<ConnectResult> EndAsync(ConnectReturn back, string userId, string? session, CancellationToken cancellationToken)
    {
        // Whatever it is good for: it is good for once.
        if (back.State is not { } state || !_asked.TryRemove(state, out var asked) || asked.ExpiresAt <= time.GetUtcNow()
            || asked.UserId != userId || asked.Session is null || asked.Session != session)
        {
            return new ConnectResult(ConnectEnd.NotAsked);
        }

        if (string.IsNullOrEmpty(back.Code))
        {
            return new ConnectResult(back.Error is "access_denied" or null ? ConnectEnd.Declined : ConnectEnd.Failed, asked.Account);
        }

        var (_, client) = await LoadAsync(asked.Account, cancellationToken);
        if (client is null || Mark(client) != asked.Mark || secrets.TryUnprotect(SecretProtector.OAuthSecret, asked.Verifier) is not { } verifier)
        {
            // A code must not go to a server that somebody typed after it was asked for.
            return new ConnectResult(ConnectEnd.Changed, asked.Account);
        }

        var answer = await signIns.Tokens.ExchangeAsync(client, back.Code, new AuthorizationRequest(asked.Back, state, verifier), cancellationToken);
        return await KeepAsync(asked.Account, answer, cancellationToken);
    }

    /// <summary>Begins with a code that the person types at the provider, on any device.</summary>
    public async Task<(DeviceCode? Code, ConnectResult? Failure)> BeginDeviceAsync(AccountReference account, CancellationToken cancellationToken)
    {
        var (stored, client) = await LoadAsync(account, cancellationToken);
        if (client is null || !Uri.TryCreate(stored?.DeviceEndpoint, UriKind.Absolute, out var endpoint))
        {
            return (null, new ConnectResult(client is null ? ConnectEnd.Changed : ConnectEnd.NoEndpoint, account));
        }

        var (code, failure) = await signIns.Tokens.StartDeviceAsync(client, endpoint, cancellationToken);
        return (code, failure is null ? null : Failed(account, failure));
    }

    /// <summary>Asks until the person has answered, as often as the provider lets us (RFC 8628 §3.5).</summary>
    public async Task<ConnectResult> EndDeviceAsync(AccountReference account, DeviceCode code, CancellationToken cancellationToken)
    {
        var pause = code.Interval;
        var mark = await MarkAsync(account, cancellationToken);
        while (true)
        {
            await Task.Delay(pause, time, cancellationToken);
            if (time.GetUtcNow() >= code.ExpiresAt)
            {
                return new ConnectResult(ConnectEnd.Expired, account);
            }

            var (_, client) = await LoadAsync(account, cancellationToken);
            if (client is null || Mark(client) != mark)
            {
                return new ConnectResult(ConnectEnd.Changed, account);
            }

            var answer = await signIns.Tokens.PollDeviceAsync(client, code, cancellationToken);
            switch (answer.Fault)
            {
                case TokenFault.Pending:
                    break;
                case TokenFault.SlowDown or TokenFault.Unreachable or TokenFault.Unresolved:
                    pause += TimeSpan.FromSeconds(5);
                    break;
                default:
                    return await KeepAsync(account, answer, cancellationToken);
            }
        }
    }

    private async Task<ConnectResult> KeepAsync(AccountReference account, TokenAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Token is not { } token)
        {
            return Failed(account, answer);
        }

        if (token.RefreshToken is not { } refresh)
        {
            return new ConnectResult(ConnectEnd.NotLasting, account);
        }

        await (account.Table == AccountTable.Profiles
            ? signIns.ConnectAsync<SmtpProfile>(account.Id, refresh, cancellationToken)
            : signIns.ConnectAsync<Mailbox>(account.Id, refresh, cancellationToken));
        feed.Publish(new DashboardChange(null));
        return new ConnectResult(ConnectEnd.Connected, account);
    }

    private static ConnectResult Failed(AccountReference account, TokenAnswer answer) => new(
        answer.Fault switch
        {
            TokenFault.CodeExpired => ConnectEnd.Expired,
            TokenFault.NotAllowed => ConnectEnd.Declined,
            _ => ConnectEnd.Failed,
        },
        account, answer.Fault, answer.Detail);

    private async Task<string?> MarkAsync(AccountReference account, CancellationToken cancellationToken) =>
        (await LoadAsync(account, cancellationToken)).Client is { } client ? Mark(client) : null;

    private async Task<(ServerAccount? Stored, OAuthClient? Client)> LoadAsync(AccountReference account, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        ServerAccount? stored = account.Table == AccountTable.Profiles
            ? await db.SmtpProfiles.AsNoTracking().FirstOrDefaultAsync(a => a.Id == account.Id, cancellationToken)
            : await db.Mailboxes.AsNoTracking().FirstOrDefaultAsync(a => a.Id == account.Id, cancellationToken);
        return (stored, stored is { SignInKind: SignInKind.OAuth, OAuthGrant: OAuthGrant.RefreshToken } ? signIns.ClientOf(stored) : null);
    }

    /// <summary>Whom a code was asked from, and for whom.</summary>
    private static string Mark(OAuthClient client) => $"{client.TokenEndpoint}\n{client.ClientId}\n{client.Scope}\n{client.User}";

    private void Sweep()
    {
        var now = time.GetUtcNow();
        var old = _asked.OrderBy(a => a.Value.ExpiresAt).ToImmutableArray();
        foreach (var (state, _) in old.Where((a, i) => a.Value.ExpiresAt <= now || i <= old.Length - Most))
        {
            _asked.TryRemove(state, out _);
        }
    }

    private sealed record Asked(AccountReference Account, string UserId, string? Session, Uri Address, Uri Back, string Verifier, string Mark, DateTimeOffset ExpiresAt);
}
