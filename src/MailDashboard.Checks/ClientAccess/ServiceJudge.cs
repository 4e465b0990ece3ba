using System.Globalization;
using MailDashboard.Checks.Probing.Services;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.ClientAccess;

/// <summary>Judges one conversation; its certificate is <see cref="ServiceCertificates"/>'s.</summary>
internal static class ServiceJudge
{
    public static void Judge(ServicesObservation all, ServiceSight sight, ServiceFindingSet findings, OutcomeBuilder outcome, ServiceGrades grades)
    {
        var seen = sight.Seen!;
        if (sight.IsGuessed && seen.Tls is null && seen.Greeting.IsEmpty)
        {
            // Much accepts connections at a port that was only guessed.
            outcome.CouldNotTell(sight.Subject, WhyNot(sight), verdictNeedsIt: false);
            return;
        }

        ServiceFacts.Add(sight, outcome);
        var fault = FaultOf(seen, findings);
        var isOpen = fault is null && seen is not { Stage: SmtpStage.NoStartTls } and not { Stage: SmtpStage.Encrypted, Cause: SmtpFailure.None };
        if (isOpen)
        {
            grades.Open |= !sight.IsGuessed;
            outcome.CouldNotTell(sight.Subject, WhyNot(sight), verdictNeedsIt: !sight.IsGuessed);
        }

        if (fault is not null)
        {
            grades.Bad = true;
            outcome.Report(fault, sight.Subject, Service(sight), Said(sight));
        }

        if (seen.Before is { } before)
        {
            isOpen |= !Before(all, sight, before, findings, outcome, grades);
        }

        if (seen.After is { IsTold: true, HasLogIn: false } after)
        {
            grades.Bad |= !sight.IsGuessed;
            outcome.Report(new Finding(findings.NoLogIn, sight.Subject, [Service(sight), new Evidence("capabilities", ServiceFacts.Lines(after), Source(sight))])
            {
                SeverityOverride = sight.IsGuessed ? Severity.Warning : null,
            });
        }

        grades.Judged |= !isOpen;
        _ = isOpen ? outcome : outcome.Determined(sight.Subject);
    }

    public static Evidence Service(ServiceSight sight) =>
        new("service", string.Create(CultureInfo.InvariantCulture, $"{sight.Service.Host}:{sight.Service.Port}"));

    /// <summary>What is certainly wrong with the conversation; null where nothing is, or where it may be another time.</summary>
    private static FindingDefinition? FaultOf(ServiceObservation seen, ServiceFindingSet findings) => seen switch
    {
        { Stage: SmtpStage.Greeting or SmtpStage.Hello, Cause: SmtpFailure.NotSmtp } or { Stage: SmtpStage.Hello, Cause: SmtpFailure.Refused, IsTransient: false } => findings.Foreign,

        // "Temporary" here almost always means a key that the server cannot read.
        { Stage: SmtpStage.StartTlsRefused, Cause: SmtpFailure.Refused or SmtpFailure.NotSmtp } when !IsGoingDown(seen) => findings.StartTlsRefused,
        { Cause: SmtpFailure.Buffered } => findings.Injected,
        { Stage: SmtpStage.Handshake, Cause: SmtpFailure.Tls, NeedsOldSoftware: false } => findings.HandshakeFailed,
        _ => null,
    };

    /// <summary>SMTP's 421 is said by a server that closes the connection, whatever it was asked.</summary>
    private static bool IsGoingDown(ServiceObservation seen) => seen.Failure?.StartsWith("421", StringComparison.Ordinal) ?? false;

    /// <summary>What is offered in clear, which decides whether a password may travel so. False where that was left open.</summary>
    private static bool Before(ServicesObservation all, ServiceSight sight, ServiceOffer before, ServiceFindingSet findings, OutcomeBuilder outcome, ServiceGrades grades)
    {
        var offered = new Evidence("offered", ServiceFacts.LogIns(sight, before), Source(sight));
        if (sight.Seen!.Stage == SmtpStage.NoStartTls)
        {
            // Without any way to log in the port is of no use, and of no harm beside one that is.
            var isDeadEnd = before is { IsTold: true, HasLogIn: false };
            grades.Bad |= !isDeadEnd || !all.Own.Any(s => s.Seen?.Tls is not null);
            outcome.Report(new Finding(findings.NoEncryption, sight.Subject, [Service(sight), offered]) { SeverityOverride = isDeadEnd ? Severity.Warning : null });
            return true;
        }

        if (sight.Seen.IsSameMachine && before.HasLogIn)
        {
            return Leave("SameMachine");
        }

        if (before.TakesClearSecrets)
        {
            grades.Bad = true;
            outcome.Report(findings.ClearLogIn, sight.Subject, Service(sight), offered);
        }
        else if (before.HasLogIn)
        {
            outcome.Report(new Finding(findings.LogInBeforeTls, sight.Subject, [Service(sight), offered]) { SeverityOverride = all.IsStrict ? Severity.Warning : null });
        }

        return before.IsTold || before.HasLogIn || Leave("NotTold");

        bool Leave(string reason)
        {
            grades.LogInOpen = true;
            outcome.CouldNotTell(sight.Subject, Reason.Of(reason, sight.Subject.Name), verdictNeedsIt: false);
            return false;
        }
    }

    private static Reason WhyNot(ServiceSight sight)
    {
        var seen = sight.Seen!;
        return Reason.Of(
            seen switch
            {
                { NeedsOldSoftware: true } => "OldSoftware",
                { Stage: SmtpStage.Handshake, Cause: SmtpFailure.Tls or SmtpFailure.Closed } => "HandshakeDropped",
                { Cause: SmtpFailure.TimedOut } => "TimedOut",
                { Cause: SmtpFailure.TooLong } => "TooLong",
                { Cause: SmtpFailure.Refused } => "Rejected",
                { Cause: SmtpFailure.NotSmtp } => "NotUnderstood",
                _ => "Closed",
            },
            sight.Subject.Name,
            seen.Failure ?? "");
    }

    private static Evidence Said(ServiceSight sight) => new("said", sight.Seen!.Failure ?? ServiceFacts.Nothing, Source(sight));

    private static string Source(ServiceSight sight) => sight.Address.ToString();
}
