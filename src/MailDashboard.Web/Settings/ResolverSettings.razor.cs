using MailDashboard.Monitoring.Scheduling;
using MailDashboard.Monitoring.Settings;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Settings;

/// <summary>Whom we ask, and which private networks may be looked at.</summary>
public sealed partial class ResolverSettings
{
    private DashboardSettings _settings = DashboardSettings.Default;
    private SchedulerView? _view;
    private Form? _form;
    private IReadOnlyList<TrialStep>? _trial;
    private string _name = "";
    private bool _isTrying;

    [Inject]
    private SettingsStore Store { get; set; } = default!;

    [Inject]
    private SchedulerStatus Status { get; set; } = default!;

    [Inject]
    private ConnectionTrial Trial { get; set; } = default!;

    private string Answer => _view switch
    {
        { ResolverDownSince: not null } => L["Resolver.Answer.Down", string.Join(", ", _view.DnsServers)],
        { IsPort25Blocked: true } => L["Resolver.Answer.Port25"],
        { DnsServers.Count: > 0 } => L["Resolver.Answer.Up", string.Join(", ", _view.DnsServers)],
        _ => L["Resolver.Answer"],
    };

    protected override async Task OnInitializedAsync()
    {
        _settings = await Store.GetAsync(Gone);
        _view = await Status.GetAsync(Gone);
        _form = new Form(_settings);
    }

    private bool IsFixed(string setting) => _settings.SetByEnvironment.Contains(setting);

    private Task SaveAsync() => ChangeAsync(async () =>
    {
        var problems = new List<SettingProblem>();
        var networks = SettingRules.ParseNetworks(nameof(DashboardSettings.AllowedNetworks), _form!.Networks, problems);
        if (problems.Count == 0)
        {
            var servers = SettingRules.SplitList(_form.Servers);
            problems.AddRange(await Store.UpdateAsync(s => s with { DnsServers = servers, AllowedNetworks = networks }, Gone));
        }

        if (Accept(problems))
        {
            _settings = await Store.GetAsync(Gone);
            _form = new Form(_settings);
            _trial = null;
        }
    });

    private Task TryAsync() => ChangeAsync(async () =>
    {
        if (string.IsNullOrWhiteSpace(_name))
        {
            Errors["Name"] = L["Try.NameMissing"];
            return;
        }

        _isTrying = true;
        StateHasChanged();
        try
        {
            _trial = await Trial.RunAsync(_name, Gone);
            _view = await Status.GetAsync(Gone);
        }
        finally
        {
            _isTrying = false;
        }
    });

    private sealed class Form(DashboardSettings settings)
    {
        public string Servers { get; set; } = string.Join('\n', settings.DnsServers);

        public string Networks { get; set; } = string.Join('\n', settings.AllowedNetworks);
    }
}
