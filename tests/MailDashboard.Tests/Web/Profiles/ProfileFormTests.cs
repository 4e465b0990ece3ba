using System.Collections.Immutable;
using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Providers;
using MailDashboard.Mail.Sending;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Web.Profiles;

namespace MailDashboard.Tests.Web.Profiles;

public sealed class ProfileFormTests
{
    [Fact]
    public void Encryption_OfANewProfile_ProposesItsPort()
    {
        var form = new ProfileForm(null);

        form.Choose(ServerSecurity.ImplicitTls);
        Assert.Equal(465, form.Port);
        form.Choose(ServerSecurity.None);
        Assert.Equal(25, form.Port);
    }

    [Fact]
    public void Encryption_WhereSomebodyTypedAPort_LeavesIt()
    {
        var form = new ProfileForm(null) { Port = 25 };

        form.Choose(ServerSecurity.ImplicitTls);

        Assert.Equal((25, ServerSecurity.ImplicitTls), (form.Port, form.Security));
    }

    [Theory]
    [InlineData(587, 465)]
    [InlineData(2525, 2525)]
    public void Encryption_OfAStoredProfile_LeavesAPortOfItsOwn(int stored, int expected)
    {
        var form = new ProfileForm(ProfileViews.Stored with { Port = stored });

        form.Choose(ServerSecurity.ImplicitTls);

        Assert.Equal(expected, form.Port);
    }

    [Fact]
    public void Microsoft_WithATenant_FillsInWhatTheGrantNeeds()
    {
        var form = new ProfileForm(null) { Kind = SignInKind.OAuth, Tenant = " contoso.example ", Grant = OAuthGrant.ServiceAccount };

        Assert.True(form.FillMicrosoft());
        Assert.Equal(
            (OAuthGrant.ClientCredentials, "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token", "https://outlook.office365.com/.default"),
            (form.Grant, form.TokenEndpoint, form.Scope));

        form.Grant = OAuthGrant.RefreshToken;
        Assert.True(form.FillMicrosoft());
        Assert.Equal(("https://outlook.office.com/SMTP.Send offline_access", "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/devicecode"), (form.Scope, form.DeviceEndpoint));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/../../evil")]
    [InlineData("evil.example@x")]
    [InlineData("..")]
    public void Microsoft_WithoutATenant_FillsInNothing(string tenant)
    {
        var form = new ProfileForm(null) { Tenant = tenant };

        Assert.False(form.FillMicrosoft());
        Assert.Null(form.TokenEndpoint);
    }

    [Fact]
    public void Google_TakesAServiceAccountAndHasNoCodes()
    {
        var form = new ProfileForm(null) { Grant = OAuthGrant.ClientCredentials };

        form.FillGoogle();

        Assert.Equal((OAuthGrant.ServiceAccount, "https://oauth2.googleapis.com/token", "https://mail.google.com/", ""), (form.Grant, form.TokenEndpoint, form.Scope, form.DeviceEndpoint));
    }

    [Fact]
    public void Provider_ThatIsKnown_FillsInItsServerAndHowOneSignsIn()
    {
        var form = new ProfileForm(null) { Port = 26 };

        Assert.True(form.Use(new ChosenProvider(ProviderCatalogue.Find("google-workspace")!)));
        Assert.Equal(("google-workspace", "smtp.gmail.com", 465, ServerSecurity.ImplicitTls), (form.Preset, form.Host, form.Port, form.Security));
        Assert.Equal((SignInKind.OAuth, "https://oauth2.googleapis.com/token"), (form.Kind, form.TokenEndpoint));

        Assert.True(form.Use(new ChosenProvider(ProviderCatalogue.Find("postmark")!)));
        Assert.Equal(("postmark", 587, SignInKind.Password), (form.Draft().Preset, form.Port, form.Kind));
    }

    [Fact]
    public void Provider_WhoseServerHasAPartOfTheCustomers_AsksForIt()
    {
        var (form, ses) = (new ProfileForm(null), ProviderCatalogue.Find("sparkpost")!);

        Assert.False(form.Use(new ChosenProvider(ses)));
        Assert.Equal("", form.Host);
        Assert.True(form.Use(new ChosenProvider(ses, ImmutableDictionary<string, string>.Empty.Add("host", "smtp.sparkpostmail.com"))));
        Assert.Equal("smtp.sparkpostmail.com", form.Host);
    }

    [Fact]
    public void Draft_OfAStoredProfile_IsTheSameWithoutSecrets()
    {
        var view = ProfileViews.Stored;

        var draft = new ProfileForm(view).Draft();

        Assert.Equal((view.Name, view.Host, view.Port, view.Security, view.SenderAddress), (draft.Name, draft.Host, draft.Port, draft.Security, draft.SenderAddress));
        Assert.Equal((view.Limits, SignInKind.Password, "anna"), (draft.Limits, draft.SignInKind, draft.UserName));
        Assert.Equal([1, 2], draft.DomainIds);
        Assert.Null(draft.Password);
    }

    [Fact]
    public void Key_ThatWasUploaded_GoesBeforeWhatWasPasted()
    {
        var form = new ProfileForm(null) { ServiceKey = "pasted" };

        Assert.Equal("pasted", form.Draft().ServiceKey);
        form.UploadedKey = "uploaded";
        Assert.Equal("uploaded", form.Draft().ServiceKey);
    }
}

/// <summary>Profiles as pages see them.</summary>
internal static class ProfileViews
{
    public static AccountHealthView Fresh { get; } = new(null, null, null, null, null, null);

    public static ProfileView Stored { get; } = new(
        7, "Office", "other", "smtp.example.org", 587, ServerSecurity.StartTls,
        new SignInView(SignInKind.Password, "anna", true, null, null, null, null, null, null, false, false, false, null, null),
        "a@example.org", "Anna", true, new SendingLimits(20, null, 500, 2), [1, 2], Fresh, null, null, null);
}
