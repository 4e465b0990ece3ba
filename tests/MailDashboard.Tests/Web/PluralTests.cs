using MailDashboard.Web.Domains;
using MailDashboard.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Tests.Web;

public sealed class PluralTests : PageTest
{
    [Theory]
    [InlineData(0, "0 domains are watched.")]
    [InlineData(1, "One domain is watched.")]
    [InlineData(12345, "12,345 domains are watched.")]
    public void Count_InEnglish_HasOneSingular(int number, string expected) =>
        Assert.Equal(expected, Services.GetRequiredService<IStringLocalizer<DomainsTexts>>().Count("List.All", number));
}

public sealed class FrenchPluralTests() : PageTest("fr")
{
    [Theory]
    [InlineData(0, "0 domaine surveillé.")]
    [InlineData(1, "1 domaine surveillé.")]
    [InlineData(2, "2 domaines sont surveillés.")]
    public void Count_InFrench_TakesNoneAsSingular(int number, string expected) =>
        Assert.Equal(expected, Services.GetRequiredService<IStringLocalizer<DomainsTexts>>().Count("List.All", number));
}
