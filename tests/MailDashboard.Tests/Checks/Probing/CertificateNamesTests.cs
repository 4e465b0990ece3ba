using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Tests.Checks.Probing;

public class CertificateNamesTests
{
    [Theory]
    [InlineData("mx.example.org", "mx.example.org", true)]
    [InlineData("MX.Example.ORG", "mx.example.org", true)]
    [InlineData("mx.example.org.", "mx.example.org", true)]
    [InlineData("*.example.org", "mx.example.org", true)]
    [InlineData("*.example.org", "example.org", false)]
    [InlineData("*.example.org", "a.mx.example.org", false)]
    [InlineData("m*.example.org", "mx.example.org", false)]
    [InlineData("mx.*.org", "mx.example.org", false)]
    [InlineData("*.org", "example.org", false)]
    [InlineData("*", "example", false)]
    [InlineData("", "example.org", false)]
    [InlineData("münchen.example", "xn--mnchen-3ya.example", true)]
    [InlineData("xn--mnchen-3ya.example", "xn--mnchen-3ya.example", true)]
    [InlineData("*.xn--mnchen-3ya.example", "mx.xn--mnchen-3ya.example", true)]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("2001:0db8::1", "2001:db8::1", true)]
    [InlineData("*.0.2.1", "192.0.2.1", false)]
    public void Cover_NameAndHost_FollowsRfc6125(string name, string host, bool covered) =>
        Assert.Equal(covered, CertificateNames.Cover([name], host));
}
