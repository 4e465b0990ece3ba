using System.Globalization;
using System.Net;
using System.Security.Authentication;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.StartTls;

/// <summary>Judges one conversation, up to the version of TLS; the certificate is <see cref="CertificateJudge"/>'s.</summary>
internal static class StartTlsConversationJudge
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);

    public static void Judge(StartTlsObservation all, SmtpObservation seen, OutcomeBuilder outcome, StartTlsGrades grades)
    {
        var subject = Subject.Address(seen.Address);
        if (!seen.Greeting.IsEmpty)
        {
            outcome.Fact(subject, "greeting", string.Join('\n', seen.Greeting));
        }

        if (seen.Stage == SmtpStage.Encrypted)
        {
            grades.Encrypted();
            Slowness(seen, subject, outcome);
            Versions(seen, subject, outcome, grades);
            CertificateJudge.Judge(all, seen, outcome, grades);
        }
        else if (FaultOf(seen) is { } fault)
        {
            outcome.Determined(subject).Report(fault, subject, Host(seen), Said(seen));
            Slowness(seen, subject, outcome);
            grades.NotEncrypted = true;
        }
        else
        {
            LeaveOpen(seen, subject, outcome);
            grades.Open = true;
        }
    }

    /// <summary>What is certainly wrong; null where it may be another time.</summary>
    public static FindingDefinition? FaultOf(SmtpObservation seen) => seen switch
    {
        { Cause: SmtpFailure.NotSmtp, Stage: SmtpStage.Greeting } => StartTlsFindings.NotSmtp,
        { Stage: SmtpStage.Hello, Cause: SmtpFailure.NotSmtp } or { Stage: SmtpStage.Hello, RefusalCode: >= 500 } => StartTlsFindings.NoEhlo,
        { Stage: SmtpStage.NoStartTls, OnlyHelo: true } => StartTlsFindings.NoEhlo,
        { Stage: SmtpStage.NoStartTls } => StartTlsFindings.NotOffered,

        // 454 says "temporary" and almost always means a key that the server cannot read; 421 is a server going down.
        { Stage: SmtpStage.StartTlsRefused, Cause: SmtpFailure.Refused, RefusalCode: not 421 } or { Stage: SmtpStage.StartTlsRefused, Cause: SmtpFailure.NotSmtp } => StartTlsFindings.Refused,
        { BufferedBeforeTls: true } => StartTlsFindings.Injected,
        { Stage: SmtpStage.Handshake, Cause: SmtpFailure.Tls } => StartTlsFindings.HandshakeFailed,
        _ => null,
    };

    private static void LeaveOpen(SmtpObservation seen, Subject subject, OutcomeBuilder outcome)
    {
        var address = seen.Address.ToString();
        var detail = seen.Failure ?? "";
        if (seen is { Stage: SmtpStage.Rejected, RefusalCode: >= 500 })
        {
            // It may refuse only us, so nothing is known of its encryption.
            outcome.Report(StartTlsFindings.Rejected, subject, Host(seen), Said(seen));
            outcome.CouldNotTell(subject, Reason.Of("Rejected", address, detail), verdictNeedsIt: false);
            return;
        }

        outcome.CouldNotTell(subject, Reason.Of(
            seen switch
            {
                { Stage: SmtpStage.Handshake, Cause: SmtpFailure.Closed } => "HandshakeDropped",
                { Cause: SmtpFailure.TimedOut } => "SmtpTimedOut",
                { Cause: SmtpFailure.TooLong } => "SmtpTooLong",
                { Cause: SmtpFailure.Refused } => "SmtpTemporary",
                _ => "SmtpClosed",
            },
            address,
            detail));
    }

    private static void Slowness(SmtpObservation seen, Subject subject, OutcomeBuilder outcome)
    {
        if (seen.GreetingDelay > Slow)
        {
            var seconds = seen.GreetingDelay.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
            outcome.Report(StartTlsFindings.SlowGreeting, subject, Host(seen), new Evidence("seconds", seconds, seen.Address.ToString()));
        }
    }

    private static void Versions(SmtpObservation seen, Subject subject, OutcomeBuilder outcome, StartTlsGrades grades)
    {
        var tls = seen.Tls!;
        var version = new Evidence("version", TlsVersions.Name(tls.Protocol), seen.Address.ToString());
        outcome.Fact(subject, "tlsVersion", TlsVersions.Name(tls.Protocol)).Fact(subject, "cipher", tls.CipherSuite);
        if (TlsVersions.IsOld(tls.Protocol))
        {
            grades.OldTls = true;
            outcome.Determined(subject).Report(StartTlsFindings.OnlyOldTls, subject, Host(seen), version);
            return;
        }

        switch (seen.OldTls)
        {
            case null:
                grades.OldTlsOpen = true;
                outcome.CouldNotTell(subject, Reason.Of("OldTlsUnknown", seen.Address.ToString()), verdictNeedsIt: false);
                break;
            case SslProtocols.None:
                outcome.Determined(subject);
                break;
            default:
                grades.OldTlsToo = true;
                var old = new Evidence("oldVersion", TlsVersions.Name(seen.OldTls.Value), seen.Address.ToString());
                outcome.Determined(subject).Report(StartTlsFindings.OldTlsToo, subject, Host(seen), old);
                break;
        }

        if (tls.Protocol < SslProtocols.Tls13)
        {
            grades.NoTls13 = true;
            outcome.Report(StartTlsFindings.NoTls13, subject, Host(seen), version);
        }
    }

    private static Evidence Host(SmtpObservation seen) => new("host", seen.Host);

    private static Evidence Said(SmtpObservation seen)
    {
        var said = seen.Failure ?? string.Join('\n', seen.Capabilities.IsEmpty ? seen.Greeting : seen.Capabilities);
        return new Evidence("said", said, new IPEndPoint(seen.Address, seen.Port).ToString());
    }
}
