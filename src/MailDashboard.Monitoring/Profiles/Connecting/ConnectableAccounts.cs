using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Profiles.Connecting;

/// <summary>An account that may be connected, as it is stored.</summary>
/// <param name="Client">Who asks for tokens.</param>
/// <param name="AuthorizationEndpoint">Where people say yes; null where there is none.</param>
/// <param name="DeviceEndpoint">Where codes are given; null where there is none.</param>
internal sealed record Connectable(OAuthClient Client, Uri? AuthorizationEndpoint, Uri? DeviceEndpoint);

/// <summary>Accounts of either table that a person connects: read, and their token kept.</summary>
public sealed class ConnectableAccounts(AccountSignIn signIns, IDbContextFactory<DashboardContext> contexts, ChangeFeed feed)
{
    internal TokenClient Tokens => signIns.Tokens;

    /// <summary>Null where it is gone, or does not sign in by a token that a person gives.</summary>
    internal async Task<Connectable?> FindAsync(AccountReference account, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        ServerAccount? stored = account.Table == AccountTable.Profiles
            ? await db.SmtpProfiles.AsNoTracking().FirstOrDefaultAsync(a => a.Id == account.Id, cancellationToken)
            : await db.Mailboxes.AsNoTracking().FirstOrDefaultAsync(a => a.Id == account.Id, cancellationToken);
        return stored is { SignInKind: SignInKind.OAuth, OAuthGrant: OAuthGrant.RefreshToken } && signIns.ClientOf(stored) is { } client
            ? new Connectable(client, Address(stored.AuthorizationEndpoint), Address(stored.DeviceEndpoint))
            : null;
    }

    /// <summary>Keeps what a token endpoint gave, if it gave something that lasts.</summary>
    internal async Task<ConnectResult> KeepAsync(AccountReference account, TokenAnswer answer, CancellationToken cancellationToken)
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

    internal static ConnectResult Failed(AccountReference account, TokenAnswer answer) => new(
        answer.Fault switch
        {
            TokenFault.CodeExpired => ConnectEnd.Expired,
            TokenFault.NotAllowed => ConnectEnd.Declined,
            _ => ConnectEnd.Failed,
        },
        account, answer.Fault, answer.Detail);

    private static Uri? Address(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null;
}
