using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing.Services;

namespace MailDashboard.Checks.Submission;

/// <summary>Judges what was seen of submission; under the strict profile also by what one logs in.</summary>
public static class SubmissionAnalyzer
{
    /// <summary>Judges.</summary>
    public static CheckOutcome Analyze(ServicesObservation seen) =>
        ServiceAnalyzer.Analyze(seen, SubmissionFindings.Shared, "submission-tls", seen.IsStrict ? Strict : null);

    /// <summary>
    /// A password alone must not be enough: OAuth 2 (RFC 7628) or a client certificate (EXTERNAL) is offered and nothing that takes a password.
    /// Whether the token was got with a second factor cannot be seen from here.
    /// </summary>
    private static void Strict(ServiceSight sight, OutcomeBuilder outcome)
    {
        if (sight.Seen!.After is not { HasLogIn: true } offer)
        {
            return;
        }

        outcome.Fact(sight.Subject, "secondFactor", "unmeasured");
        var strong = offer.Mechanisms.Any(m => SaslMechanisms.IsToken(m) || SaslMechanisms.IsClientCertificate(m));
        if (strong && !offer.Mechanisms.Any(SaslMechanisms.IsPassword))
        {
            return;
        }

        var definition = strong ? SubmissionFindings.PasswordsToo : SubmissionFindings.OnlyPasswords;
        var offered = new Evidence("offered", string.Join(", ", offer.LogIns(ClientProtocol.Submission)), sight.Address.ToString());
        outcome.Report(definition, sight.Subject, ServiceJudge.Service(sight), offered);
    }
}
