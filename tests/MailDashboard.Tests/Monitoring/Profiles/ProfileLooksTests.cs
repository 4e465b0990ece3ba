using MailDashboard.Checks;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;

namespace MailDashboard.Tests.Monitoring.Profiles;

public sealed class ProfileLooksTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    private static SmtpProfile Profile => new() { Id = 7, Name = "Office", Host = "smtp.example.org", SenderAddress = "a@example.org" };

    [Theory]
    [InlineData(15, AlertLook.Absent, Severity.Warning)]
    [InlineData(14, AlertLook.Present, Severity.Warning)]
    [InlineData(0, AlertLook.Present, Severity.Error)]
    public void Certificate_OfTheServer_IsToldTwoWeeksBeforeItsEnd(int days, AlertLook look, Severity severity)
    {
        var told = Certificate(Profile, Works(Now.AddDays(days)));

        Assert.Equal((look, severity, "MON007", "Account:Office|7"), (told.Look, told.Severity, told.Finding.Code, told.Subject.Key));
    }

    [Fact]
    public void Certificate_ThatWeShow_IsToldAMonthBeforeItsEnd()
    {
        var profile = Profile;
        (profile.CertificateName, profile.CertificateEndsAt) = ("dashboard.example.org", Now.AddDays(29));

        var told = Certificate(profile, Works(Now.AddDays(60)));

        Assert.Equal(AlertLook.Present, told.Look);
        Assert.Equal(["dashboard.example.org", "2026-04-12"], told.Evidence.Select(e => e.Value));
    }

    [Fact]
    public void Certificate_ThatEndsFirst_IsTheOneToldOf()
    {
        var profile = Profile;
        (profile.CertificateName, profile.CertificateEndsAt) = ("dashboard.example.org", Now.AddDays(20));

        Assert.Equal("smtp.example.org", Certificate(profile, Works(Now.AddDays(3))).Evidence[0].Value);
    }

    [Fact]
    public void Failure_KeepsItsBeginningAndNamesTheStepWithoutTheReply()
    {
        var profile = Profile;
        var refused = new ServerLook(new SendResult(SendStage.SigningIn, "535 who are you", false, []), null, null, null, null);

        ProfileLooks.Keep(profile, refused, Now);
        ProfileLooks.Keep(profile, refused, Now.AddMinutes(1));

        Assert.Equal((Now, Now.AddMinutes(1), "SigningIn: 535 who are you"), (profile.FailingSince, profile.CheckedAt, profile.Problem));
        var told = ProfileLooks.Of(profile, refused, Now.AddMinutes(1)).First();
        Assert.Equal((AlertLook.Present, "MON006", Now), (told.Look, told.Finding.Code, told.Since));
        Assert.Equal(["2026-03-14 12:00 UTC", "signing in", "identification"], told.Evidence.Select(e => e.Value));
    }

    [Fact]
    public void Unknown_ChangesNothingAndSaysNothingOfTheCertificate()
    {
        var profile = Profile;
        profile.FailingSince = Now.AddHours(-1);
        var unknown = new ServerLook(new SendResult(SendStage.Resolving, "no answer", false, []) { IsUndetermined = true }, null, null, null, null);

        ProfileLooks.Keep(profile, unknown, Now);

        Assert.Equal((Now.AddHours(-1), null, null), (profile.FailingSince, profile.CheckedAt, profile.Problem));
        Assert.Equal(AlertLook.Undetermined, Assert.Single(ProfileLooks.Of(profile, unknown, Now)).Look);
    }

    private static ServerLook Works(DateTimeOffset end) => new(new SendResult(SendStage.Accepted, "", false, []), TimeSpan.FromSeconds(1), "smtp.example.org", end, "Tls13");

    private static OwnLook Certificate(SmtpProfile profile, ServerLook look)
    {
        ProfileLooks.Keep(profile, look, Now);
        return ProfileLooks.Of(profile, look, Now).Last();
    }
}
