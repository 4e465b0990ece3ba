using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Smtp;

/// <summary>Judges the tests for an open relay. Where no host was confirmed as own there were none, and the subtest does not apply.</summary>
internal static class SmtpRelayJudge
{
    private const int Port = 25;

    public static void Judge(SmtpServersObservation seen, OutcomeBuilder outcome)
    {
        if (!seen.HasOwnHosts)
        {
            outcome.GradeNotApplicable(SmtpAnalyzer.RelaySubtest);
            return;
        }

        var isOpen = false;
        var isUndetermined = false;
        foreach (var (host, address, test) in seen.Relays)
        {
            // Not the address: that its names could be judged must not end an earlier finding that could not be tested again.
            var subject = Subject.Service(host, address, Port);
            switch (test)
            {
                case { End: RelayEnd.Refused }:
                    outcome.Determined(subject);
                    break;
                case { End: RelayEnd.Accepted, IsFromInside: false }:
                    isOpen = true;
                    outcome.Determined(subject).Report(
                        SmtpFindings.OpenRelay,
                        subject,
                        new Evidence("host", host),
                        new Evidence("sender", RelayProbe.Sender),
                        new Evidence("recipient", RelayProbe.Recipient),
                        new Evidence("said", test.Said, address.ToString()));
                    break;
                default:
                    isUndetermined = true;
                    outcome.CouldNotTell(subject, WhyNot(address.ToString(), test), verdictNeedsIt: false);
                    break;
            }
        }

        foreach (var (host, why) in seen.UntestedHosts)
        {
            isUndetermined = true;
            outcome.CouldNotTell(Subject.Host(host), why, verdictNeedsIt: false);
        }

        _ = isOpen ? outcome.Grade(SmtpAnalyzer.RelaySubtest, "open")
            : isUndetermined ? outcome.GradeUndetermined(SmtpAnalyzer.RelaySubtest)
            : seen.Relays.IsEmpty ? outcome.GradeNotApplicable(SmtpAnalyzer.RelaySubtest)
            : outcome.Grade(SmtpAnalyzer.RelaySubtest, "full");
    }

    private static Reason WhyNot(string address, RelayObservation? test) => test switch
    {
        null => Reason.Of("TimeBudgetSpent"),
        { End: RelayEnd.Accepted } => Reason.Of("RelayFromInside", address),
        _ => Reason.Of("RelayUndecided", address, test.Said),
    };
}
