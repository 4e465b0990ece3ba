using System.Collections.Concurrent;
using MailDashboard.Mail.SigningIn;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Persistence.Secrets;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Profiles;

/// <summary>Why nobody can sign in: for the person who mends it.</summary>
/// <param name="Detail">One line; hostile text.</param>
/// <param name="Fault">Of the token; null where it is a stored secret.</param>
internal sealed record SignInFailure(string Detail, TokenFault? Fault = null);

/// <summary>Makes of a stored account what signs in there. Access tokens are kept in memory until shortly before they end.</summary>
public sealed class AccountSignIn(SecretProtector secrets, GuardedHttp http, DatabaseWriter writer, TimeProvider time)
{
    /// <summary>A token that ends while it is used is of no use.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, Held> _tokens = new(StringComparer.Ordinal);

    /// <summary>A client of token endpoints behind the guard.</summary>
    public TokenClient Tokens { get; } = new(http.FetchAsync, time);

    /// <summary>Who we are at an account's server, or why that cannot be said.</summary>
    internal async Task<(SignIn? SignIn, SignInFailure? Failure)> GetAsync(ServerAccount account, CancellationToken cancellationToken)
    {
        switch (account.SignInKind)
        {
            case SignInKind.Password:
                return secrets.TryUnprotect(SecretProtector.ProfilePassword, account.ProtectedPassword) is { } password
                    ? (SignIn.Of(account.UserName, password), null)
                    : (null, new SignInFailure("The stored password cannot be decrypted; type it again"));
            case SignInKind.Certificate:
                return secrets.TryUnprotect(SecretProtector.ClientCertificate, account.ProtectedCertificate) is { } stored && ClientCertificate.Read(stored) is { } certificate
                    ? (new SignIn.WithCertificate(certificate, account.UserName), null)
                    : (null, new SignInFailure("The stored certificate cannot be decrypted; upload it again"));
            case SignInKind.OAuth:
                return await TokenAsync(account, cancellationToken);
            default:
                return (SignIn.Nobody, null);
        }
    }

    /// <summary>The client that an account names; null where a secret cannot be decrypted.</summary>
    internal OAuthClient? ClientOf(ServerAccount account)
    {
        if (account.TokenEndpoint is not { } endpoint || account.OAuthGrant is not { } grant)
        {
            return null;
        }

        var secret = Open(account.ProtectedClientSecret, out var secretLost);
        var refresh = Open(account.ProtectedRefreshToken, out var refreshLost);
        var file = Open(account.ProtectedServiceKey, out var fileLost);
        return secretLost || refreshLost || fileLost
            ? null
            : new OAuthClient(new Uri(endpoint), grant, account.ClientId ?? "", secret, account.Scope, refresh, file is null ? null : ServiceAccountKey.TryRead(file), account.UserName);
    }

    /// <summary>Keeps what a person gave by "connect account"; the account is looked at soon.</summary>
    internal async Task ConnectAsync<T>(int id, string refreshToken, CancellationToken cancellationToken)
        where T : ServerAccount
    {
        await KeepAsync<T>(id, refreshToken, cancellationToken);
        await writer.WriteAsync((db, ct) => db.Set<T>().Where(a => a.Id == id).ExecuteUpdateAsync(s => s.SetProperty(a => a.NextCheckAt, (DateTimeOffset?)null), ct), cancellationToken);
        Forget(typeof(T), id);
    }

    /// <summary>The server would not have it.</summary>
    internal void Forget(ServerAccount account) => Forget(account.GetType(), account.Id);

    private void Forget(Type table, int id)
    {
        foreach (var key in _tokens.Keys.Where(k => k.StartsWith(Prefix(table, id), StringComparison.Ordinal)))
        {
            _tokens.TryRemove(key, out _);
        }
    }

    private async Task<(SignIn?, SignInFailure?)> TokenAsync(ServerAccount account, CancellationToken cancellationToken)
    {
        if (ClientOf(account) is not { } client)
        {
            return (null, new SignInFailure("The stored secrets cannot be decrypted; type them again"));
        }

        if (client is { Grant: OAuthGrant.RefreshToken, RefreshToken: null })
        {
            return (null, new SignInFailure("The account is not connected yet", TokenFault.Grant));
        }

        // A draft is not stored, and shares no token.
        var key = $"{Prefix(account.GetType(), account.Id)}{client.TokenEndpoint}|{client.Grant}|{client.ClientId}|{client.Scope}|{client.User}";
        var held = account.Id == 0 ? new Held() : _tokens.GetOrAdd(key, static _ => new Held());
        await held.Gate.WaitAsync(cancellationToken);
        try
        {
            if (held.Token is null || held.Token.ExpiresAt - Margin <= time.GetUtcNow())
            {
                var answer = await Tokens.FetchAsync(client, cancellationToken);
                if (answer.Token is null)
                {
                    return (null, new SignInFailure(answer.Detail, answer.Fault));
                }

                held.Token = answer.Token;
                if (answer.Token.RefreshToken is { } next && next != client.RefreshToken && client.Grant == OAuthGrant.RefreshToken)
                {
                    await RotateAsync(account, next, cancellationToken);
                }
            }

            return (new SignIn.WithToken(account.UserName ?? "", held.Token.Value), null);
        }
        finally
        {
            held.Gate.Release();
        }
    }

    private Task RotateAsync(ServerAccount account, string next, CancellationToken cancellationToken) => account switch
    {
        // A draft that keeps the token of a stored account has used it up.
        Mailbox { Id: 0 } => ReplaceAsync<Mailbox>(account, next, cancellationToken),
        { Id: 0 } => ReplaceAsync<SmtpProfile>(account, next, cancellationToken),
        Mailbox => KeepAsync<Mailbox>(account.Id, next, cancellationToken),
        _ => KeepAsync<SmtpProfile>(account.Id, next, cancellationToken),
    };

    private async Task KeepAsync<T>(int id, string refreshToken, CancellationToken cancellationToken)
        where T : ServerAccount
    {
        var kept = secrets.Protect(SecretProtector.OAuthSecret, refreshToken);
        await writer.WriteAsync((db, ct) => db.Set<T>().Where(a => a.Id == id).ExecuteUpdateAsync(s => s.SetProperty(a => a.ProtectedRefreshToken, kept), ct), cancellationToken);
    }

    private async Task ReplaceAsync<T>(ServerAccount draft, string refreshToken, CancellationToken cancellationToken)
        where T : ServerAccount
    {
        var (used, kept) = (draft.ProtectedRefreshToken, secrets.Protect(SecretProtector.OAuthSecret, refreshToken));
        await writer.WriteAsync((db, ct) => db.Set<T>().Where(a => a.ProtectedRefreshToken == used).ExecuteUpdateAsync(s => s.SetProperty(a => a.ProtectedRefreshToken, kept), ct), cancellationToken);
    }

    private string? Open(string? stored, out bool isLost)
    {
        var opened = secrets.TryUnprotect(SecretProtector.OAuthSecret, stored);
        isLost = stored is not null && opened is null;
        return opened;
    }

    private static string Prefix(Type table, int id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{table.Name}/{id}/");

    private sealed class Held
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public AccessToken? Token { get; set; }
    }
}
