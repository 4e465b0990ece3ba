using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Mail.SigningIn;

namespace MailDashboard.Monitoring.Channels;

/// <summary>What an answer means for the message and its channel: the table of the README. Pure.</summary>
internal static class PostJudgement
{
    private const int MostOfDetail = 300;
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <param name="seen">The answer.</param>
    /// <param name="now">For a date until which to wait.</param>
    /// <param name="secrets">Taken out of what was answered before it is cut: half a secret would not be found.</param>
    public static PostResult Of(HttpObservation seen, DateTimeOffset now, HiddenSecrets secrets)
    {
        var status = seen.Status > 0 ? seen.Status : seen.CutStatus;
        return status > 0 ? OfStatus(seen, status, now, secrets) : new(PostVerdict.Later, ProblemOf(seen.End), 0, InertText.Line(secrets.Hide($"{seen.End}: {seen.Failure}"), MostOfDetail));
    }

    private static PostResult OfStatus(HttpObservation seen, int status, DateTimeOffset now, HiddenSecrets secrets)
    {
        var (verdict, problem) = status switch
        {
            >= 200 and < 300 => (PostVerdict.Delivered, PostProblem.None),
            >= 300 and < 400 => (PostVerdict.Later, PostProblem.Redirected),
            400 or 413 or 415 or 422 => (PostVerdict.Refused, PostProblem.BadMessage),
            408 or 409 or 425 or 429 or 503 => (PostVerdict.Later, PostProblem.Busy),
            >= 400 and < 500 => (PostVerdict.Later, PostProblem.WrongAddress),
            _ => (PostVerdict.Later, PostProblem.ReceiverFails),
        };
        var said = problem == PostProblem.Redirected ? To(seen) : Encoding.UTF8.GetString(seen.Body.Span);
        var detail = InertText.Line(string.Create(CultureInfo.InvariantCulture, $"HTTP {status} {secrets.Hide(said)}"), MostOfDetail);
        return new(verdict, problem, status, detail, verdict == PostVerdict.Later ? WaitOf(seen.Header("retry-after"), now) : null);
    }

    /// <summary>The host alone: the rest may be a secret.</summary>
    private static string To(HttpObservation seen) =>
        Uri.TryCreate(seen.Uri, seen.Location, out var target) ? $"redirects to {target.Scheme}://{target.IdnHost}, which is not followed" : "redirects, which is not followed";

    /// <summary>Seconds or a date (RFC 9110 §10.2.3).</summary>
    private static TimeSpan? WaitOf(string? header, DateTimeOffset now)
    {
        if (!RetryConditionHeaderValue.TryParse(header, out var retry))
        {
            return null;
        }

        var wait = retry.Delta ?? (retry.Date - now) ?? TimeSpan.Zero;
        return wait <= TimeSpan.Zero ? null : wait < LongestWait ? wait : LongestWait;
    }

    private static PostProblem ProblemOf(HttpEnd end) => end switch
    {
        HttpEnd.NoAddress or HttpEnd.DnsFailed => PostProblem.NoAddress,
        HttpEnd.Guarded => PostProblem.Guarded,
        HttpEnd.Refused or HttpEnd.Unreachable => PostProblem.NoConnection,
        HttpEnd.Tls => PostProblem.NotTrusted,
        _ => PostProblem.NoAnswer,
    };
}
