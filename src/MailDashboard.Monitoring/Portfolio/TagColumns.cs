namespace MailDashboard.Monitoring.Portfolio;

/// <summary>In which columns of a ledger a domain counts.</summary>
internal sealed class TagColumns
{
    private readonly int[] _always;
    private readonly Dictionary<int, int[]> _byDomain;

    public TagColumns(IReadOnlyList<string> tags, IEnumerable<(int DomainId, string Tag)> bearers)
    {
        var index = tags.Select((tag, i) => (tag, i)).ToDictionary(t => t.tag, t => t.i, StringComparer.Ordinal);
        _always = index.TryGetValue("", out var all) ? [all] : [];
        _byDomain = bearers.GroupBy(b => b.DomainId).ToDictionary(g => g.Key, g => (int[])[.. _always, .. g.Select(b => index[b.Tag])]);
    }

    public int[] Of(int domainId) => _byDomain.GetValueOrDefault(domainId, _always);
}
