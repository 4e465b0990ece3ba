using MailDashboard.Checks.Probing.Connecting;

namespace MailDashboard.Checks.Smtp;

/// <summary>
/// Judges how mail servers behave: names in <see cref="SmtpNameJudge"/>, mailboxes in <see cref="SmtpMailboxJudge"/>, relaying in
/// <see cref="SmtpRelayJudge"/>. That one cannot be reached is Mx's to say, and that one does not speak SMTP is StartTls's.
/// </summary>
public static class SmtpAnalyzer
{
    internal const string NameSubtest = "helo-name";
    internal const string RelaySubtest = "relay-closed";

    /// <summary>Judges.</summary>
    public static CheckOutcome Analyze(SmtpServersObservation seen)
    {
        var outcome = new OutcomeBuilder();
        var domain = Subject.Domain(seen.Domain);
        if (!seen.Targets.Mx.IsDefinite)
        {
            outcome.CouldNotTell(domain, seen.Targets.Mx.WhyNot()).GradeUndetermined(NameSubtest);
            SmtpRelayJudge.Judge(seen, outcome);
            return outcome.Build();
        }

        if (NotApplicable(seen) is { } reason)
        {
            return outcome.GradeNotApplicable(NameSubtest).GradeNotApplicable(RelaySubtest).NotApplicable(reason);
        }

        outcome.Determined(domain);
        var names = new SmtpNameJudge(outcome);
        foreach (var host in seen.Targets.Hosts.Where(h => h.Addresses.IsEmpty && h.Unanswered is not null))
        {
            outcome.CouldNotTell(Subject.Host(host.Name), host.Unanswered!.WhyNot());
            names.LeaveOpen();
        }

        foreach (var server in seen.Servers)
        {
            Judge(seen, server, outcome, names);
        }

        names.WriteGrade();
        SmtpMailboxJudge.Judge(seen, outcome);
        SmtpRelayJudge.Judge(seen, outcome);
        return outcome.Build();
    }

    private static Reason? NotApplicable(SmtpServersObservation seen)
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

    private static void Judge(SmtpServersObservation all, SmtpServer server, OutcomeBuilder outcome, SmtpNameJudge names)
    {
        var subject = Subject.Address(server.Probe.Address);
        switch (server.Probe.Seen)
        {
            case null:
                outcome.CouldNotTell(subject, Reason.Of("TimeBudgetSpent"));
                names.LeaveOpen();
                break;

            case { Connect: not ConnectStatus.Connected } unreached:
                // No way from here over one kind of address must not hold up the verdict on a host that was talked to.
                var otherWay = unreached.Connect == ConnectStatus.Unreachable
                    && all.Servers.Any(s => s.Probe.Host == server.Probe.Host && s.Probe.Seen?.Connect == ConnectStatus.Connected);
                outcome.CouldNotTell(subject, Reason.Of("NotReached", server.Probe.Address.ToString()), verdictNeedsIt: !otherWay);
                names.LeaveOpen(otherWay);
                break;

            case { HelloName: null } spoken:
                // What is certainly wrong with such a conversation is a finding of StartTls.
                outcome.CouldNotTell(subject, Reason.Of("NoConversation", server.Probe.Address.ToString(), spoken.Failure ?? ""), verdictNeedsIt: spoken.IsTransient);
                names.LeaveOpen(!spoken.IsTransient);
                break;

            case { } spoken:
                SmtpFacts.Write(spoken, subject, outcome);
                SmtpFacts.JudgeSpeed(spoken, subject, outcome);
                names.Judge(server, subject);
                break;
        }
    }
}
