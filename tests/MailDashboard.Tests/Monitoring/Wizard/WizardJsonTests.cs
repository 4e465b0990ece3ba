using System.Collections.Immutable;
using MailDashboard.Mail.Advice;
using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Guides;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Wizard;

namespace MailDashboard.Tests.Monitoring.Wizard;

public sealed class WizardJsonTests
{
    [Fact]
    public void State_WrittenAndRead_IsTheSame()
    {
        var state = new WizardState
        {
            Domain = new DomainPart(true, false) { OwnHosts = ["mx.example.org"] },
            Advice = new AdvicePart
            {
                Answers = new AdviserAnswers { Purposes = [MailPurpose.Campaigns], MonthlyVolume = 5, HasMailStaff = true },
                Chosen = ImmutableDictionary<AdviceTopic, AdviceOption>.Empty.Add(AdviceTopic.Hosting, AdviceOption.OwnServer),
            },
            Provider = new ProviderPart("own") { Entries = ImmutableDictionary<string, string>.Empty.Add("host", "mx.example.org"), Addresses = ["192.0.2.1"] },
            Profile = new ProfilePart(3, DateTimeOffset.UnixEpoch),
            Typed = new TypedProfile("smtp.example.org", 587, ServerSecurity.StartTls, "ada", "ada@example.org", null)
            {
                SignIn = new TypedSignIn(SignInKind.OAuth, OAuthGrant.RefreshToken, "https://login.example.org/token", null, null, "7f6e", "mail.send") { Tenant = "example.org" },
            },
            Records = new RecordsPart { Planned = 3, Keys = [new("s1", "v=DKIM1; p=x")], Seen = [new("example.org", "MX", ["10 mx"], DateTimeOffset.UnixEpoch)] },
            Certificate = new CertificatePart { Server = MailServer.Exim, Seen = [new("mx.example.org", 25, true, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)] },
            Limits = new LimitsPart { PerDay = 100, IsNewAddress = true },
            Logging = new LoggingPart(MailServer.Postfix, DateTimeOffset.UnixEpoch) { Fate = LogFate.Deferred },
            Message = new MessagePart("ada@example.org", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch) { TestId = 4, Score = 9.5, PlacementId = 5 },
            Passed = [WizardStep.Domain, WizardStep.Advice],
            Skipped = [WizardStep.Advice],
        };

        var read = WizardJson.Read(WizardJson.Write(state));

        Assert.Equal(WizardJson.Write(state), WizardJson.Write(read));
        Assert.Equal("mx.example.org", read.Domain!.OwnHosts.Single());
        Assert.Equal(AdviceOption.OwnServer, read.Advice!.Of(AdviceTopic.Hosting));
        Assert.Equal([WizardStep.Advice], read.Skipped);
        Assert.Equal(state.Message, read.Message);
        Assert.Equal(state.Typed, read.Typed);
    }

    [Fact]
    public void Read_OfAProfileTypedBeforeTokensWereKept_HasIt() =>
        Assert.Equal("ada", WizardJson.Read("""{"typed":{"host":"smtp.example.org","port":587,"security":"StartTls","userName":"ada","senderAddress":"ada@example.org","senderName":null}}""").Typed?.UserName);

    [Fact]
    public void Choose_AnotherProvider_ForgetsWhatWasTypedForTheFirst()
    {
        var state = WizardState.Empty with { Provider = new ProviderPart("brevo"), Typed = new TypedProfile("smtp.example.org", 587, ServerSecurity.StartTls, "ada", "ada@example.org", null) };

        Assert.Same(state.Typed, state.Choose(new ProviderPart("brevo")).Typed);
        Assert.Null(state.Choose(new ProviderPart("mailjet")).Typed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1,2]")]
    [InlineData("{\"format\":99,\"later\":{\"x\":1}}")]
    [InlineData("{\"passed\":[\"Yonder\",null,7]}")]
    public void Read_OfWhatIsNotOurs_IsEmpty(string text) => Assert.Equal(WizardJson.Write(WizardState.Empty), WizardJson.Write(WizardJson.Read(text)));

    [Fact]
    public void Read_OfOnePartFromAnotherVersion_KeepsTheOthers()
    {
        var read = WizardJson.Read("""{"format":2,"domain":{"sends":true,"receives":false,"new":1},"certificate":{"server":"Sendmail"},"profile":{"signedInAt":null},"passed":["Domain","Yonder"]}""");

        Assert.Equal((true, false), (read.Domain!.Sends, read.Domain.Receives));
        Assert.Null(read.Certificate);
        Assert.Null(read.Profile);
        Assert.Equal([WizardStep.Domain], read.Passed);
    }
}
