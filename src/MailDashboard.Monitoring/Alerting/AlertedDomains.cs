using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>Names and tags of every domain behind some alerts.</summary>
internal sealed class AlertedDomains
{
    private readonly Dictionary<int, AlertedDomain> _byId;
    private readonly Dictionary<int, string> _displayNames;

    private AlertedDomains(Dictionary<int, AlertedDomain> byId, Dictionary<int, string> displayNames) => (_byId, _displayNames) = (byId, displayNames);

    public static Task<AlertedDomains> LoadAsync(DashboardContext db, IEnumerable<Alert> alerts, CancellationToken cancellationToken) =>
        LoadAsync(db, alerts.SelectMany(a => a.Domains.Select(d => d.DomainId).Append(a.SummaryDomainId ?? 0)).Distinct().ToList(), cancellationToken);

    public static async Task<AlertedDomains> LoadAsync(DashboardContext db, IReadOnlyCollection<int> ids, CancellationToken cancellationToken)
    {
        var rows = await db.Domains.AsNoTracking().Where(d => ids.Contains(d.Id)).Select(d => new { d.Id, d.Name, d.DisplayName }).ToListAsync(cancellationToken);
        var tags = (await db.DomainTags.AsNoTracking().Where(t => ids.Contains(t.DomainId)).ToListAsync(cancellationToken)).ToLookup(t => t.DomainId, t => t.Tag);
        return new AlertedDomains(rows.ToDictionary(r => r.Id, r => new AlertedDomain(r.Name, [.. tags[r.Id]])), rows.ToDictionary(r => r.Id, r => r.DisplayName));
    }

    /// <summary>Every one that is still there.</summary>
    public IReadOnlyCollection<AlertedDomain> All => _byId.Values;

    /// <summary>Those behind an alert that are still there.</summary>
    public IReadOnlyList<AlertedDomain> Of(Alert alert) => [.. alert.Domains.Select(d => _byId.GetValueOrDefault(d.DomainId)).OfType<AlertedDomain>()];

    /// <summary>As people read it; null where the domain is gone.</summary>
    public string? DisplayName(int id) => _displayNames.GetValueOrDefault(id);

    /// <summary>Every name behind an alert, as people read them.</summary>
    public IEnumerable<string> DisplayNames(Alert alert) =>
        alert.Domains.Select(d => DisplayName(d.DomainId)).OfType<string>().Order(StringComparer.Ordinal);
}
