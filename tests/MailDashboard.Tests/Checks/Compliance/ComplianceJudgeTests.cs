using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Compliance;

namespace MailDashboard.Tests.Checks.Compliance;

public class ComplianceJudgeTests
{
    public static TheoryData<string> Providers => [.. ComplianceCatalogue.Shipped.Providers.Select(p => p.Id)];

    [Theory]
    [MemberData(nameof(Providers))]
    public void Judge_EverythingRight_MeetsEveryProvider(string provider) =>
        Assert.Equal(ComplianceStatus.Met, Standing.Perfect.Provider(provider));

    [Theory]
    [InlineData("spf", "SPF001", Severity.Error, "spf-valid", "none", "gmail=NotMet yahoo=AtRisk microsoft=NotMet apple=AtRisk orange=NotMet laposte=Met")]
    [InlineData("spf", "SPF006", Severity.Error, "spf-valid", "none", "gmail=NotMet yahoo=AtRisk microsoft=NotMet apple=AtRisk orange=NotMet laposte=Met")]
    [InlineData("spf", "SPF012", Severity.Critical, null, null, "gmail=AtRisk yahoo=AtRisk microsoft=AtRisk apple=AtRisk orange=AtRisk laposte=Met")]
    [InlineData("dkim", "DKIM001", Severity.Error, "dkim-key", "none", "gmail=NotMet yahoo=AtRisk microsoft=NotMet apple=AtRisk orange=NotMet laposte=Met")]
    [InlineData("dkim", "DKIM001", Severity.Error, "dkim-key", "partial", "gmail=AtRisk yahoo=AtRisk microsoft=AtRisk apple=AtRisk orange=AtRisk laposte=Met")]
    [InlineData("dkim", "DKIM013", Severity.Warning, "dkim-key", "partial", "gmail=Met yahoo=Met microsoft=Met apple=Met orange=Met laposte=Met")]
    [InlineData("dmarc", "DMARC001", Severity.Error, "dmarc-valid", "none", "gmail=NotMet yahoo=AtRisk microsoft=NotMet apple=AtRisk orange=NotMet laposte=AtRisk")]
    [InlineData("dmarc", "DMARC008", Severity.Warning, "dmarc-policy", "none", "gmail=Met yahoo=Met microsoft=Met apple=Met orange=Met laposte=Met")]
    [InlineData("reverse-dns", "PTR001", Severity.Error, "ptr-confirmed", "none", "gmail=NotMet yahoo=NotMet microsoft=AtRisk apple=AtRisk orange=NotMet laposte=Met")]
    [InlineData("reverse-dns", "PTR001", Severity.Warning, null, null, "gmail=Met yahoo=Met microsoft=Met apple=Met orange=Met laposte=Met")]
    [InlineData("reverse-dns", "PTR004", Severity.Warning, null, null, "gmail=Met yahoo=Met microsoft=Met apple=Met orange=AtRisk laposte=Met")]
    [InlineData("smtp", "SMTP001", Severity.Warning, null, null, "gmail=Met yahoo=Met microsoft=Met apple=Met orange=AtRisk laposte=Met")]
    [InlineData("mx", "MX003", Severity.Error, "mx-resolves", "none", "gmail=Met yahoo=Met microsoft=Met apple=Met orange=Met laposte=NotMet")]
    public void Judge_OneFault_HarmsWhoeverAsksForIt(string family, string code, Severity severity, string? subtest, string? level, string expected)
    {
        var standing = Standing.Perfect.With(family, code, severity);
        standing = subtest is null ? standing : standing.Level(subtest, level);

        Assert.Equal(expected, string.Join(' ', ComplianceCatalogue.Shipped.Providers.Select(p => $"{p.Id}={standing.Provider(p.Id)}")));
    }

    [Fact]
    public void Judge_AFault_NamesTheFinding()
    {
        var verdict = Standing.Perfect.With("dmarc", "DMARC001", Severity.Error).Level("dmarc-valid", "none").Rule("gmail-dmarc");

        var reason = Assert.Single(verdict.Reasons);
        Assert.Equal((ComplianceCause.Finding, "DMARC001", Severity.Error, Standing.At), (reason.Cause, reason.Finding!.Code, reason.Finding.Severity, reason.Finding.Since));
    }

    [Fact]
    public void Judge_ALevelWithoutAFinding_SaysWhichCheck()
    {
        var verdict = Standing.Perfect.Level("dkim-key", "none").Rule("gmail-dkim");

        Assert.Equal((ComplianceStatus.NotMet, new ComplianceReason(ComplianceCause.Level) { Family = "dkim" }), (verdict.Status, Assert.Single(verdict.Reasons)));
    }

    [Theory]
    [InlineData(null, ComplianceStatus.AtRisk, ComplianceCause.VolumeNotStated)]
    [InlineData(0, ComplianceStatus.NotApplicable, ComplianceCause.BelowVolume)]
    [InlineData(4999, ComplianceStatus.NotApplicable, ComplianceCause.BelowVolume)]
    [InlineData(5000, ComplianceStatus.NotMet, ComplianceCause.Finding)]
    public void Judge_ARuleForBulkMail_HangsOnTheVolume(int? volume, ComplianceStatus status, ComplianceCause cause)
    {
        var standing = Standing.Perfect.With("dmarc", "DMARC001", Severity.Error).Level("dmarc-valid", "none") with { DailyVolume = volume };

        var verdict = standing.Rule("microsoft-dmarc");

        Assert.Equal((status, cause), (verdict.Status, verdict.Reasons[0].Cause));
        Assert.Equal(cause == ComplianceCause.Finding ? 0 : 5000, verdict.Reasons[0].Number);
    }

    [Fact]
    public void Judge_VolumeNotStatedAndNothingWrong_IsMet() =>
        Assert.Equal(ComplianceStatus.Met, (Standing.Perfect with { DailyVolume = null }).Provider("microsoft"));

    [Theory]
    [InlineData("spf", "spf-valid", "orange-spf")]
    [InlineData("dkim", "dkim-key", "gmail-dkim")]
    [InlineData("dmarc", "dmarc-valid", "gmail-dmarc")]
    [InlineData("reverse-dns", "ptr-confirmed", "gmail-ptr")]
    [InlineData("mx", "mx-resolves", "laposte-receives")]
    public void Judge_CouldNotLook_IsNeverMet(string family, string subtest, string requirement)
    {
        var verdict = Standing.Perfect.Silent(family).Level(subtest, null, isCurrent: false).Rule(requirement);

        Assert.Equal((ComplianceStatus.Undetermined, ComplianceCause.Inconclusive, "DnsTimeout"), (verdict.Status, verdict.Reasons[0].Cause, verdict.Reasons[0].Why!.Key));
    }

    [Fact]
    public void Judge_CouldNotLookAgainAtAFault_TheFaultStands() =>
        Assert.Equal(ComplianceStatus.NotMet, Standing.Perfect.With("spf", "SPF001", Severity.Error).Silent("spf").Level("spf-valid", "none", isCurrent: false).Rule("orange-spf").Status);

    [Fact]
    public void Judge_AFamilyThatIsInconclusiveAboutSomethingElse_ItsLevelCounts() =>
        Assert.Equal(ComplianceStatus.Met, Standing.Perfect.Silent("dkim").Rule("gmail-dkim").Status);

    [Fact]
    public void Judge_NothingLookedAt_IsUndetermined()
    {
        var standing = new DomainStanding("example.org", MailRoles.Both);

        Assert.All(["gmail-spf-or-dkim", "gmail-ptr", "orange-spamhaus", "laposte-receives"], id => Assert.Equal(ComplianceStatus.Undetermined, standing.Rule(id).Status));
        Assert.Equal(ComplianceCause.NotLooked, standing.Rule("gmail-ptr").Reasons[0].Cause);
    }

    [Fact]
    public void Judge_AParkedDomain_NothingApplies()
    {
        var standing = Standing.Perfect.With("spf", "SPF001", Severity.Error) with { Roles = MailRoles.Parked };

        Assert.All(ComplianceCatalogue.Shipped.Providers, p => Assert.Equal(ComplianceStatus.NotApplicable, standing.Provider(p.Id)));
        Assert.Equal(ComplianceCause.DoesNotSend, standing.Rule("gmail-tls").Reasons[0].Cause);
    }

    [Fact]
    public void Judge_ADomainThatOnlySends_CannotReceiveAnswers()
    {
        var standing = Standing.Perfect with { Roles = new MailRoles(Sends: true, Receives: false) };

        Assert.Equal((ComplianceStatus.NotMet, ComplianceCause.DoesNotReceive), (standing.Rule("laposte-receives").Status, standing.Rule("laposte-receives").Reasons[0].Cause));
        Assert.Equal(ComplianceStatus.Met, standing.Provider("gmail"));
    }

    [Theory]
    [InlineData("none", true, "none", true, ComplianceStatus.NotMet)]
    [InlineData("none", true, "full", true, ComplianceStatus.Met)]
    [InlineData("full", true, "none", true, ComplianceStatus.Met)]
    [InlineData("none", true, "full", false, ComplianceStatus.Undetermined)]
    [InlineData("full", false, "none", true, ComplianceStatus.Undetermined)]
    public void Judge_EitherOfTwo_OneIsEnough(string spf, bool isSpfCurrent, string dkim, bool isDkimCurrent, ComplianceStatus expected) =>
        Assert.Equal(expected, Standing.Perfect.Level("spf-valid", spf, isSpfCurrent).Level("dkim-key", dkim, isDkimCurrent).Rule("gmail-spf-or-dkim").Status);

    [Theory]
    [InlineData("one-click")]
    [InlineData("complaints")]
    [InlineData("outbound-tls")]
    [InlineData("alignment")]
    [InlineData("feedback-id")]
    [InlineData("helo")]
    [InlineData("static-address")]
    public void Judge_WhatOnlyAMessageOrTheProviderShows_IsNotMeasurableAndSaysWhere(string topic)
    {
        var verdicts = ComplianceJudge.Judge(Standing.Perfect, ComplianceCatalogue.Shipped, BlocklistCatalogue.Shipped)
            .SelectMany(p => p.Requirements).Where(r => r.Requirement.Topic.Id == topic).ToList();

        Assert.NotEmpty(verdicts);
        Assert.All(verdicts, v => Assert.Equal((ComplianceStatus.NotMeasurable, ComplianceCause.Elsewhere), (v.Status, Assert.Single(v.Reasons).Cause)));
        Assert.All(verdicts, v => Assert.NotNull(v.Requirement.Topic.Elsewhere));
    }

    [Theory]
    [InlineData("zen.spamhaus.org", "BLK001", Severity.Critical, ComplianceStatus.NotMet)]
    [InlineData("dbl.spamhaus.org", "BLK002", Severity.Critical, ComplianceStatus.NotMet)]
    [InlineData("zen.spamhaus.org", "BLK001", Severity.Warning, ComplianceStatus.AtRisk)]
    [InlineData("zen.spamhaus.org", "BLK003", Severity.Info, ComplianceStatus.Met)]
    [InlineData("bl.spamcop.net", "BLK001", Severity.Error, ComplianceStatus.Met)]
    public void Judge_AListing_CountsOnTheListsOfTheProvider(string zone, string code, Severity severity, ComplianceStatus expected) =>
        Assert.Equal(expected, Standing.Perfect.With("blocklists", code, severity, Subject.Listing("192.0.2.1", zone)).Rule("orange-spamhaus").Status);

    [Theory]
    [InlineData("unknown", ComplianceStatus.Undetermined, ComplianceCause.ListSilent)]
    [InlineData("off", ComplianceStatus.NotMeasurable, ComplianceCause.ListOff)]
    public void Judge_AListThatDidNotAnswerOrIsOff_IsNamed(string state, ComplianceStatus status, ComplianceCause cause)
    {
        var verdict = Standing.Perfect.Look("blocklists", f => f with { Facts = [.. f.Facts.Select(x => x.Subject.List!.Contains("abusix", StringComparison.Ordinal) ? x with { Value = state } : x)] }).Rule("orange-abusix");

        Assert.Equal((status, cause), (verdict.Status, verdict.Reasons[0].Cause));
        Assert.Contains("Abusix", verdict.Reasons[0].Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_ARecommendation_IsAtRiskAtWorst()
    {
        var verdict = Standing.Perfect.With("reverse-dns", "PTR001", Severity.Error).Rule("microsoft-ptr");

        Assert.Equal((ComplianceStatus.AtRisk, ComplianceCause.Recommended), (verdict.Status, verdict.Reasons[0].Cause));
    }
}
