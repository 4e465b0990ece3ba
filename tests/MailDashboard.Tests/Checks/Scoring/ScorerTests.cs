using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Scoring;
using MailDashboard.Checks.Texts;

namespace MailDashboard.Tests.Checks.Scoring;

public class ScorerTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 8, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Compute_EverythingAtItsBest_Is100AndA()
    {
        var score = Compute([.. ScoreTable.Rows.Select(r => (r.Subtest, r.Best))])!;

        Assert.Equal((100, "A", ScoreTable.Version), (score.Value, score.Grade, score.TableVersion));
        Assert.Equal(ScoreTable.Rows.Sum(r => r.Points), score.Maximum);
        Assert.Empty(score.BestMoves);
        Assert.Empty(score.Caps);
    }

    [Fact]
    public void Compute_Nothing_IsNoScore() => Assert.Null(Scorer.Compute([], [], MailRoles.Both, Now));

    [Fact]
    public void Compute_OnlyAListThatAnswered_IsNoScore() => Assert.Null(Compute(("domain-lists", "full")));

    [Fact]
    public void Compute_Total_IsTheMeanOfCategoriesThatApply()
    {
        // Authentication 15 of 20, identity 0 of 10; transport and reputation have nothing to judge.
        var score = Compute(("spf-valid", "partial"), ("dkim-key", "full"), ("mx-resolves", "none"))!;

        Assert.Equal(37.5, score.Value);
        Assert.Equal([75.0, 0.0], score.Categories.Where(c => c.Maximum > 0).Select(c => c.Value));
    }

    [Theory]
    [InlineData("reject", 5)]
    [InlineData("quarantine", 5)]
    [InlineData("none-with-rua", 3)]
    [InlineData("none", 3)]
    public void Compute_Softfail_IsFullOnlyWhereDmarcEnforces(string policy, double points)
    {
        var score = Compute(("spf-all", "full-softfail"), ("dmarc-policy", policy))!;

        Assert.Equal(points, Subtest(score, "spf-all").Points);
    }

    [Theory]
    [InlineData("address-lists", "critical", "critical-listing", 50)]
    [InlineData("domain-lists", "critical", "critical-listing", 50)]
    [InlineData("spf-all", "open", "spf-open", 50)]
    [InlineData("dmarc-valid", "none", "no-dmarc", 70)]
    [InlineData("certificate-valid", "expired", "expired-certificate", 40)]
    [InlineData("client-certificates", "expired", "expired-certificate", 40)]
    public void Compute_Cap_CutsTheTotal(string subtest, string level, string cap, double ceiling)
    {
        var score = Compute([.. ScoreTable.Rows.Select(r => (r.Subtest, r.Subtest == subtest ? level : r.Best))])!;

        Assert.Equal(ceiling, score.Value);
        Assert.Equal(new ScoreCap(cap, ceiling), Assert.Single(score.Caps));
        Assert.Equal(subtest, score.BestMoves[0].Subtest);
        Assert.Equal(100 - ceiling, score.BestMoves[0].Gain);
    }

    [Fact]
    public void Compute_TwoCaps_NoSingleMoveIsPromisedWhatTheOtherForbids()
    {
        var score = Compute([.. ScoreTable.Rows.Select(r => (r.Subtest, r.Subtest switch
        {
            "address-lists" => "critical",
            "certificate-valid" => "expired",
            _ => r.Best,
        }))])!;

        Assert.Equal(40, score.Value);
        Assert.Equal(new ScoreMove("certificate-valid", 10), Assert.Single(score.BestMoves));
    }

    [Fact]
    public void Compute_BestMoves_AreTheThreeGreatestTrulyComputed()
    {
        var score = Compute(
            ("spf-valid", "full"), ("spf-all", "full-softfail"), ("dmarc-policy", "none"), ("dmarc-valid", "full"), ("dmarc-reports", "none"), ("dkim-key", "partial"),
            ("mx-resolves", "full"))!;

        // Enforcing DMARC also completes "~all": 12 points of 50, and the mean is over two categories.
        Assert.Equal([new ScoreMove("dmarc-policy", 12), new ScoreMove("dkim-key", 5), new ScoreMove("dmarc-reports", 5)], score.BestMoves);
    }

    [Fact]
    public void Compute_NotApplicable_LeavesBoth()
    {
        var score = Scorer.Compute([new("spf-valid", "full"), new("dkim-key", null, IsApplicable: false)], [], MailRoles.Both, Now)!;

        Assert.Equal((100, 10), (score.Value, score.Maximum));
        Assert.Equal("notApplicable", Subtest(score, "dkim-key").LeftOut);
    }

    [Theory]
    [InlineData(7.0, 0.0)]
    [InlineData(7.1, null)]
    public void Compute_Undetermined_KeepsItsPointsForSevenDays(double days, double? points)
    {
        var at = Now - TimeSpan.FromDays(days);
        var score = Scorer.Compute([new("spf-valid", "full"), new("dkim-key", null)], [new("dkim-key", "none", at)], MailRoles.Both, Now)!;

        var subtest = Subtest(score, "dkim-key");
        Assert.Equal(points, subtest.LeftOut is null ? subtest.Points : null);
        Assert.Equal(points is null ? null : at, subtest.AsOf);
        Assert.Equal(points is null ? 100 : 50, score.Value);
    }

    [Fact]
    public void Compute_FamilyThatDidNotRun_CountsAsUndetermined()
    {
        var score = Scorer.Compute([new("spf-valid", "full")], [new("starttls-all", "none", Now.AddHours(-5))], MailRoles.Both, Now)!;

        Assert.Equal(50, score.Value);
    }

    [Fact]
    public void Compute_PastCap_AppliesWhileItsPointsDo()
    {
        var past = new PastGrade("address-lists", "critical", Now.AddDays(-1));

        Assert.Equal("critical-listing", Assert.Single(Scorer.Compute([new("spf-valid", "full"), new("address-lists", null)], [past], MailRoles.Both, Now)!.Caps).Id);
        Assert.Empty(Scorer.Compute([new("spf-valid", "full"), new("address-lists", null)], [past], MailRoles.Both, Now.AddDays(8))!.Caps);
    }

    [Fact]
    public void Compute_OneOfTwoFamiliesCannotTell_WhatItSaidLatelyCounts()
    {
        var past = new PastGrade("tls-versions", "none", Now.AddHours(-5));

        var subtest = Subtest(Scorer.Compute([new("spf-valid", "full"), new("tls-versions", "full")], [past], MailRoles.Both, Now)!, "tls-versions");
        Assert.Equal((0, past.At), (subtest.Points, subtest.AsOf));
    }

    [Fact]
    public void Compute_SeveralGradesOfOneSubtest_TheWorstCounts() =>
        Assert.Equal(0, Compute(("spf-valid", "full"), ("spf-valid", "none"))!.Value);

    [Fact]
    public void Compute_Parked_IsJudgedOnWhatForbidsMailAlone()
    {
        SubtestGrade[] grades = [new("spf-valid", "full"), new("spf-all", "full"), new("dmarc-policy", "reject"), new("mx-resolves", "full"), new("dkim-key", "none"), new("domain-lists", "high")];

        var score = Scorer.Compute(grades, [], MailRoles.Parked, Now)!;

        Assert.Equal(100, score.Value);
        Assert.Equal(["spf-all", "dmarc-policy", "mx-resolves"], score.Categories.SelectMany(c => c.Subtests).Select(s => s.Subtest));
    }

    [Fact]
    public void Compute_ParkedWithoutRecords_EarnsNothingForThem()
    {
        SubtestGrade[] grades = [new("spf-valid", "none"), new("spf-all", null, false), new("dmarc-valid", "none"), new("dmarc-policy", null, false), new("mx-resolves", "full")];

        Assert.Equal(50, Scorer.Compute(grades, [], MailRoles.Parked, Now)!.Value);
    }

    [Theory]
    [InlineData(90, "A")]
    [InlineData(89.9, "B")]
    [InlineData(75, "B")]
    [InlineData(60, "C")]
    [InlineData(40, "D")]
    [InlineData(39.9, "E")]
    public void GradeOf_Thresholds(double value, string grade) => Assert.Equal(grade, ScoreTable.GradeOf(value));

    [Fact]
    public void Table_EveryRow_IsSoundAndNamedInBothLanguages()
    {
        Assert.Equal(ScoreTable.Rows.Length, ScoreTable.Rows.Select(r => r.Subtest).Distinct().Count());
        var keys = ScoreTable.Rows.Select(r => $"Subtest.{r.Subtest}")
            .Concat(ScoreTable.Categories.Select(c => $"Category.{c}"))
            .Concat(ScoreCaps.Rules.Select(r => $"Cap.{r.Cap.Id}"))
            .Concat("ABCDE".Select(g => $"Grade.{g}"));
        Assert.All(keys, key =>
        {
            Assert.NotNull(FindingTexts.Shared(key, CultureInfo.InvariantCulture));
            Assert.NotNull(FindingTexts.Shared(key, CultureInfo.GetCultureInfo("fr")));
        });
        Assert.All(ScoreTable.Rows, r =>
        {
            Assert.Equal(r.Points, r.PointsOf(r.Best));
            Assert.Contains(r.Levels, l => l.Points == 0);
            Assert.Contains(r.Category, ScoreTable.Categories);
        });
    }

    [Theory]
    [InlineData("dnssec", "bogus")]
    public void Compute_WhatDoesHarm_WeighsTenAndNotWhatItIsWorth(string subtest, string harm)
    {
        var score = Compute(("spf-valid", "full"), (subtest, harm))!;

        Assert.Equal((0, 10), (Subtest(score, subtest).Points, Subtest(score, subtest).Maximum));
        Assert.Equal(20, score.Maximum);
    }

    [Fact]
    public void Compute_OpenRelay_BringsTheCeilingDownAndNoPoints()
    {
        var score = Compute(("spf-valid", "full"), ("relay-closed", "open"))!;

        Assert.Equal((40, "open-relay", 10), (score.Value, Assert.Single(score.Caps).Id, score.Maximum));
        Assert.Equal(("relay-closed", 60), (score.BestMoves[0].Subtest, score.BestMoves[0].Gain));
    }

    private static Score? Compute(params (string Subtest, string Level)[] grades) =>
        Scorer.Compute([.. grades.Select(g => new SubtestGrade(g.Subtest, g.Level))], [], MailRoles.Both, Now);

    private static SubtestScore Subtest(Score score, string id) => score.Categories.SelectMany(c => c.Subtests).Single(s => s.Subtest == id);
}
