using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Blocklists;
using MailDashboard.Monitoring.Settings;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Blocklists;

/// <summary>Who lists us? What is listed comes first; what could not be asked is explained once.</summary>
public sealed partial class BlocklistsPage
{
    private const int FirstListed = 20;
    private const int MostListed = 200;
    private const int MostAlerts = 500;
    private static readonly string[] States = ["listed", "notListed", "unknown", "off"];
    private Board? _board;
    private bool _allListed;
    private Dictionary<string, Blocklist> _lists = [];
    private Dictionary<(string Subject, string Zone), AlertView> _alerts = [];

    [Inject]
    private BlocklistBoard Reader { get; set; } = default!;

    [Inject]
    private AlertLog Alerts { get; set; } = default!;

    [Inject]
    private SettingsStore Settings { get; set; } = default!;

    private List<BoardRow> Listed { get; set; } = [];

    private List<BoardRow> Addresses { get; set; } = [];

    private List<BoardRow> Names { get; set; } = [];

    /// <summary>Lists that answered nothing for anybody: said once, not once an address.</summary>
    private List<(string Zone, Reason? Reason)> Silent { get; set; } = [];

    private string? Answer
    {
        get
        {
            if (_board is null || _board.Rows.Count == 0)
            {
                return null;
            }

            var watched = Listed.Count(r => r.IsWatched);
            var (key, number) = (watched, Listed.Count) switch
            {
                ( > 0, _) => ("Answer.Listed", watched),
                (_, > 0) => ("Answer.Foreign", Listed.Count),
                _ => ("Answer.Clean", _board.Rows.Count),
            };
            return L.Count(key, number, Number(_board.Rows.Count), Number(_board.Zones.Count - Silent.Count));
        }
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var board = await Reader.ReadAsync(cancellationToken);
        var catalogue = BlocklistLoad.For(await Settings.GetBlocklistsAsync(cancellationToken)).Catalogue ?? BlocklistCatalogue.Shipped;
        var (alerts, _) = await Alerts.ListAsync(new AlertFilter(AlertShow.Open, ListingWatch.Family), 0, MostAlerts, cancellationToken);
        _lists = catalogue.Lists.GroupBy(l => l.Zone).ToDictionary(g => g.Key, g => g.First());
        _alerts = alerts.Where(a => a.Subject.List is not null).GroupBy(a => (a.Subject.Name, a.Subject.List!)).ToDictionary(g => g.Key, g => g.First());
        Listed = [.. board.Rows.Where(r => r.Count("listed") > 0)];
        Addresses = [.. board.Rows.Where(r => System.Net.IPAddress.TryParse(r.Subject, out _))];
        Names = [.. board.Rows.Except(Addresses)];
        Silent = [.. SilentOf(board)];
        _board = board;
    }

    private static IEnumerable<(string Zone, Reason? Reason)> SilentOf(Board board) => board.Zones
        .Select(z => (Zone: z, Cells: board.Rows.Select(r => r.Cells.GetValueOrDefault(z)).OfType<BoardCell>().ToList()))
        .Where(z => z.Cells.Count > 0 && z.Cells.All(c => c.State == "unknown"))
        .Select(z => (z.Zone, z.Cells.Select(c => c.Reason).FirstOrDefault(r => r is not null)));

    private string Name(string zone) => ListWords.Name(_lists, zone);

    private static string Number(int value) => value.ToString("N0", CultureInfo.CurrentCulture);
}
