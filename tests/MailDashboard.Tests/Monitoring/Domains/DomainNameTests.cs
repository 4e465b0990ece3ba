using MailDashboard.Monitoring.Domains;

namespace MailDashboard.Tests.Monitoring.Domains;

public class DomainNameTests
{
    [Theory]
    [InlineData("example.org", "example.org", "example.org")]
    [InlineData(" EXAMPLE.Org. ", "example.org", "example.org")]
    [InlineData("bücher.example", "xn--bcher-kva.example", "bücher.example")]
    [InlineData("BÜCHER.example", "xn--bcher-kva.example", "bücher.example")]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example", "bücher.example")]
    [InlineData("例え。テスト", "xn--r8jz45g.xn--zckzah", "例え.テスト")]
    [InlineData("sous-domaine.société.example", "sous-domaine.xn--socit-esab.example", "sous-domaine.société.example")]
    public void TryParse_AName_KeepsALabelsAndShowsULabels(string typed, string ascii, string display)
    {
        Assert.True(DomainName.TryParse(typed, out var name, out _, out _));
        Assert.Equal(new DomainName(ascii, display), name);
    }

    [Theory]
    [InlineData(null, DomainNameProblem.Empty, null)]
    [InlineData("   ", DomainNameProblem.Empty, null)]
    [InlineData("org", DomainNameProblem.IsTopLevel, null)]
    [InlineData("localhost.", DomainNameProblem.IsTopLevel, null)]
    [InlineData("https://www.example.org/path", DomainNameProblem.LooksLikeUrl, "www.example.org")]
    [InlineData("example.org/path", DomainNameProblem.LooksLikeUrl, "example.org")]
    [InlineData("jane@example.org", DomainNameProblem.LooksLikeAddress, "example.org")]
    [InlineData("192.0.2.1", DomainNameProblem.IsIpAddress, null)]
    [InlineData("192.0.2", DomainNameProblem.IsIpAddress, null)]
    [InlineData("[2001:db8::1]", DomainNameProblem.IsIpAddress, null)]
    [InlineData("example..org", DomainNameProblem.EmptyLabel, null)]
    [InlineData(".example.org", DomainNameProblem.EmptyLabel, null)]
    [InlineData("exa mple.org", DomainNameProblem.BadCharacter, null)]
    [InlineData("-example.org", DomainNameProblem.BadCharacter, null)]
    [InlineData("_dmarc.example.org", DomainNameProblem.BadCharacter, null)]
    [InlineData("xn--a.example", DomainNameProblem.BadInternational, null)]
    public void TryParse_SomethingElse_SaysWhy(string? typed, DomainNameProblem expected, string? meant)
    {
        Assert.False(DomainName.TryParse(typed, out _, out var problem, out var suggestion));
        Assert.Equal(expected, problem);
        Assert.Equal(meant, suggestion);
    }

    [Fact]
    public void TryParse_ALabelOf64_IsTooLong()
    {
        Assert.False(DomainName.TryParse(new string('a', 64) + ".example", out _, out var problem, out _));
        Assert.Equal(DomainNameProblem.TooLong, problem);
    }

    [Fact]
    public void TryParse_RandomText_NeverThrows()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Create(random.Next(0, 40), random, (span, r) =>
            {
                for (var j = 0; j < span.Length; j++)
                {
                    span[j] = r.Next(4) == 0 ? (char)r.Next(0x20, 0xFFFF) : "abc.-xn@/:0é"[r.Next(12)];
                }
            });
            Assert.Equal(DomainName.TryParse(text, out var name, out _, out _), name is not null);
        }
    }
}
