using MailDashboard.Checks.Probing.Connecting;

namespace MailDashboard.Checks.ClientAccess;

/// <summary>
/// Judges that a port was not reached. A published port is a promise of its own; of the stated hosts some must serve; what was guessed
/// was guessed wrong.
/// </summary>
internal static class ServiceReach
{
    /// <summary>Judges one port.</summary>
    public static void Judge(ServicesObservation all, ServiceSight sight, ServiceFindingSet findings, OutcomeBuilder outcome, ServiceGrades grades)
    {
        var isRefused = sight.Seen?.Connect == ConnectStatus.Refused;
        if (sight.IsGuessed)
        {
            _ = isRefused ? outcome.Determined(sight.Subject) : outcome;
            return;
        }

        if (sight.Service.Origin == ServiceOrigin.Stated)
        {
            // Which of its ports a stated host serves is its own choice.
            if (isRefused || all.Own.Any(s => s.IsConnected))
            {
                outcome.Determined(sight.Subject);
                return;
            }
        }
        else if (isRefused)
        {
            grades.Bad = true;
            outcome.Determined(sight.Subject).Report(findings.Refused, sight.Subject, ServiceJudge.Service(sight), Record());
            return;
        }
        else if (sight.Seen?.Connect == ConnectStatus.TimedOut && IsWayOpen(all, sight))
        {
            grades.Open = true;
            outcome.Report(findings.Silent, sight.Subject, ServiceJudge.Service(sight), Record());
            outcome.CouldNotTell(sight.Subject, WhyNot(sight), verdictNeedsIt: false);
            return;
        }

        // No way from here over one kind of address must not hold up the verdict on a host that was talked to.
        var otherWay = sight.Seen?.Connect == ConnectStatus.Unreachable
            && all.Own.Any(s => s.IsConnected && (s.Service.Host, s.Service.Port) == (sight.Service.Host, sight.Service.Port));
        grades.Open |= !otherWay;
        outcome.CouldNotTell(sight.Subject, WhyNot(sight), verdictNeedsIt: !otherWay);

        Evidence Record() => new("record", $"{ClientServices.SrvName(sight.Service, all.Domain)} SRV");
    }

    /// <summary>
    /// None of the stated hosts serves: people cannot send, or cannot read. Reading is possible with IMAP or POP3, so that where both are
    /// looked at Imap speaks for both.
    /// </summary>
    public static void JudgeStated(ServicesObservation all, ServiceFindingSet findings, OutcomeBuilder outcome, ServiceGrades grades)
    {
        var stated = all.Services.Where(s => s.Origin == ServiceOrigin.Stated).ToList();
        var isWanted = all.Protocol == ClientProtocol.Submission ? all.Roles.Sends : all.Roles.Receives;
        if (findings.NothingThere is null || stated.Count == 0 || !isWanted || grades.Open || all.All.Any(s => MayServe(all.Protocol, s)))
        {
            return;
        }

        grades.Bad = true;
        var hosts = stated.Select(s => s.Host).Distinct();
        outcome.Report(findings.NothingThere, Subject.Domain(all.Domain), new Evidence("hosts", string.Join(", ", hosts)));
    }

    private static bool MayServe(ClientProtocol wanted, ServiceSight sight) =>
        sight.Seen?.Connect != ConnectStatus.Refused
        && (wanted == ClientProtocol.Submission) == (sight.Service.Protocol == ClientProtocol.Submission);

    /// <summary>
    /// The silence is the server's own. Many networks close the ports for sending outward, so that for these only another server's answer on
    /// the same port proves it.
    /// </summary>
    private static bool IsWayOpen(ServicesObservation all, ServiceSight sight) => all.All.Any(s => s.IsConnected
        && (s.Service.Port == sight.Service.Port || (all.Protocol != ClientProtocol.Submission && s.Address.Equals(sight.Address))));

    private static Reason WhyNot(ServiceSight sight) => sight.Seen?.Connect switch
    {
        null => Reason.Of("TimeBudgetSpent"),
        ConnectStatus.Guarded => Reason.Of("AddressGuarded", sight.Address.ToString()),
        _ => Reason.Of("NotReached", sight.Subject.Name, sight.Seen.Failure ?? ""),
    };
}
