using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Profiles;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Channels;

/// <summary>Whether e-mail about a domain would go out by that very domain.</summary>
public sealed class ChannelAdvice(IDbContextFactory<DashboardContext> contexts, ProfileStore profiles)
{
    /// <summary>Monitored domains that the sending profile depends on: the sender's, or that of its server. Empty where there is none, or no profile.</summary>
    public async Task<IReadOnlyList<string>> DomainsOfProfileAsync(CancellationToken cancellationToken)
    {
        if (await profiles.GetForNoticesAsync(cancellationToken) is not { } profile)
        {
            return [];
        }

        var names = Above(profile.SenderAddress[(profile.SenderAddress.LastIndexOf('@') + 1)..]).Concat(Above(profile.Host)).Distinct().ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Domains.AsNoTracking().Where(d => names.Contains(d.Name)).OrderBy(d => d.DisplayName).Select(d => d.DisplayName).ToListAsync(cancellationToken);
    }

    /// <summary>The name and those above it: mx.mail.example.org, mail.example.org, example.org.</summary>
    internal static IEnumerable<string> Above(string name)
    {
        var rest = name.Trim().TrimEnd('.').ToLowerInvariant();
        for (; rest.Contains('.', StringComparison.Ordinal); rest = rest[(rest.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            yield return rest;
        }
    }
}
