using MailDashboard.Web.Toolbox;

namespace MailDashboard.Tests.Web.Toolbox;

public class ToolboxAdviceTests
{
    [Theory]
    [InlineData("a.example b.example", "Problem.Several")]
    [InlineData("a.example,\nhttps://b.example/, 192.0.2.1", "Problem.Several")]
    [InlineData("192.0.2.0/24", "Problem.Network")]
    [InlineData("2001:db8::/32", "Problem.Network")]
    [InlineData("192.0.2.300", "Problem.Ip")]
    [InlineData("192.0.2", "Problem.Ip")]
    [InlineData("2001:db8:::1", "Problem.Ip")]
    [InlineData("gmail", "Problem.Word")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIB", "Problem.PrivateKey")]
    [InlineData("asdf qwer", "Problem.Unknown")]
    [InlineData("\U0001F4E7", "Problem.Unknown")]
    [InlineData("12345", "Problem.Unknown")]
    public void About_Unknown_NamesTheSlip(string text, string expected) => Assert.Equal(expected, ToolboxPlan.Of(new ToolboxRequest(text)).Problem);
}
