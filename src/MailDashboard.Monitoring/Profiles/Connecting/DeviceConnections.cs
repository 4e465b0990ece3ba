using MailDashboard.Mail.SigningIn.OAuth;

namespace MailDashboard.Monitoring.Profiles.Connecting;

/// <summary>"Connect with a code": a person types it at the provider, on any device, and we ask until they have (RFC 8628).</summary>
public sealed class DeviceConnections(ConnectableAccounts accounts, TimeProvider time)
{
    private static readonly TimeSpan MoreSlowly = TimeSpan.FromSeconds(5);

    /// <summary>Asks for a code.</summary>
    public async Task<(DeviceCode? Code, ConnectResult? Failure)> BeginAsync(AccountReference account, CancellationToken cancellationToken)
    {
        var found = await accounts.FindAsync(account, cancellationToken);
        if (found?.DeviceEndpoint is not { } endpoint)
        {
            return (null, new ConnectResult(found is null ? ConnectEnd.Changed : ConnectEnd.NoEndpoint, account));
        }

        var (code, failure) = await accounts.Tokens.StartDeviceAsync(found.Client, endpoint, cancellationToken);
        return (code, failure is null ? null : ConnectableAccounts.Failed(account, failure));
    }

    /// <summary>Asks until the person has answered, as often as the provider lets us (RFC 8628 §3.5).</summary>
    public async Task<ConnectResult> EndAsync(AccountReference account, DeviceCode code, CancellationToken cancellationToken)
    {
        var pause = code.Interval;
        var mark = await accounts.FindAsync(account, cancellationToken) is { } asked ? PendingConnection.MarkOf(asked.Client) : null;
        while (true)
        {
            await Task.Delay(pause, time, cancellationToken);
            if (time.GetUtcNow() >= code.ExpiresAt)
            {
                return new ConnectResult(ConnectEnd.Expired, account);
            }

            if (await accounts.FindAsync(account, cancellationToken) is not { } found || PendingConnection.MarkOf(found.Client) != mark)
            {
                return new ConnectResult(ConnectEnd.Changed, account);
            }

            var answer = await accounts.Tokens.PollDeviceAsync(found.Client, code, cancellationToken);
            switch (answer.Fault)
            {
                case TokenFault.Pending:
                    break;
                case TokenFault.SlowDown or TokenFault.Unreachable or TokenFault.Unresolved:
                    pause += MoreSlowly;
                    break;
                default:
                    return await accounts.KeepAsync(account, answer, cancellationToken);
            }
        }
    }
}
