using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Persistence.Secrets;
using MailDashboard.Monitoring.Settings;

namespace MailDashboard.Monitoring.Profiles.Connecting;

/// <summary>What the provider gives the browser to bring back (RFC 6749 §4.1.2). Hostile text.</summary>
public sealed record ConnectReturn(string? State, string? Code, string? Error);

/// <summary>A browser that leaves for the provider.</summary>
/// <param name="Address">At the provider.</param>
/// <param name="Pending">What the browser keeps, and brings back.</param>
public sealed record Departure(Uri Address, string Pending);

/// <summary>
/// "Connect account": a person says yes at the provider, and we keep a token that lasts. Who comes back is the person who left, in the
/// browser that left, within half an hour; the provider takes a code once (RFC 6749 §4.1.2), and only with the verifier that this
/// browser keeps for us.
/// </summary>
public sealed class AccountConnections(ConnectableAccounts accounts, SettingsStore settings, SecretProtector secrets, TimeProvider time)
{
    /// <summary>Where the provider sends the browser back to, below the public address.</summary>
    public const string ReturnPath = "profiles/connected";

    /// <summary>For a person at the provider, who may have to find a colleague there.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    /// <summary>Where the provider has to let people come back to; null while the dashboard has no public address.</summary>
    public async Task<Uri?> ReturnAddressAsync(CancellationToken cancellationToken) =>
        Uri.TryCreate((await settings.GetAsync(cancellationToken)).PublicUrl, UriKind.Absolute, out var root) ? new Uri($"{root.AbsoluteUri.TrimEnd('/')}/{ReturnPath}") : null;

    /// <summary>Begins by way of the browser.</summary>
    /// <param name="account">Stored, with an authorisation endpoint.</param>
    /// <param name="userId">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the browser takes to <see cref="LeaveAsync"/>, or why there is nothing.</returns>
    public async Task<(string? Ticket, ConnectEnd? Failure)> BeginAsync(AccountReference account, string userId, CancellationToken cancellationToken)
    {
        if (await ReturnAddressAsync(cancellationToken) is null)
        {
            return (null, ConnectEnd.NoWayBack);
        }

        var found = await accounts.FindAsync(account, cancellationToken);
        return found?.AuthorizationEndpoint is null
            ? (null, found is null ? ConnectEnd.Changed : ConnectEnd.NoEndpoint)
            : (new ConnectTicket(account, userId, time.GetUtcNow() + Life).Write(secrets), null);
    }

    /// <summary>The browser leaves for the provider.</summary>
    /// <returns>Null where that person did not ask for it.</returns>
    public async Task<Departure?> LeaveAsync(string? ticket, string userId, CancellationToken cancellationToken)
    {
        if (ConnectTicket.Read(secrets, ticket) is not { } asked || asked.UserId != userId || asked.ExpiresAt <= time.GetUtcNow()
            || await ReturnAddressAsync(cancellationToken) is not { } back
            || await accounts.FindAsync(asked.Account, cancellationToken) is not { AuthorizationEndpoint: { } endpoint, Client: { } client })
        {
            return null;
        }

        var request = AuthorizationRequest.New(back);
        var pending = new PendingConnection(asked.Account, userId, PendingConnection.MarkOf(client), request, time.GetUtcNow() + Life);
        return new Departure(request.Address(endpoint, client), pending.Write(secrets));
    }

    /// <summary>The browser has come back.</summary>
    /// <param name="back">What the provider gave it.</param>
    /// <param name="userId">Who is signed in.</param>
    /// <param name="pending">What it kept; hostile text.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ConnectResult> EndAsync(ConnectReturn back, string userId, string? pending, CancellationToken cancellationToken)
    {
        if (PendingConnection.Read(secrets, pending) is not { } asked || asked.UserId != userId || asked.Request.State != back.State)
        {
            return new ConnectResult(ConnectEnd.NotAsked);
        }

        if (asked.ExpiresAt <= time.GetUtcNow())
        {
            return new ConnectResult(ConnectEnd.Expired, asked.Account);
        }

        if (string.IsNullOrEmpty(back.Code))
        {
            return new ConnectResult(back.Error is "access_denied" or null ? ConnectEnd.Declined : ConnectEnd.Failed, asked.Account);
        }

        if (await accounts.FindAsync(asked.Account, cancellationToken) is not { } found || PendingConnection.MarkOf(found.Client) != asked.Mark)
        {
            // A code must not go to a server that somebody typed after it was asked for.
            return new ConnectResult(ConnectEnd.Changed, asked.Account);
        }

        var answer = await accounts.Tokens.ExchangeAsync(found.Client, back.Code, asked.Request, cancellationToken);
        return await accounts.KeepAsync(asked.Account, answer, cancellationToken);
    }
}
