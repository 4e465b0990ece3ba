using System.Collections.Immutable;
using System.Globalization;
using Bunit;
using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Sending;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Profiles.Connecting;
using MailDashboard.Web.Profiles;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Tests.Web.Profiles;

public sealed class ProfilePartsTests : PageTest
{
    private IStringLocalizer<ProfileTexts> Texts => Services.GetRequiredService<IStringLocalizer<ProfileTexts>>();

    [Fact]
    public void Health_OfAProfile_IsAWordAndSaysNothingBeforeASecondLook()
    {
        var now = Time.GetUtcNow();

        Assert.Contains("Not looked at yet", Health(ProfileViews.Fresh), StringComparison.Ordinal);
        Assert.Contains("Works", Health(ProfileViews.Fresh with { CheckedAt = now, WorkedAt = now }), StringComparison.Ordinal);
        Assert.Contains("looked at again", Health(ProfileViews.Fresh with { CheckedAt = now, FailingSince = now }), StringComparison.Ordinal);
        Assert.Contains("Fails", Health(ProfileViews.Fresh with { CheckedAt = now, FailingSince = now.AddMinutes(-1) }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void Words_OfEveryStageFaultAndEnd_AreThere(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var keys = Enum.GetNames<SendStage>().SelectMany(s => new[] { $"Stage.{s}", $"Stage.{s}.Hint" })
            .Concat(Enum.GetNames<TokenFault>().SelectMany(f => new[] { $"Token.{f}", $"Token.{f}.Hint" }))
            .Concat(Enum.GetNames<CertificateFault>().SelectMany(f => new[] { $"Certificate.{f}", $"Certificate.{f}.Hint" }))
            .Concat(Enum.GetNames<ProfileFault>().Select(f => $"Fault.{f}"))
            .Concat(Enum.GetNames<ConnectEnd>().Select(e => $"Connect.{e}"))
            .Concat(Enum.GetNames<SignInKind>().Select(k => $"SignIn.{k}"))
            .Concat(Enum.GetNames<OAuthGrant>().SelectMany(g => new[] { $"Grant.{g}", $"Grant.{g}.Hint" }))
            .Concat(Enum.GetNames<MailDashboard.Mail.Providers.ProviderLimitKind>().Select(k => $"ProviderLimit.{k}"))
            .Concat(Enum.GetNames<ServerSecurity>().Select(s => $"Security.{s}"));

        Assert.DoesNotContain(keys, k => Texts[k].ResourceNotFound);
    }

    [Fact]
    public void SignIn_OfEachKind_AsksForWhatItNeedsAndShowsNoSecret()
    {
        var form = new ProfileForm(null) { Kind = SignInKind.OAuth };
        var stored = ProfileViews.Stored.SignIn with { HasClientSecret = true };
        var fields = Render<SignInFields>(p => p.Add(f => f.Form, form).Add(f => f.Stored, stored).Add(f => f.Error, _ => null));

        Assert.Equal("", fields.Find("#client-secret").GetAttribute("value") ?? "");
        Assert.Contains("Leave this empty to keep it", fields.Markup, StringComparison.Ordinal);
        fields.Find("#grant").Change(nameof(OAuthGrant.ServiceAccount));
        Assert.NotNull(fields.Find("#service-key"));
        Assert.Empty(fields.FindAll("#client-id"));
        fields.Find("#kind").Change(nameof(SignInKind.Certificate));
        Assert.NotNull(fields.Find("#certificate"));
        fields.Find("#kind").Change(nameof(SignInKind.Nobody));
        Assert.Empty(fields.FindAll("#user"));
        Assert.Equal(SignInKind.Nobody, form.Draft().SignInKind);
    }

    [Fact]
    public void Certificate_Chosen_IsReadAndNamed()
    {
        var form = new ProfileForm(null) { Kind = SignInKind.Certificate };
        var fields = Render<SignInFields>(p => p.Add(f => f.Form, form).Add(f => f.Error, _ => null));

        fields.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary([1, 2, 3], "client.p12"));
        fields.WaitForAssertion(() => Assert.Contains("client.p12", fields.Markup, StringComparison.Ordinal));

        Assert.Equal([1, 2, 3], form.Draft().Certificate.ToArray());
        fields.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(new byte[70_000], "large.p12"));
        fields.WaitForAssertion(() => Assert.Contains("too large", fields.Markup, StringComparison.Ordinal));
        Assert.Equal([1, 2, 3], form.Draft().Certificate.ToArray());
    }

    [Fact]
    public void Provider_Chosen_FillsInAtOnceUnlessItsConsoleIsNeeded()
    {
        var form = new ProfileForm(null);
        var choice = Render<ProviderChoice>(p => p.Add(c => c.Form, form));

        choice.Find("#provider").Change("fastmail");
        Assert.Equal("smtp.fastmail.com", form.Host);
        choice.Find("#provider").Change("amazon-ses");
        choice.Find("#provider-region").Change("eu-west-3");
        choice.Find("button").Click();

        Assert.Equal("email-smtp.eu-west-3.amazonaws.com", form.Host);
        Assert.Contains("not an access key", choice.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Domains_Chosen_AreKept()
    {
        var form = new ProfileForm(ProfileViews.Stored);
        var choice = Render<DomainChoice>(p => p.Add(c => c.Domains, [(1, "a.example"), (2, "b.example"), (3, "c.example")]).Add(c => c.Chosen, form.Domains));

        choice.FindAll("input[type=checkbox]")[0].Change(false);
        choice.FindAll("input[type=checkbox]")[2].Change(true);

        Assert.Equal([2, 3], form.Draft().DomainIds.Order());
    }

    [Fact]
    public void Look_OfAServer_ShowsWhatWasSeen()
    {
        var end = Time.GetUtcNow().AddDays(40);
        var good = new ServerLook(new SendResult(SendStage.Accepted, "", false, ["< 220 hello"]), TimeSpan.FromMilliseconds(42), "<b>mail</b>", end, "Tls13");

        var report = Render<LookReport>(p => p.Add(r => r.Look, good)).Markup;

        Assert.Contains("42 ms", report, StringComparison.Ordinal);
        Assert.Contains("TLS 1.3", report, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;mail", report, StringComparison.Ordinal);
        var refused = good with { Result = new SendResult(SendStage.SigningIn, "invalid_client", false, []) { Token = TokenFault.Client } };
        Assert.Contains("does not accept the client", Render<LookReport>(p => p.Add(r => r.Look, refused)).Markup, StringComparison.Ordinal);
        var unknown = good with { Result = new SendResult(SendStage.Resolving, "x could not be resolved", false, ImmutableArray<string>.Empty) { IsUndetermined = true } };
        Assert.Contains("DNS does not answer", Render<LookReport>(p => p.Add(r => r.Look, unknown)).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Removal_SaysWhatDependsOnIt()
    {
        var other = ProfileViews.Stored with { Id = 9, Name = "Cellar", SendsNotices = false };

        Assert.Contains("then goes by Cellar", ProfileWords.Depends(Texts, ProfileViews.Stored, [other], ["a.example"]), StringComparison.Ordinal);
        Assert.Contains("a.example", ProfileWords.Depends(Texts, ProfileViews.Stored, [other], ["a.example"]), StringComparison.Ordinal);
        Assert.Contains("waits until", ProfileWords.Depends(Texts, ProfileViews.Stored, [], []), StringComparison.Ordinal);
        Assert.DoesNotContain("dashboard’s own", ProfileWords.Depends(Texts, other, [ProfileViews.Stored], []), StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_AreSaidInOneLine()
    {
        Assert.Equal("20 a minute, 500 a day, 2 at a time", ProfileWords.Limits(Texts, ProfileViews.Stored.Limits));
        Assert.Equal("none", ProfileWords.Limits(Texts, new SendingLimits()));
    }

    private string Health(AccountHealthView health) => Render<ProfileHealthTag>(p => p.Add(t => t.Health, health)).Markup;
}
