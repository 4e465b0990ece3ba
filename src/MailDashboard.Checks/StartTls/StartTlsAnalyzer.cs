using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Connecting;

namespace MailDashboard.Checks.StartTls;

/// <summary>
/// Judges the encryption of incoming mail. Whether a server can be reached at all is the family Mx's to say: here it only
/// leaves the address open, so that one fault is one finding.
/// </summary>
public static class StartTlsAnalyzer
{
    private static readonly string[] Subtests = ["starttls-all", "tls-versions", "certificate-valid"];

    /// <summary>Judges.</summary>
    public static CheckOutcome Analyze(StartTlsObservation seen)
    {
        var outcome = new OutcomeBuilder();
        var domain = Subject.Domain(seen.Domain);
        if (!seen.Targets.Mx.IsDefinite)
        {
            outcome.CouldNotTell(domain, seen.Targets.Mx.WhyNot());
            return Each(outcome, outcome.GradeUndetermined).Build();
        }

        if (NotApplicable(seen) is { } reason)
        {
            return Each(outcome, outcome.GradeNotApplicable).NotApplicable(reason);
        }

        outcome.Determined(domain);
        var grades = new StartTlsGrades();
        foreach (var host in seen.Targets.Hosts.Where(h => h.Addresses.IsEmpty && h.Unanswered is not null))
        {
            outcome.CouldNotTell(Subject.Host(host.Name), host.Unanswered!.WhyNot());
            grades.Open = true;
        }

        foreach (var probe in seen.Probes)
        {
            Judge(seen, probe, outcome, grades);
        }

        CertificateRecords.Add(seen, outcome);
        grades.Write(outcome);
        return outcome.Build();
    }

    private static Reason? NotApplicable(StartTlsObservation seen)
    {
        if (seen.Targets.DomainIsMissing)
        {
            return Reason.Of("DomainMissing");
        }

        if (seen.Targets.IsNull || (seen.Targets.IsImplicit && !seen.Receives))
        {
            return Reason.Of("DoesNotReceive");
        }

        return seen.Targets.Hosts.All(h => h.Addresses.IsEmpty && h.Unanswered is null) ? Reason.Of("NoMailServer") : null;
    }

    private static void Judge(StartTlsObservation seen, MxProbe probe, OutcomeBuilder outcome, StartTlsGrades grades)
    {
        var subject = Subject.Address(probe.Address);
        switch (probe.Seen?.Connect)
        {
            case null:
                grades.Open = true;
                outcome.CouldNotTell(subject, Reason.Of("TimeBudgetSpent"));
                break;

            case ConnectStatus.Connected:
                StartTlsConversationJudge.Judge(seen, probe.Seen, outcome, grades);
                break;

            default:
                // No way from here over one kind of address must not hold up the verdict on a host that was talked to.
                var otherWay = probe.Seen.Connect == ConnectStatus.Unreachable
                    && seen.Probes.Any(p => p.Host == probe.Host && p.Seen?.Connect == ConnectStatus.Connected);
                grades.Open |= !otherWay;
                outcome.CouldNotTell(subject, Reason.Of("NotReached", probe.Address.ToString()), verdictNeedsIt: !otherWay);
                break;
        }
    }

    private static OutcomeBuilder Each(OutcomeBuilder outcome, Func<string, OutcomeBuilder> grade)
    {
        foreach (var subtest in Subtests)
        {
            grade(subtest);
        }

        return outcome;
    }
}
