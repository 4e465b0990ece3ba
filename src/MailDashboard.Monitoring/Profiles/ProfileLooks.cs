using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Alerting.Sightings;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Profiles;

/// <summary>What a look at a profile says: on its page, and to whom alerts reach. Pure.</summary>
internal static class ProfileLooks
{
    private const int LongestProblem = 1000;

    /// <summary>Renewed by itself mostly, a month before; two weeks before the end it was not.</summary>
    private static readonly TimeSpan ServerNotice = TimeSpan.FromDays(14);

    /// <summary>Renewed by people.</summary>
    private static readonly TimeSpan OwnNotice = TimeSpan.FromDays(30);

    /// <summary>Where it ended, in the words of a sentence; what the server replied is for administrators and stays on the profile's page.</summary>
    private static readonly Dictionary<SendStage, (string English, string French)> Steps = new()
    {
        [SendStage.Resolving] = ("finding the server", "recherche du serveur"),
        [SendStage.Connecting] = ("connecting", "connexion"),
        [SendStage.Encrypting] = ("encrypting the connection", "chiffrement de la connexion"),
        [SendStage.SigningIn] = ("signing in", "identification"),
    };

    /// <summary>Writes into the profile what was seen. What could not be told changes nothing.</summary>
    public static void Keep(SmtpProfile profile, ServerLook look, DateTimeOffset now)
    {
        if (look.Result.IsUndetermined)
        {
            return;
        }

        profile.CheckedAt = now;
        profile.LatencyMilliseconds = look.Latency is { } latency ? (int)latency.TotalMilliseconds : null;
        profile.ServerCertificateEndsAt = look.CertificateEndsAt ?? (look.Result.IsAccepted ? null : profile.ServerCertificateEndsAt);
        if (look.Result.IsAccepted)
        {
            (profile.WorkedAt, profile.FailingSince, profile.Problem) = (now, null, null);
        }
        else
        {
            profile.FailingSince ??= now;
            var problem = $"{look.Result.Stage}: {look.Result.Detail}";
            profile.Problem = problem.Length > LongestProblem ? problem[..LongestProblem] + "…" : problem;
        }
    }

    /// <summary>What people may have to be told of, after <see cref="Keep"/>.</summary>
    public static IEnumerable<OwnLook> Of(SmtpProfile profile, ServerLook look, DateTimeOffset now)
    {
        var subject = Subject.Account(profile.Name, profile.Id);
        yield return Working(profile, look.Result, subject, now);
        if (!look.Result.IsUndetermined)
        {
            yield return Certificate(profile, look, subject, now);
        }
    }

    private static OwnLook Working(SmtpProfile profile, SendResult result, Subject subject, DateTimeOffset now)
    {
        var since = profile.FailingSince ?? now;
        var seen = result.IsUndetermined ? AlertLook.Undetermined : result.IsAccepted ? AlertLook.Absent : AlertLook.Present;
        var step = Steps.GetValueOrDefault(result.Stage, Steps[SendStage.SigningIn]);
        return new OwnLook(
            OwnFindings.ProfileFails, subject, seen, OwnFindings.ProfileFails.Severity,
            [new Evidence(OwnFindings.SinceLabel, OwnFindings.Time(since)), new Evidence("step", step.English), new Evidence("step.fr", step.French)],
            since);
    }

    /// <summary>The first of the two to end.</summary>
    private static OwnLook Certificate(SmtpProfile profile, ServerLook look, Subject subject, DateTimeOffset now)
    {
        var late = new[]
        {
            (Name: look.CertificateName ?? profile.Host, EndsAt: profile.ServerCertificateEndsAt, Notice: ServerNotice),
            (Name: profile.CertificateName ?? "", EndsAt: profile.CertificateEndsAt, Notice: OwnNotice),
        }.Where(c => c.EndsAt - c.Notice <= now).OrderBy(c => c.EndsAt).ToList();
        var (name, endsAt, _) = late.FirstOrDefault();
        ImmutableArray<Evidence> evidence = endsAt is { } end
            ? [new Evidence("certificate", name), new Evidence("notAfter", end.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))]
            : [];
        return new OwnLook(
            OwnFindings.ProfileCertificate, subject, endsAt is null ? AlertLook.Absent : AlertLook.Present, endsAt <= now ? Severity.Error : OwnFindings.ProfileCertificate.Severity, evidence, now);
    }
}
