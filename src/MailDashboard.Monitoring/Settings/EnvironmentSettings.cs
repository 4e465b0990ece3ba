using Microsoft.Extensions.Configuration;

namespace MailDashboard.Monitoring.Settings;

/// <summary>What the environment decides (<c>MailDashboard__Dns__Servers</c> and so on), over what is stored.</summary>
internal sealed class EnvironmentSettings
{
    public const string ServersKey = "MailDashboard:Dns:Servers";
    public const string NetworksKey = "MailDashboard:Probing:AllowedNetworks";
    public const string DataFileKey = "MailDashboard:Blocklists:DataFile";
    public const string PublicUrlKey = "MailDashboard:PublicUrl";

    private readonly Func<DashboardSettings, DashboardSettings> _apply = s => s;

    public EnvironmentSettings(IConfiguration configuration)
    {
        var problems = new List<SettingProblem>();
        var messages = new List<string>();
        if (ListOf(configuration, ServersKey) is { } servers)
        {
            var list = SettingRules.SplitList(servers);
            problems.AddRange(list.Where(s => !SettingRules.IsDnsServer(s)).Select(s => new SettingProblem(ServersKey, SettingFault.NotADnsServer, s)));
            _apply = Then(_apply, s => s with { DnsServers = list }, nameof(DashboardSettings.DnsServers));
        }

        if (ListOf(configuration, NetworksKey) is { } networks)
        {
            var list = SettingRules.ParseNetworks(NetworksKey, networks, problems);
            _apply = Then(_apply, s => s with { AllowedNetworks = list }, nameof(DashboardSettings.AllowedNetworks));
        }

        if (configuration[DataFileKey] is { Length: > 0 } file)
        {
            if (!File.Exists(file))
            {
                problems.Add(new SettingProblem(DataFileKey, SettingFault.NoSuchFile, file));
            }

            _apply = Then(_apply, s => s with { BlocklistDataFile = file }, nameof(DashboardSettings.BlocklistDataFile));
        }

        if (configuration[PublicUrlKey] is { Length: > 0 } url)
        {
            var normal = SettingRules.NormaliseUrl(url);
            if (normal is null)
            {
                problems.Add(new SettingProblem(PublicUrlKey, SettingFault.NotAUrl, url));
            }

            _apply = Then(_apply, s => s with { PublicUrl = normal }, nameof(DashboardSettings.PublicUrl));
        }

        messages.AddRange(problems.Select(p => $"{p.Setting.Replace(":", "__", StringComparison.Ordinal)}: {p}"));
        Problems = messages;
    }

    /// <summary>What cannot be used; each names its variable.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Lays what the environment says over the stored settings.</summary>
    public DashboardSettings Over(DashboardSettings stored) => _apply(stored);

    private static Func<DashboardSettings, DashboardSettings> Then(Func<DashboardSettings, DashboardSettings> first, Func<DashboardSettings, DashboardSettings> next, string name) =>
        s =>
        {
            var applied = next(first(s));
            return applied with { SetByEnvironment = applied.SetByEnvironment.Add(name) };
        };

    /// <summary>A list as one text (environment) or as an array (JSON file).</summary>
    private static string? ListOf(IConfiguration configuration, string key)
    {
        var section = configuration.GetSection(key);
        var text = section.Value ?? string.Join(',', section.GetChildren().Select(c => c.Value));
        return text.Length > 0 ? text : null;
    }
}
