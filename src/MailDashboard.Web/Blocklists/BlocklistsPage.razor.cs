using MailDashboard.Checks;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Monitoring.Blocklists;
using MailDashboard.Monitoring.Settings;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Blocklists;

/// <summary>Who lists us? What is listed comes first; what could not be asked is explained once.</summary>
public sealed partial class BlocklistsPage
{
    private const int MostNamed = 8;
    private const int MostRows = 300;
    private static readonly string[] States = ["listed", "notListed", "unknown", "off"];
    private Board? _board;
    private Dictionary<string, Blocklist> _lists = [];

    [Inject]
    private BlocklistBoard Reader { get; set; } = default!;

    [Inject]
    private SettingsStore Settings { get; set; } = default!;

    private List<BoardRow> Listed => [.. _board!.Rows.Where(r => r.Count("listed") > 0)];

    /// <summary>Lists that answered nothing for anybody: said once, not once an address.</summary>
    private List<(string Zone, Reason? Reason)> Silent =>
    [
        .. _board!.Zones
            .Select(z => (Zone: z, Cells: _board.Rows.Select(r => r.Cells.GetValueOrDefault(z)).OfType<BoardCell>().ToList()))
            .Where(z => z.Cells.Count > 0 && z.Cells.All(c => c.State == "unknown"))
            .Select(z => (z.Zone, z.Cells[0].Reason)),
    ];

    private string? Answer
    {
        get
        {
            if (_board is null || _board.Rows.Count == 0)
            {
                return null;
            }

            var watched = Listed.Count(r => r.IsWatched);
            return watched > 0 ? L["Answer.Listed", watched, _board.Rows.Count]
                : Listed.Count > 0 ? L["Answer.Foreign", Listed.Count]
                : L["Answer.Clean", _board.Rows.Count, _board.Zones.Count];
        }
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        _board = await Reader.ReadAsync(cancellationToken);
        var catalogue = BlocklistLoad.For(await Settings.GetBlocklistsAsync(cancellationToken)).Catalogue ?? BlocklistCatalogue.Shipped;
        _lists = catalogue.Lists.GroupBy(l => l.Zone).ToDictionary(g => g.Key, g => g.First());
    }

    private string Name(string zone) => _lists.TryGetValue(zone, out var list) ? list.Name : zone;

    private string? RemovalUrl(string zone, string subject) =>
        _lists.TryGetValue(zone, out var list) && list.RemovalUrl?.Replace("{subject}", Uri.EscapeDataString(subject), StringComparison.Ordinal) is { } url && url.StartsWith("https://", StringComparison.Ordinal) ? url : null;

    private Severity Weight(string zone) => !_lists.TryGetValue(zone, out var list) ? Severity.Warning : list.Weight switch
    {
        ListWeight.Critical => Severity.Critical,
        ListWeight.High => Severity.Error,
        ListWeight.Medium => Severity.Warning,
        ListWeight.Low => Severity.Notice,
        _ => Severity.Info,
    };
}
