using System.Text;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Mail.SigningIn;
using MailDashboard.Monitoring.Channels;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Tests.Monitoring.Channels;

public sealed class PostJudgementTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly Uri Url = new("https://hooks.example.org/services/T0SECRET/abcdef");
    private static readonly HiddenSecrets Nothing = new();

    [Theory]
    [InlineData(200, PostVerdict.Delivered, PostProblem.None)]
    [InlineData(202, PostVerdict.Delivered, PostProblem.None)]
    [InlineData(302, PostVerdict.Later, PostProblem.Redirected)]
    [InlineData(304, PostVerdict.Later, PostProblem.Redirected)]
    [InlineData(400, PostVerdict.Refused, PostProblem.BadMessage)]
    [InlineData(401, PostVerdict.Later, PostProblem.WrongAddress)]
    [InlineData(403, PostVerdict.Later, PostProblem.WrongAddress)]
    [InlineData(404, PostVerdict.Later, PostProblem.WrongAddress)]
    [InlineData(405, PostVerdict.Later, PostProblem.WrongAddress)]
    [InlineData(408, PostVerdict.Later, PostProblem.Busy)]
    [InlineData(409, PostVerdict.Later, PostProblem.Busy)]
    [InlineData(410, PostVerdict.Later, PostProblem.WrongAddress)]
    [InlineData(413, PostVerdict.Refused, PostProblem.BadMessage)]
    [InlineData(425, PostVerdict.Later, PostProblem.Busy)]
    [InlineData(429, PostVerdict.Later, PostProblem.Busy)]
    [InlineData(500, PostVerdict.Later, PostProblem.ReceiverFails)]
    [InlineData(503, PostVerdict.Later, PostProblem.Busy)]
    [InlineData(999, PostVerdict.Later, PostProblem.ReceiverFails)]
    public void Of_AStatus_IsTheTableOfTheReadme(int status, PostVerdict verdict, PostProblem problem)
    {
        var whole = PostJudgement.Of(new HttpObservation(Url, HttpEnd.Answered) { Status = status }, Now, Nothing);
        var cut = PostJudgement.Of(new HttpObservation(Url, HttpEnd.Broken) { CutStatus = status }, Now, Nothing);

        Assert.Equal((verdict, problem, status), (whole.Verdict, whole.Problem, whole.Status));
        Assert.Equal((verdict, problem, status), (cut.Verdict, cut.Problem, cut.Status));
    }

    [Theory]
    [InlineData(HttpEnd.NoAddress, PostProblem.NoAddress)]
    [InlineData(HttpEnd.DnsFailed, PostProblem.NoAddress)]
    [InlineData(HttpEnd.Guarded, PostProblem.Guarded)]
    [InlineData(HttpEnd.Refused, PostProblem.NoConnection)]
    [InlineData(HttpEnd.Tls, PostProblem.NotTrusted)]
    [InlineData(HttpEnd.TimedOut, PostProblem.NoAnswer)]
    [InlineData(HttpEnd.TooLarge, PostProblem.NoAnswer)]
    [InlineData(HttpEnd.Broken, PostProblem.NoAnswer)]
    public void Of_NoAnswer_IsTriedAgain(HttpEnd end, PostProblem problem)
    {
        var result = PostJudgement.Of(new HttpObservation(Url, end) { Failure = "why" }, Now, Nothing);

        Assert.Equal((PostVerdict.Later, problem, $"{end}: why"), (result.Verdict, result.Problem, result.Detail));
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("999999", 3600)]
    [InlineData("99999999999999999999", null)]
    [InlineData("-5", null)]
    [InlineData("Sun, 01 Mar 2026 09:10:00 GMT", 600)]
    [InlineData("Sun, 01 Mar 2026 08:00:00 GMT", null)]
    [InlineData("soon", null)]
    public void Of_RetryAfter_IsWaitedForUpToAnHour(string header, int? seconds)
    {
        var result = PostJudgement.Of(new HttpObservation(Url, HttpEnd.Answered) { Status = 429, Headers = [("retry-after", header)] }, Now, Nothing);

        Assert.Equal(seconds, (int?)result.Wait?.TotalSeconds);
    }

    [Fact]
    public void Of_ARedirect_NamesOnlyTheHost()
    {
        var result = PostJudgement.Of(new HttpObservation(Url, HttpEnd.Answered) { Status = 307, Location = "http://169.254.169.254/latest/secret" }, Now, Nothing);

        Assert.Equal("HTTP 307 redirects to http://169.254.169.254, which is not followed", result.Detail);
    }

    [Fact]
    public void Hide_AnswerThatRepeatsTheAddress_ShowsNothingOfIt()
    {
        var body = "The requested URL /services/T0SECRET/abcdef was not found &lt;t0secret&gt; key hunter2-key\nX: y";
        var result = PostJudgement.Of(new HttpObservation(Url, HttpEnd.Answered) { Status = 404, Body = Encoding.UTF8.GetBytes(body) }, Now, SecretMask.Of(new ChannelTarget(ChannelKind.Webhook, Url, "hunter2-key")));

        var hidden = result.Detail;

        Assert.StartsWith("HTTP 404 The requested URL ********", hidden, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", hidden, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("abcdef", hidden, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", hidden, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', hidden);
    }

    [Fact]
    public void Signature_OfTimestampAndBody_IsWhatAnybodyComputes()
    {
        // printf '1772355600.{"a":1}' | openssl dgst -sha256 -hmac sixteen-characters
        Assert.Equal("v1=1cfa59fb873890a913533c3c6cf4ae7dfeb6e001c6dca762608f2c9d28a7c0dd", WebhookSignature.Of("sixteen-characters", 1772355600, """{"a":1}"""));
        Assert.NotEqual(WebhookSignature.NewKey(), WebhookSignature.NewKey());
    }
}
