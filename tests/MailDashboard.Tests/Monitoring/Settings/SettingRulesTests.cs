using MailDashboard.Monitoring.Settings;

namespace MailDashboard.Tests.Monitoring.Settings;

public class SettingRulesTests
{
    [Theory]
    [InlineData("https://dash.example.org/", "https://dash.example.org")]
    [InlineData(" http://10.0.0.1:8080/mail/ ", "http://10.0.0.1:8080/mail")]
    [InlineData("ftp://dash.example.org", null)]
    [InlineData("https://dash.example.org/?x=1", null)]
    [InlineData("https://user@dash.example.org", null)]
    [InlineData("dash.example.org", null)]
    [InlineData("javascript:alert(1)", null)]
    public void NormaliseUrl_Typed_GivesTheBaseOfLinks(string typed, string? url) => Assert.Equal(url, SettingRules.NormaliseUrl(typed));

    [Fact]
    public void Check_EverythingWrong_NamesEveryField()
    {
        var problems = SettingRules.Check(new DashboardSettings { PublicUrl = "x", DnsServers = ["127.1", "unbound:53"], DnsIntervalMinutes = 1, RetentionMonths = 2 });

        Assert.Equal(
            [(nameof(DashboardSettings.PublicUrl), SettingFault.NotAUrl), (nameof(DashboardSettings.DnsServers), SettingFault.NotADnsServer), (nameof(DashboardSettings.DnsIntervalMinutes), SettingFault.IntervalOutOfRange), (nameof(DashboardSettings.RetentionMonths), SettingFault.RetentionOutOfRange)],
            problems.Select(p => (p.Setting, p.Fault)));
    }

    [Fact]
    public void ParseNetworks_SomeWrong_KeepsTheOthersAndSaysWhich()
    {
        var problems = new List<SettingProblem>();

        var networks = SettingRules.ParseNetworks("AllowedNetworks", "10.0.0.0/8, nonsense; fd00::/8 192.0.2.7", problems);

        Assert.Equal(["10.0.0.0/8", "fd00::/8", "192.0.2.7/32"], networks.Select(n => n.ToString()));
        Assert.Equal("nonsense", Assert.Single(problems).Value);
    }
}
