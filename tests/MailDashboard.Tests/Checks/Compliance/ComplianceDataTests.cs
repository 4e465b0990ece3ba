using System.Text;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Compliance;
using MailDashboard.Checks.Scoring;
using MailDashboard.Checks.Strict;

namespace MailDashboard.Tests.Checks.Compliance;

/// <summary>What the shipped rules name has to exist, and a wrong file has to be refused with every fault named.</summary>
public class ComplianceDataTests
{
    private static readonly string Good = """
        {"version": 1,
         "topics": [{"id": "spf", "title": {"en": "a", "fr": "b"}, "help": {"en": "a", "fr": "b"}, "signals": [{"family": "spf"}]}],
         "providers": [{"id": "p", "name": "P", "page": "https://example.org/", "requirements": [
           {"id": "p-spf", "topic": "spf", "kind": "must", "from": 5000, "source": "https://example.org/rules", "read": "2026-11", "verified": true}]}]}
        """;

    private static IEnumerable<ComplianceSignal> Signals => ComplianceCatalogue.Shipped.Providers.SelectMany(p => p.Requirements).SelectMany(r => r.Topic.Signals)
        .Concat(StrictProfile.Conditions.SelectMany(c => c.Signals));

    [Fact]
    public void Signals_FamiliesCodesSubtestsLevelsAndLists_Exist() => Assert.All(Signals, signal =>
    {
        var family = Assert.Single(CheckFamilies.All, f => f.Descriptor.Id == signal.Family).Descriptor;
        Assert.Subset(family.Findings.Select(f => f.Code).ToHashSet(), signal.Breaks.Concat(signal.Risks).Concat(signal.Explains).ToHashSet());
        Assert.All(signal.Lists, id => Assert.NotNull(BlocklistCatalogue.Shipped.Find(id)));
        if (signal.Subtest is { } subtest)
        {
            Assert.Subset(ScoreTable.Find(subtest)!.Levels.Select(l => l.Level).ToHashSet(), signal.NotMetLevels.Concat(signal.AtRiskLevels).ToHashSet());
        }
    });

    [Fact]
    public void Texts_EnglishAndFrench_Differ()
    {
        var texts = ComplianceCatalogue.Shipped.Providers.SelectMany(p => p.Requirements.SelectMany(r => new[] { r.Topic.Title, r.Topic.Help, r.Topic.Elsewhere, r.Note }).Append(p.Scope)).OfType<LocalText>();

        Assert.All(texts, t => Assert.True(t.En.Length > 5 && t.Fr.Length > 5 && t.En != t.Fr, t.En));
        Assert.All(texts, t => Assert.DoesNotContain("'", t.Fr, StringComparison.Ordinal));
    }

    [Fact]
    public void Requirements_Ids_BearTheirProvider() =>
        Assert.All(ComplianceCatalogue.Shipped.Providers, p => Assert.All(p.Requirements, r => Assert.StartsWith($"{p.Id}-", r.Id, StringComparison.Ordinal)));

    [Fact]
    public void Read_AGoodFile_GivesIt()
    {
        var (catalogue, problems) = Read(Good);

        Assert.Empty(problems);
        var requirement = Assert.Single(Assert.Single(catalogue!.Providers).Requirements);
        Assert.Equal((5000, true, true), (requirement.From, requirement.IsMust, requirement.IsVerified));
    }

    [Theory]
    [InlineData("\"must\"", "\"perhaps\"", "p-spf: kind: must be must or should.")]
    [InlineData("\"2026-11\"", "\"2026-13\"", "p-spf: read: must be a year and a month such as 2026-11.")]
    [InlineData("https://example.org/rules", "http://example.org/rules", "p-spf: source: must be an https address.")]
    [InlineData("5000", "0", "p-spf: from: must be a whole number of at least 1.")]
    [InlineData("\"topic\": \"spf\"", "\"topic\": \"dkim\"", "p-spf: topic: is none of the topics.")]
    [InlineData("\"fr\": \"b\"}, \"help\"", "\"de\": \"b\"}, \"help\"", "spf, title: fr: is missing.")]
    [InlineData("[{\"family\": \"spf\"}]", "[]", "spf: elsewhere: is missing: something about it cannot be measured from here.")]
    [InlineData("\"version\": 1", "\"version\": \"1\"", "the file: version: must be a whole number of at least 1.")]
    public void Read_AFault_IsNamed(string good, string bad, string problem)
    {
        var (catalogue, problems) = Read(Good.Replace(good, bad, StringComparison.Ordinal));

        Assert.Null(catalogue);
        Assert.Contains(problem, problems);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"version\": 1}")]
    [InlineData("{\"topics\": 7, \"providers\": {}}")]
    [InlineData("{\"topics\": [{\"id\": \"\\ud800\"}]}")]
    public void Read_WhatIsNoSuchFile_IsRefused(string json)
    {
        var (catalogue, problems) = Read(json);

        Assert.Null(catalogue);
        Assert.NotEmpty(problems);
    }

    private static (ComplianceCatalogue? Catalogue, IReadOnlyList<string> Problems) Read(string json) =>
        ComplianceReader.Read(Encoding.UTF8.GetBytes(json));
}
