using MailDashboard.Monitoring.Settings;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Settings;

/// <summary>Name, address and intervals.</summary>
public sealed partial class GeneralSettings
{
    private DashboardSettings _settings = DashboardSettings.Default;
    private Form? _form;

    [Inject]
    private SettingsStore Store { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        _settings = await Store.GetAsync(Gone);
        _form = new Form(_settings);
    }

    private bool IsFixed(string setting) => _settings.SetByEnvironment.Contains(setting);

    private Task SaveAsync() => ChangeAsync(async () =>
    {
        var form = _form!;
        var problems = await Store.UpdateAsync(form.Over, Gone);
        if (Accept(problems))
        {
            _settings = await Store.GetAsync(Gone);
            _form = new Form(_settings);
        }
    });

    private sealed class Form(DashboardSettings settings)
    {
        public string? Organisation { get; set; } = settings.OrganisationName;

        public string? PublicUrl { get; set; } = settings.PublicUrl;

        public int Dns { get; set; } = settings.DnsIntervalMinutes;

        public int Blocklists { get; set; } = settings.BlocklistIntervalMinutes;

        public int Connections { get; set; } = settings.ConnectionIntervalMinutes;

        public int Retention { get; set; } = settings.RetentionMonths;

        public DashboardSettings Over(DashboardSettings settings) => settings with
        {
            OrganisationName = string.IsNullOrWhiteSpace(Organisation) ? null : Organisation.Trim(),
            PublicUrl = SettingRules.NormaliseUrl(PublicUrl ?? "") ?? PublicUrl ?? "",
            DnsIntervalMinutes = Dns,
            BlocklistIntervalMinutes = Blocklists,
            ConnectionIntervalMinutes = Connections,
            RetentionMonths = Retention,
        };
    }
}
