using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Compliance;
using MailDashboard.Checks.Strict;
using MailDashboard.Tests.Checks.Compliance;

namespace MailDashboard.Tests.Checks.Strict;

public class StrictJudgeTests
{
    [Theory]
    [InlineData("tls13", ComplianceStatus.Met)]
    [InlineData("lists", ComplianceStatus.Met)]
    [InlineData("spf", ComplianceStatus.Met)]
    [InlineData("dkim", ComplianceStatus.Met)]
    [InlineData("dmarc", ComplianceStatus.Met)]
    [InlineData("other-factors", ComplianceStatus.NotMeasurable)]
    public void Judge_EverythingRight_IsMet(string condition, ComplianceStatus expected) => Assert.Equal(expected, Status(Standing.Perfect, condition));

    [Theory]
    [InlineData("full", "reject", ComplianceStatus.Met)]
    [InlineData("full", "none", ComplianceStatus.Met)]
    [InlineData("full-softfail", "reject", ComplianceStatus.Met)]
    [InlineData("full-softfail", "quarantine", ComplianceStatus.Met)]
    [InlineData("full-softfail", "none-with-rua", ComplianceStatus.NotMet)]
    [InlineData("neutral", "reject", ComplianceStatus.NotMet)]
    [InlineData("none", "reject", ComplianceStatus.NotMet)]
    public void Judge_Spf_IsEnforcedByItselfOrByDmarc(string spf, string dmarc, ComplianceStatus expected) =>
        Assert.Equal(expected, Status(Standing.Perfect.Level("spf-all", spf).Level("dmarc-policy", dmarc), "spf"));

    [Theory]
    [InlineData("reject", ComplianceStatus.Met)]
    [InlineData("quarantine", ComplianceStatus.Met)]
    [InlineData("none-with-rua", ComplianceStatus.NotMet)]
    [InlineData("none", ComplianceStatus.NotMet)]
    public void Judge_Dmarc_HasToBeEnforced(string level, ComplianceStatus expected) =>
        Assert.Equal(expected, Status(Standing.Perfect.Level("dmarc-policy", level), "dmarc"));

    [Fact]
    public void Judge_ALowLevel_NamesTheFindingBehindItWhateverItsSeverity()
    {
        var verdict = Judge(Standing.Perfect.Level("dmarc-policy", "none-with-rua").With("dmarc", "DMARC007", Severity.Notice), "dmarc");

        Assert.Equal((ComplianceStatus.NotMet, "DMARC007"), (verdict.Status, Assert.Single(verdict.Reasons).Finding!.Code));
        Assert.Equal(ComplianceStatus.Met, Status(Standing.Perfect.With("dmarc", "DMARC014", Severity.Warning), "dmarc"));
    }

    [Fact]
    public void Judge_APortWithoutTls13_IsNamed()
    {
        var verdict = Judge(Standing.Perfect.Look("tls", f => f with { Facts = [new Fact(Standing.Port, "versions", "TLS 1.2")] }), "tls13");

        Assert.Equal((ComplianceStatus.NotMet, "mail.example.org[192.0.2.1]:465"), (verdict.Status, Assert.Single(verdict.Reasons).Name));
    }

    [Fact]
    public void Judge_APortWhoseVersionsAreOpen_IsUndetermined()
    {
        var standing = Standing.Perfect.Look("tls", f => f with
        {
            Facts = [new Fact(Standing.Port, "versions", "TLS 1.2")],
            Undetermined = [new Undetermined(Standing.Port, Reason.Of("VersionsOpen", Standing.Port.Name, "TLS 1.3"))],
        });

        Assert.Equal(ComplianceStatus.Undetermined, Status(standing, "tls13"));
    }

    [Theory]
    [InlineData(33, ComplianceStatus.Met)]
    [InlineData(41, ComplianceStatus.NotMet)]
    public void Judge_Blocklists_HaveToBeAskedOften(int minutes, ComplianceStatus expected) =>
        Assert.Equal(expected, StrictJudge.Judge(Standing.Perfect, BlocklistCatalogue.Shipped, Standing.At.AddMinutes(minutes)).Single(v => v.Condition.Id == "lists").Status);

    [Theory]
    [InlineData("spf", "spf-all", "spf")]
    [InlineData("dkim", "dkim-key", "dkim")]
    [InlineData("dmarc", "dmarc-policy", "dmarc")]
    public void Judge_CouldNotLook_IsNeverMet(string family, string subtest, string condition) =>
        Assert.Equal(ComplianceStatus.Undetermined, Status(Standing.Perfect.Silent(family).Level(subtest, null, isCurrent: false), condition));

    [Theory]
    [InlineData("encrypted-login", "submission", "SUB002", Severity.Error)]
    [InlineData("encrypted-login", "imap", "IMP003", Severity.Notice)]
    [InlineData("encrypted-login", "pop3", "POP001", Severity.Error)]
    [InlineData("strong-login", "submission", "SUB020", Severity.Warning)]
    [InlineData("strong-login", "submission", "SUB021", Severity.Warning)]
    public void Judge_AWeakSignIn_IsNotMet(string condition, string family, string code, Severity severity)
    {
        var seen = Seen(StandingOutcome.Completed);

        Assert.Equal(ComplianceStatus.Met, Status(seen, condition));
        Assert.Equal(ComplianceStatus.NotMet, Status(seen.With(family, code, severity, Standing.Port), condition));
    }

    [Fact]
    public void Judge_SignInThatNobodyLookedAt_IsUndetermined()
    {
        var unseen = Standing.Perfect with { Families = Standing.Perfect.Families.RemoveRange(["submission", "imap", "pop3"]) };

        Assert.Equal(ComplianceStatus.Undetermined, Status(unseen, "encrypted-login"));
        Assert.Equal(ComplianceStatus.Undetermined, Status(unseen, "strong-login"));
    }

    [Fact]
    public void Judge_TurnedOnSinceTheLastLook_WaysToLogInAreOpen()
    {
        var lenient = Seen(StandingOutcome.Completed).Look("submission", f => f with { Facts = [new Fact(Standing.Port, "logInsAfter", "AUTH PLAIN")] });
        var strict = lenient.Look("submission", f => f with { Facts = f.Facts.Add(new Fact(Standing.Port, "secondFactor", "unmeasured")) });

        var none = Seen(StandingOutcome.Completed).Look("submission", f => f with { Facts = [new Fact(Standing.Port, "logInsAfter", "–")] });

        Assert.Equal(ComplianceStatus.Met, Status(none, "strong-login"));
        Assert.Equal((ComplianceStatus.Undetermined, ComplianceStatus.Met), (Status(lenient, "strong-login"), Status(strict, "strong-login")));
    }

    [Fact]
    public void Judge_NoPortOfMailPrograms_DoesNotApply() => Assert.Equal(ComplianceStatus.NotApplicable, Status(Seen(StandingOutcome.NotApplicable), "encrypted-login"));

    [Fact]
    public void Judge_AParkedDomain_NeedsNoKeyAndHasToRefuseEverything()
    {
        var parked = Standing.Perfect with { Roles = MailRoles.Parked };

        Assert.Equal(ComplianceStatus.NotApplicable, Status(parked, "dkim"));
        Assert.Equal(ComplianceStatus.NotMet, Status(parked.Level("spf-all", "full-softfail"), "spf"));
    }

    private static DomainStanding Seen(StandingOutcome outcome) => Standing.Perfect with
    {
        Families = Standing.Perfect.Families.SetItems(new[] { "submission", "imap", "pop3" }.Select(id => KeyValuePair.Create(id, new StandingFamily(id, outcome, null, [], [], Standing.At)))),
    };

    private static ComplianceStatus Status(DomainStanding standing, string condition) => Judge(standing, condition).Status;

    private static StrictVerdict Judge(DomainStanding standing, string condition) =>
        StrictJudge.Judge(standing, BlocklistCatalogue.Shipped, Standing.At).Single(v => v.Condition.Id == condition);
}
