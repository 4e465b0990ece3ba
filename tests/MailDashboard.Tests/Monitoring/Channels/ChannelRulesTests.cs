using System.Collections;
using System.Globalization;
using System.Net;
using System.Resources;
using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Tests.Monitoring.Channels;

public sealed class ChannelRulesTests
{
    private static readonly ChannelDraft Draft = new() { Name = "Ops", Url = "https://hooks.example.org/x" };

    [Theory]
    [InlineData("https://hooks.example.org/services/x", null)]
    [InlineData(" https://hooks.example.org/services/x ", null)]
    [InlineData("", ChannelFault.Missing)]
    [InlineData("hooks.example.org", ChannelFault.NotAUrl)]
    [InlineData("ftp://hooks.example.org/", ChannelFault.NotAUrl)]
    [InlineData("https://user:password@hooks.example.org/", ChannelFault.NotAUrl)]
    [InlineData("https://hooks.example.org/#x", ChannelFault.NotAUrl)]
    [InlineData("javascript:alert(1)", ChannelFault.NotAUrl)]
    [InlineData("file:///etc/passwd", ChannelFault.NotAUrl)]
    [InlineData("http://192.0.2.1/x", ChannelFault.NotEncrypted)]
    [InlineData("http://10.1.2.3/x", null)]
    [InlineData("http://inside.example.org/x", null)]
    public void Check_AnAddress_IsTakenOrSaysWhy(string url, ChannelFault? fault) =>
        Assert.Equal(fault, ChannelRules.Check(ChannelKind.Slack, Draft with { Url = url }, null, false, [IPNetwork.Parse("10.0.0.0/8")]).Select(p => (ChannelFault?)p.Fault).SingleOrDefault());

    [Fact]
    public void Check_HttpWhereNoNetworkIsAllowed_IsRefused() =>
        Assert.Equal([new(nameof(ChannelDraft.Url), ChannelFault.NotEncrypted)], ChannelRules.Check(ChannelKind.Webhook, Draft with { Url = "http://inside.example.org/x" }, null, false, []));

    [Theory]
    [InlineData("https://ntfy.sh/my-topic", null)]
    [InlineData("https://ntfy.example.org/base/my_topic1", null)]
    [InlineData("https://ntfy.sh/", ChannelFault.NoTopic)]
    [InlineData("https://ntfy.sh/a?b", ChannelFault.NoTopic)]
    [InlineData("https://ntfy.sh/a%20b", ChannelFault.NoTopic)]
    public void Check_AnNtfyAddress_EndsWithATopic(string url, ChannelFault? fault) =>
        Assert.Equal(fault, ChannelRules.Check(ChannelKind.Ntfy, Draft with { Url = url }, null, false, []).Select(p => (ChannelFault?)p.Fault).SingleOrDefault());

    [Theory]
    [InlineData("https://other.example.org/x", null, ChannelFault.SecretNeeded)]
    [InlineData("https://hooks.example.org/y", null, null)]
    [InlineData("https://other.example.org/x", "sixteen-characters", null)]
    [InlineData(null, "short", ChannelFault.NotASecret)]
    public void Check_AnotherServer_GetsNoKeyThatWasNotTyped(string? url, string? secret, ChannelFault? fault) => Assert.Equal(
        fault,
        ChannelRules.Check(ChannelKind.Webhook, Draft with { Url = url, Secret = secret }, new Uri("https://hooks.example.org/x"), true, []).Select(p => (ChannelFault?)p.Fault).SingleOrDefault());

    [Theory]
    [InlineData("tk_ab cd")]
    [InlineData("tk_\r\nX: y")]
    [InlineData("é")]
    public void Check_ATokenThatAHeaderCannotCarry_IsRefused(string token) =>
        Assert.Equal(ChannelFault.NotASecret, ChannelRules.Check(ChannelKind.Ntfy, Draft with { Url = "https://ntfy.sh/t", Secret = token }, null, false, []).Single().Fault);

    [Fact]
    public void Above_AName_IsItAndItsParents() => Assert.Equal(["mx.mail.example.org", "mail.example.org", "example.org"], ChannelAdvice.Above("MX.mail.example.org."));

    [Fact]
    public void Texts_InEnglishAndFrench_HaveTheSameKeys()
    {
        var texts = new ResourceManager("MailDashboard.Monitoring.Channels.ChannelTexts", typeof(ChannelRules).Assembly);

        Assert.Equal(Keys(CultureInfo.InvariantCulture), Keys(CultureInfo.GetCultureInfo("fr")));

        IEnumerable<string> Keys(CultureInfo culture) => texts.GetResourceSet(culture, true, false)!.Cast<DictionaryEntry>().Select(e => (string)e.Key).Order(StringComparer.Ordinal);
    }
}
