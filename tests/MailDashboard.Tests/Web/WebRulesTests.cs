using System.Collections;
using System.Globalization;
using System.Resources;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Scheduling;
using MailDashboard.Web.Account;
using MailDashboard.Web.Setup;
using MailDashboard.Web.Shared;
using Microsoft.Extensions.Configuration;

namespace MailDashboard.Tests.Web;

public sealed class WebRulesTests
{
    private static readonly SchedulerView _fine = new(null, [], false, true, 0, null, 0, null, null);

    public static TheoryData<string> TextBases =>
        [.. typeof(ReturnUrl).Assembly.GetTypes().Where(t => t.Name.EndsWith("Texts", StringComparison.Ordinal)).Select(t => t.FullName!)];

    [Theory]
    [MemberData(nameof(TextBases))]
    public void Texts_OfEveryFolder_AreInBothLanguages(string baseName)
    {
        var texts = new ResourceManager(baseName, typeof(ReturnUrl).Assembly);

        Assert.Equal(Keys(texts, CultureInfo.InvariantCulture), Keys(texts, CultureInfo.GetCultureInfo("fr")));
    }

    [Theory]
    [InlineData("/domains?q=1", "/domains?q=1")]
    [InlineData(null, "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/a\r\nSet-Cookie: x", "/")]
    public void ReturnUrl_OfAnything_StaysHere(string? url, string expected) => Assert.Equal(expected, ReturnUrl.Safe(url));

    [Theory]
    [InlineData("RFC 7208 §4.6.4", "https://www.rfc-editor.org/rfc/rfc7208#section-4.6.4")]
    [InlineData("RFC 7505", "https://www.rfc-editor.org/rfc/rfc7505")]
    [InlineData("M3AAWG", null)]
    public void RfcReference_OfAText_IsItsSection(string reference, string? expected) => Assert.Equal(expected, RfcReference.UrlOf(reference));

    [Fact]
    public void SetupToken_FromSettings_MatchesOnlyItself()
    {
        var token = new SetupToken(new ConfigurationBuilder().AddInMemoryCollection([new("MailDashboard:SetupToken", "sixteen-or-more-characters")]).Build());

        Assert.True(token.Matches(" sixteen-or-more-characters "));
        Assert.False(token.Matches("sixteen-or-more-character"));
        Assert.False(token.Matches(null));
    }

    [Fact]
    public void Banners_WhenAllWorks_AreNone() => Assert.Empty(BannerFact.Of(Outbox(), _fine));

    [Fact]
    public void Banners_OfAnUnfinishedSetUp_NameTheNextStepOnly()
    {
        Assert.Equal(["Banner.NoProfile"], Names(Outbox() with { HasProfile = false, HasRecipient = false, HasDeliveredTest = false }, _fine));
        Assert.Equal(["Banner.NoRecipient"], Names(Outbox() with { HasRecipient = false, HasDeliveredTest = false }, _fine));
        Assert.Equal(["Banner.NoTest"], Names(Outbox() with { HasDeliveredTest = false }, _fine));
    }

    [Fact]
    public void Banners_OfOurOwnTrouble_AreNeitherRedNorGreen()
    {
        var facts = BannerFact.Of(Outbox(), _fine with { ResolverDownSince = DateTimeOffset.UnixEpoch, IsPort25Blocked = true });

        Assert.Equal(["Banner.Resolver", "Banner.Port25"], facts.Select(f => f.Key));
        Assert.All(facts, f => Assert.Equal("unknown", f.Tone));
    }

    [Fact]
    public void Banners_OfChannels_CountBesideMail()
    {
        var onlyOthers = Outbox() with { NeedsMail = false, HasProfile = false, HasRecipient = false, HasDeliveredTest = false };

        Assert.Empty(BannerFact.Of(onlyOthers, _fine));
        Assert.False(onlyOthers.NeedsAttention);
        var failing = BannerFact.Of(onlyOthers with { FailingChannels = [new(1, "Ops", DateTimeOffset.UnixEpoch), new(2, "Pager", DateTimeOffset.UnixEpoch.AddHours(1))] }, _fine).Single();
        Assert.Equal(("Banner.Channel", "Ops, Pager", DateTimeOffset.UnixEpoch, "settings/channels"), (failing.Key, failing.Name, failing.Since!.Value, failing.Href));
        Assert.Equal(["Banner.Failing"], Names(onlyOthers with { HasProfile = true, IsFailing = true }, _fine));
    }

    private static OutboxHealth Outbox() => new(true, true, true, null, 0, 0, null) { IsFailing = false };

    private static IEnumerable<string> Names(OutboxHealth outbox, SchedulerView scheduler) => BannerFact.Of(outbox, scheduler).Select(f => f.Key);

    private static List<string> Keys(ResourceManager texts, CultureInfo culture) =>
        [.. texts.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>().Select(e => (string)e.Key).Order(StringComparer.Ordinal)];
}
