namespace MailDashboard.Checks.ClientAccess;

/// <summary>Judges the ports of one protocol. Versions of TLS, keys and signatures are the family Tls's to judge.</summary>
internal static class ServiceAnalyzer
{
    /// <summary>Judges.</summary>
    /// <param name="subtest">The row of the score that says whether log-ins are protected.</param>
    /// <param name="more">What the family judges beside what all three do, for each port that came to its end.</param>
    public static CheckOutcome Analyze(ServicesObservation seen, ServiceFindingSet findings, string subtest, Action<ServiceSight, OutcomeBuilder>? more = null)
    {
        var outcome = new OutcomeBuilder();
        if (seen.IsMissing || seen.Roles.IsParked)
        {
            return ServiceGrades.NotApplicable(outcome, subtest).NotApplicable(Reason.Of(seen.IsMissing ? "DomainMissing" : "Parked"));
        }

        var grades = new ServiceGrades();
        Names(seen, outcome, grades);
        foreach (var sight in seen.Own)
        {
            if (sight.IsConnected)
            {
                ServiceJudge.Judge(seen, sight, findings, outcome, grades);
                more?.Invoke(sight, outcome);
            }
            else
            {
                ServiceReach.Judge(seen, sight, findings, outcome, grades);
            }
        }

        ServiceReach.JudgeStated(seen, findings, outcome, grades);
        ServiceCertificates.Judge(seen, findings, outcome, grades);
        if (grades is { Open: false, Judged: false, Bad: false })
        {
            return ServiceGrades.NotApplicable(outcome, subtest).NotApplicable(Reason.Of("NoService", seen.Domain));
        }

        grades.Write(outcome, subtest);
        return outcome.Build();
    }

    /// <summary>What DNS left open. That a published host has no address at all is Autoconfig's to say.</summary>
    private static void Names(ServicesObservation seen, OutcomeBuilder outcome, ServiceGrades grades)
    {
        var domain = Subject.Domain(seen.Domain);
        if (seen.Unanswered is { } unanswered)
        {
            grades.Open = true;
            outcome.CouldNotTell(domain, unanswered.WhyNot());
        }
        else
        {
            outcome.Determined(domain);
        }

        foreach (var service in seen.Services.Where(s => s.Addresses.IsEmpty && s.Unanswered is not null))
        {
            grades.Open = true;
            outcome.CouldNotTell(Subject.Host(service.Host), service.Unanswered!.WhyNot());
        }
    }
}
