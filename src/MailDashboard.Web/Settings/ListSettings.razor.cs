using MailDashboard.Checks.Blocklists;
using MailDashboard.Monitoring.Settings;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Settings;

/// <summary>Which lists are asked, and the keys of those that want one. A key is never shown again.</summary>
public sealed partial class ListSettings
{
    private IReadOnlyList<Row>? _rows;
    private string? _problem;
    private string? _editing;
    private string? _key;

    [Inject]
    private SettingsStore Store { get; set; } = default!;

    private string Answer => _rows is null
        ? ""
        : L["Lists.Answer", _rows.Count(r => r.IsAsked), _rows.Count, _rows.Count(r => r.IsEnabled && !r.IsAsked)];

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var blocklists = await Store.GetBlocklistsAsync(Gone);
        var load = BlocklistLoad.For(blocklists);
        _problem = load.Catalogue is null ? string.Join(" ", load.Problems) : null;
        _rows =
        [
            .. (load.Catalogue ?? BlocklistCatalogue.Shipped).Lists
                .Select(l => new Row(l, blocklists.Enabled.GetValueOrDefault(l.Id, l.IsEnabled), blocklists.KeyFor(l) is not null))
                .OrderByDescending(r => r.List.Weight).ThenBy(r => r.List.Name, StringComparer.CurrentCulture),
        ];
    }

    private Task SetEnabledAsync(Blocklist list, bool enabled) => ChangeAsync(async () =>
    {
        await Store.UpdateAsync(
            s => s with { ListsEnabled = enabled == list.IsEnabled ? s.ListsEnabled.Remove(list.Id) : s.ListsEnabled.SetItem(list.Id, enabled) },
            Gone);
        await LoadAsync();
    });

    private void Edit(Blocklist list) => (_editing, _key) = (list.Id, null);

    private Task SaveKeyAsync(Blocklist list) => ChangeAsync(async () =>
    {
        if (!string.IsNullOrWhiteSpace(_key))
        {
            await Store.SetListKeyAsync(list.KeyId, _key, Gone);
            Say(S["Saved"]);
        }

        (_editing, _key) = (null, null);
        await LoadAsync();
    });

    private async Task RemoveKeyAsync(Blocklist list)
    {
        if (await Dialogs.ConfirmAsync(L["Lists.RemoveKey", list.Name], L["Lists.RemoveKey.Text"], L["Remove"]))
        {
            await ChangeAsync(async () =>
            {
                await Store.SetListKeyAsync(list.KeyId, null, Gone);
                await LoadAsync();
            });
        }
    }

    private sealed record Row(Blocklist List, bool IsEnabled, bool HasKey)
    {
        public bool IsAsked => IsEnabled && (!List.NeedsKey || HasKey);
    }
}
