using System.Net;
using System.Text.RegularExpressions;
using MailDashboard.Monitoring.Accepting;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Search;

/// <summary>A domain by its name.</summary>
public sealed record FoundDomain(int Id, string DisplayName);

/// <summary>An address, and a domain of ours behind it.</summary>
/// <param name="IsStated">Its owner stated it as a sending address; else it was found in DNS and is looked up on blocklists.</param>
public sealed record FoundAddress(string Address, int DomainId, string DisplayName, bool IsStated);

/// <summary>Looks for domains and addresses by what somebody typed; every answer is bounded.</summary>
public sealed partial class SearchQuery(IDbContextFactory<DashboardContext> contexts, TimeProvider time)
{
    private const int MostDomains = 8;
    private const int MostAddresses = 8;

    /// <summary>How many domains are opened to see which of their addresses fit.</summary>
    private const int MostOpened = 40;

    /// <summary>Domains whose name contains the text; those that begin with it first.</summary>
    public async Task<IReadOnlyList<FoundDomain>> DomainsAsync(string text, CancellationToken cancellationToken)
    {
        var wanted = text.Trim().TrimEnd('.').ToLowerInvariant();
        if (wanted.Length is 0 or > 253)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Domains.AsNoTracking()
            .Where(d => d.DisplayName.Contains(wanted) || d.Name.Contains(wanted))
            .OrderBy(d => d.DisplayName.StartsWith(wanted) ? 0 : 1).ThenBy(d => d.DisplayName)
            .Take(MostDomains)
            .Select(d => new FoundDomain(d.Id, d.DisplayName))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Addresses that contain the text: a whole address in any spelling, or a part of one.</summary>
    public async Task<IReadOnlyList<FoundAddress>> AddressesAsync(string text, CancellationToken cancellationToken)
    {
        var typed = text.Trim().ToLowerInvariant();
        if (!PartOfAnAddress().IsMatch(typed))
        {
            return [];
        }

        // 2001:DB8:0:0::1 is stored as 2001:db8::1; "192.0" alone would parse as 192.0.0.0.
        var whole = typed.Contains(':', StringComparison.Ordinal) || typed.Count(c => c == '.') == 3;
        var wanted = whole && IPAddress.TryParse(typed, out var address) ? address.ToString() : typed;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var stated = await db.Domains.AsNoTracking()
            .Where(d => d.SendingAddresses.Any(a => a.Contains(wanted)))
            .OrderBy(d => d.DisplayName)
            .Take(MostOpened)
            .Select(d => new { d.Id, d.DisplayName, d.SendingAddresses })
            .ToListAsync(cancellationToken);
        var seen = await (
            from state in db.FamilyStates.AsNoTracking()
            join domain in db.Domains on state.DomainId equals domain.Id
            where state.Family == "blocklists" && state.FactsJson.Contains(wanted)
            orderby domain.DisplayName
            select new { domain.Id, domain.DisplayName, state.FactsJson }).Take(MostOpened).ToListAsync(cancellationToken);
        var found = stated.SelectMany(d => d.SendingAddresses.Select(a => new FoundAddress(a, d.Id, d.DisplayName, true)))
            .Concat(seen.SelectMany(d => Addresses(d.FactsJson).Select(a => new FoundAddress(a, d.Id, d.DisplayName, false))));
        return
        [
            .. found.Where(f => f.Address.Contains(wanted, StringComparison.OrdinalIgnoreCase))
                .DistinctBy(f => (f.Address, f.DomainId))
                .OrderBy(f => f.Address == wanted ? 0 : f.Address.StartsWith(wanted, StringComparison.Ordinal) ? 1 : 2)
                .ThenBy(f => f.Address, StringComparer.Ordinal).ThenBy(f => f.DisplayName, StringComparer.Ordinal)
                .Take(MostAddresses),
        ];
    }

    /// <summary>How many domains have each of the codes open and not accepted.</summary>
    public async Task<IReadOnlyDictionary<string, int>> OpenCountsAsync(IReadOnlyCollection<string> codes, CancellationToken cancellationToken)
    {
        if (codes.Count == 0)
        {
            return new Dictionary<string, int>();
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await CountingFindings.Of(db, time.GetUtcNow()).Where(f => codes.Contains(f.Code))
            .Select(f => new { f.Code, f.DomainId }).Distinct()
            .GroupBy(f => f.Code).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
    }

    private static IEnumerable<string> Addresses(string factsJson) =>
        StoredJson.ReadFacts(factsJson).Select(f => f.Subject.Name).Distinct(StringComparer.Ordinal).Where(name => IPAddress.TryParse(name, out _));

    [GeneratedRegex(@"^(?=.*[0-9])[0-9a-f.:]{2,45}$", RegexOptions.CultureInvariant)]
    private static partial Regex PartOfAnAddress();
}
