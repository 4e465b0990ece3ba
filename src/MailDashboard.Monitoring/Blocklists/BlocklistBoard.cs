using MailDashboard.Checks;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Blocklists;

/// <summary>What one list said of one address or domain.</summary>
/// <param name="State"><c>listed</c>, <c>notListed</c>, <c>unknown</c> or <c>off</c>.</param>
/// <param name="Reason">Why it is unknown.</param>
public sealed record BoardCell(string Zone, string State, Reason? Reason);

/// <summary>One address or domain over all lists.</summary>
/// <param name="Origin">How we came to look: <c>stated</c>, <c>spf</c>, <c>ownHost</c>, <c>mx</c> or <c>domain</c>.</param>
/// <param name="Provider">Whose it is, where it is a provider's: shown, never alerted.</param>
/// <param name="Domains">Ours behind it.</param>
public sealed record BoardRow(string Subject, string? Origin, string? Provider, IReadOnlyDictionary<string, BoardCell> Cells, IReadOnlyList<(int Id, string DisplayName)> Domains)
{
    public int Count(string state) => Cells.Values.Count(c => c.State == state);

    /// <summary>An e-mail is sent for it: it belongs to the organisation.</summary>
    public bool IsWatched => Provider is null && Origin is not "mx";
}

/// <summary>Addresses × lists.</summary>
/// <param name="Zones">The lists that were asked, in the order of the shipped data.</param>
/// <param name="DomainsShown">Domains that the rows are made of.</param>
/// <param name="DomainsAll">Domains that were looked at.</param>
public sealed record Board(IReadOnlyList<string> Zones, IReadOnlyList<BoardRow> Rows, int DomainsShown, int DomainsAll);

/// <summary>Puts the last answers of every list together, over a bounded number of domains: those with listings first.</summary>
public sealed class BlocklistBoard(IDbContextFactory<DashboardContext> contexts)
{
    private const int DomainsPerPage = 200;

    public async Task<Board> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var states = db.FamilyStates.AsNoTracking().Where(f => f.Family == "blocklists");
        var all = await states.CountAsync(cancellationToken);
        var rows = await (
            from state in states
            join domain in db.Domains on state.DomainId equals domain.Id
            orderby domain.ListingCount descending, domain.DisplayName
            select new { domain.Id, domain.DisplayName, state.FactsJson, state.UndeterminedJson }).Take(DomainsPerPage).ToListAsync(cancellationToken);

        var subjects = new Dictionary<string, Draft>(StringComparer.Ordinal);
        var zones = new List<string>();
        foreach (var row in rows)
        {
            var unknown = StoredJson.ReadUndetermined(row.UndeterminedJson).Where(u => u.Subject.Kind == SubjectKind.Listing)
                .GroupBy(u => u.Subject).ToDictionary(g => g.Key, g => g.First().Reason);
            foreach (var fact in StoredJson.ReadFacts(row.FactsJson))
            {
                var draft = subjects.TryGetValue(fact.Subject.Name, out var have) ? have : subjects[fact.Subject.Name] = new Draft();
                draft.Take(fact, unknown);
                draft.Domains[row.Id] = row.DisplayName;
                if (fact is { Subject.List: { } zone, Key: "state" } && !zones.Contains(zone))
                {
                    zones.Add(zone);
                }
            }
        }

        return new Board(
            zones,
            [.. subjects.Where(s => s.Value.Cells.Count > 0).Select(s => s.Value.ToRow(s.Key)).OrderByDescending(r => r.IsWatched ? r.Count("listed") : 0).ThenByDescending(r => r.Count("listed")).ThenByDescending(r => r.IsWatched).ThenBy(r => r.Subject, StringComparer.Ordinal)],
            rows.Count,
            all);
    }

    private sealed class Draft
    {
        private string? _origin;
        private string? _provider;

        public Dictionary<string, BoardCell> Cells { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<int, string> Domains { get; } = [];

        public void Take(Fact fact, Dictionary<Subject, Reason> unknown)
        {
            switch (fact.Key)
            {
                case "state" when fact.Subject.List is { } zone:
                    Cells[zone] = new BoardCell(zone, fact.Value, unknown.GetValueOrDefault(fact.Subject));
                    break;
                case "origin":
                    // Stated by one domain and merely found by another: the stronger claim counts.
                    _origin = _origin is null or "mx" ? fact.Value : _origin;
                    break;
                case "provider":
                    _provider = fact.Value;
                    break;
            }
        }

        public BoardRow ToRow(string subject) => new(subject, _origin, _provider, Cells, [.. Domains.Select(d => (d.Key, d.Value))]);
    }
}
