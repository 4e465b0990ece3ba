using System.Globalization;
using System.Text;
using MailDashboard.Checks.Blocklists;

namespace MailDashboard.Tests.Checks.Blocklists;

public class BlocklistDataTests
{
    [Fact]
    public void Shipped_IsReadWithoutAProblem() => Assert.True(BlocklistCatalogue.Shipped.Lists.Length > 25);

    [Theory]
    [InlineData("dnsbl.sorbs.net")]
    [InlineData("spam.dnsbl.sorbs.net")]
    [InlineData("ix.dnsbl.manitu.net")]
    [InlineData("cbl.abuseat.org")]
    public void Shipped_DeadZone_IsNeverAsked(string zone)
    {
        Assert.True(BlocklistCatalogue.IsDead(zone, BlocklistCatalogue.Shipped.NeverQuery));
        Assert.DoesNotContain(BlocklistCatalogue.Shipped.Lists, l => l.Zone == zone);
    }

    [Fact]
    public void Shipped_EveryMeaning_IsInBothLanguages() =>
        Assert.All(
            BlocklistCatalogue.Shipped.Lists.SelectMany(l => l.Codes).Where(c => c.Effect != CodeEffect.Refusal),
            c => Assert.True(c.Meaning.En.Length > 0 && c.Meaning.Fr.Length > 0 && c.Meaning.En != c.Meaning.Fr, c.Name));

    [Fact]
    public void Shipped_EveryRefusal_HasItsSentenceInBothLanguages()
    {
        var texts = new BlocklistCheck().Descriptor.Texts;
        Assert.All(BlocklistEntryReader.RefusalKeys, key =>
        {
            var english = texts.GetString($"Reason.Refused.{key}", CultureInfo.InvariantCulture);
            Assert.NotNull(english);
            Assert.NotEqual(english, texts.GetString($"Reason.Refused.{key}", CultureInfo.GetCultureInfo("fr")));
        });
    }

    [Theory]
    [InlineData("mx1.example.mail.protection.outlook.com", "Microsoft")]
    [InlineData("mx0a-001.pphosted.com", "Proofpoint")]
    [InlineData("aspmx.l.google.com", "Google")]
    [InlineData("notgoogle.com", null)]
    public void ProviderOf_HostName_GoesByWholeLabels(string host, string? provider) =>
        Assert.Equal(provider, BlocklistCatalogue.Shipped.ProviderOf(host)?.Name);

    [Fact]
    public void Read_SeveralProblems_AreAllSaidAtOnce()
    {
        var load = Read("""
            { "lists": [
              { "id": "a", "zone": "not a zone", "kinds": ["ipv5"], "weight": "huge", "codes": [{ "match": "10.0.0.1", "en": "x" }] },
              { "id": "a", "zone": "dnsbl.sorbs.net", "kinds": ["ipv4"], "needsKey": true, "codes": [{ "match": "127.0.0.1", "effect": "refusal", "reason": "odd" }] }
            ] }
            """);

        Assert.Null(load.Catalogue);
        Assert.Contains(load.Problems, p => p.Contains("zone", StringComparison.Ordinal) && p.Contains("not a zone", StringComparison.Ordinal));
        foreach (var part in new[] { "ipv5", "huge", "10.0.0.1", "dead", "needsKey", "reason", "two lists have the id", "codes" })
        {
            Assert.Contains(load.Problems, p => p.Contains(part, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("42")]
    [InlineData("{}")]
    [InlineData("""{"lists": null}""")]
    [InlineData("""{"lists": {}}""")]
    [InlineData("""{"lists": [1, null, "x", []]}""")]
    [InlineData("""{"lists": [{}]}""")]
    [InlineData("""{"lists": [{"id": 5, "zone": [], "kinds": {}, "codes": "x", "selfTest": 4, "policy": []}]}""")]
    [InlineData("""{"lists": [{"id": "\ud800", "zone": "\ud800", "kinds": ["\udc00"]}]}""")]
    [InlineData("""{"lists": [{"id": "a", "zone": "a.example", "kinds": ["ipv4"], "codes": [{"match": "bit:3", "en": "x"}]}]}""")]
    [InlineData("{\"lists\": [[[[[[[[[[[[[[[[[[[[")]
    public void Read_HostileFile_IsAProblemAndNoException(string json)
    {
        var load = Read(json);

        Assert.Null(load.Catalogue);
        Assert.NotEmpty(load.Problems);
    }

    [Fact]
    public void Read_FileWithoutProviders_TakesOurs() => Assert.NotEmpty(Read(ListWorld.Json).Catalogue!.Providers);

    [Fact]
    public void FromFile_MissingFile_IsAProblem() => Assert.NotEmpty(BlocklistLoad.FromFile("/nowhere/lists.json").Problems);

    private static BlocklistLoad Read(string json) => BlocklistReader.Read(Encoding.UTF8.GetBytes(json), BlocklistCatalogue.Shipped);
}
