using System.Globalization;
using Bunit;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Tests.Web.Settings;

public sealed class ChannelPartsTests : PageTest
{
    private static ChannelView Fresh => new(1, ChannelKind.Slack, "Ops", true, "en", "hooks.example.org", true, false, null, null, null, 0, 0, 0);

    [Fact]
    public void Health_OfAChannel_IsAWordAndNotOnlyAColour()
    {
        Assert.Contains("Not tested yet", Health(Fresh), StringComparison.Ordinal);
        Assert.Contains("Works", Health(Fresh with { LastOkAt = Time.GetUtcNow() }), StringComparison.Ordinal);
        Assert.Contains("Switched off", Health(Fresh with { IsEnabled = false, FailingSince = Time.GetUtcNow() }), StringComparison.Ordinal);

        var failing = Health(Fresh with { LastOkAt = Time.GetUtcNow(), FailingSince = Time.GetUtcNow(), LastError = "HTTP 404 <script>" });
        Assert.Contains("Fails", failing, StringComparison.Ordinal);
        Assert.Contains("HTTP 404 &lt;script&gt;", failing, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void Report_OfEachProblem_SaysWhatAndWhatToDoInBothLanguages(PostProblem problem, string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        var report = Report(new ChannelTestLine("hooks.example.org", false, problem, null, "HTTP 404 no_service"));

        Assert.Contains("hooks.example.org", report, StringComparison.Ordinal);
        Assert.Contains("<code>HTTP 404 no_service</code>", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Channels.Post", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_OfMail_IsLineByLine()
    {
        var report = Report(new ChannelTestLine("a@example.org", true, PostProblem.None, SendStage.Accepted, "250 queued"), new ChannelTestLine("b@example.org", false, PostProblem.None, SendStage.SigningIn, "535 no"));

        Assert.Contains("a@example.org took the message", report, StringComparison.Ordinal);
        Assert.Contains("Signing in at the server failed.", report, StringComparison.Ordinal);
        Assert.Contains("nobody to send to", Report(), StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_OfEveryKindFaultAndProblem_AreThere()
    {
        var texts = Services.GetRequiredService<IStringLocalizer<SettingsTexts>>();
        var keys = Enum.GetNames<ChannelKind>().SelectMany(k => new[] { $"Channels.Kind.{k}", $"Channels.About.{k}", $"Channels.Add.{k}" })
            .Concat(Enum.GetNames<ChannelKind>().Where(k => k != nameof(ChannelKind.Email)).Select(k => $"Channels.HowTo.{k}"))
            .Concat(Enum.GetNames<ChannelFault>().Select(f => $"Channels.Fault.{f}"));

        Assert.DoesNotContain(keys, k => texts[k].ResourceNotFound);
    }

    public static TheoryData<PostProblem, string> Problems()
    {
        var data = new TheoryData<PostProblem, string>();
        foreach (var problem in Enum.GetValues<PostProblem>().Where(p => p != PostProblem.None))
        {
            data.Add(problem, "en");
            data.Add(problem, "fr");
        }

        return data;
    }

    private string Health(ChannelView channel) => Render<ChannelHealthTag>(p => p.Add(c => c.Channel, channel)).Markup;

    private string Report(params ChannelTestLine[] lines) => Render<ChannelTestReport>(p => p.Add(r => r.Result, new ChannelTestResult([.. lines]))).Markup;
}
