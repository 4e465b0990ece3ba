using System.Net;
using MailDashboard.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;

namespace MailDashboard.Tests.Web;

public sealed class ProxiesTests
{
    [Fact]
    public void Configure_NobodyNamed_BelievesNobody()
    {
        var options = Options();

        Assert.Equal(ForwardedHeaders.None, options.ForwardedHeaders);
        Assert.Empty(options.KnownProxies);
        Assert.Empty(options.KnownIPNetworks);
    }

    [Fact]
    public void Configure_NamedAsTheReadmeSays_BelievesThem()
    {
        var options = Options(("MailDashboard:Proxies:0", "192.0.2.1"), ("MailDashboard:Proxies:1", "2001:db8::/32"));

        Assert.Equal([IPAddress.Parse("192.0.2.1")], options.KnownProxies);
        Assert.Equal("2001:db8::/32", Assert.Single(options.KnownIPNetworks).ToString());
        Assert.True(options.ForwardedHeaders.HasFlag(ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost));
    }

    [Fact]
    public void Configure_NamedInOneText_BelievesThem()
    {
        var options = Options(("MailDashboard:Proxies", "192.0.2.1, 192.0.2.2"));

        Assert.Equal(2, options.KnownProxies.Count);
    }

    [Fact]
    public void Configure_Nonsense_SaysWhich() =>
        Assert.Contains("\"proxy.example\"", Assert.Throws<InvalidOperationException>(() => Options(("MailDashboard:Proxies:0", "proxy.example"))).Message, StringComparison.Ordinal);

    private static ForwardedHeadersOptions Options(params (string Key, string Value)[] settings)
    {
        var options = new ForwardedHeadersOptions();
        Proxies.Configure(options, new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build());
        return options;
    }
}
