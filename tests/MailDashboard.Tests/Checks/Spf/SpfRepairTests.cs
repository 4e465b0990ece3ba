using MailDashboard.Checks.Spf;

namespace MailDashboard.Tests.Checks.Spf;

public class SpfRepairTests
{
    [Theory]
    [InlineData(" v=spf1 mx -all", "v=spf1 mx -all")]
    [InlineData("\"v=spf1 mx -all\"", "v=spf1 mx -all")]
    [InlineData("v=spf10 mx -all", "v=spf1 mx -all")]
    [InlineData("v=spf1mx -all", "v=spf1 mx -all")]
    [InlineData("v=spf1; mx; -all", "v=spf1 mx -all")]
    [InlineData("spf1 mx -all", "v=spf1 mx -all")]
    [InlineData("SPF=v=spf1 mx -all", "v=spf1 mx -all")]
    [InlineData("v=spf1 mx \u2013all", "v=spf1 mx -all")]
    [InlineData("v=spf1\u00A0mx -all", "v=spf1 mx -all")]
    [InlineData("v=spf1 ipv4:192.0.2.1 ~ip:2001:db8::1 -all", "v=spf1 ip4:192.0.2.1 ~ip6:2001:db8::1 -all")]
    [InlineData("v=spf1 a:192.0.2.0/24 -all", "v=spf1 ip4:192.0.2.0/24 -all")]
    [InlineData("v=spf1 redirect:spf.example.net", "v=spf1 redirect=spf.example.net")]
    public void Mend_PlainSlip_IsPutRight(string text, string mended) => Assert.Equal(mended, SpfRepair.Mend(text));

    [Theory]
    [InlineData("v=spf1 mx -all")]
    [InlineData("v=spf1 mx -al")]
    [InlineData("v=spf1 ip4:192.0.2.300 -all")]
    [InlineData("v=spf1 include: -all")]
    public void Mend_RightOrNotPlain_IsNotProposed(string text) => Assert.Null(SpfRepair.Mend(text));
}
