namespace MailDashboard.Checks.Caa;

/// <summary>Judges who may issue certificates: which records are in force here, each set in <see cref="CaaSetJudge"/>.</summary>
public static class CaaAnalyzer
{
    private const string Subtest = "caa";

    /// <summary>Judges.</summary>
    public static CheckOutcome Analyze(CaaObservation seen)
    {
        var outcome = new OutcomeBuilder();
        if (seen.IsSaidMissing || seen.Roles.IsParked)
        {
            return outcome.GradeNotApplicable(Subtest).NotApplicable(Reason.Of(seen.IsSaidMissing ? "DomainMissing" : "Parked"));
        }

        var domain = Subject.Domain(seen.Domain);
        if (seen.Unanswered is { } mx)
        {
            outcome.CouldNotTell(domain, mx.WhyNot());
        }

        foreach (var climb in seen.Climbs)
        {
            var subject = SubjectOf(seen, climb.Name);
            _ = climb.Failure is { } failure ? outcome.CouldNotTell(subject, failure.WhyNot()) : outcome.Determined(subject);
        }

        SayUnprotected(seen, outcome, domain);
        foreach (var set in seen.Climbs.Select(c => c.InForce).Where(a => a is not null).DistinctBy(a => a!.Question))
        {
            var subject = SubjectOf(seen, set!.Question.Name);
            CaaSetJudge.Judge(set, subject, outcome.Determined(subject));
        }

        Grade(seen, outcome);
        return outcome.Build();
    }

    private static void SayUnprotected(CaaObservation seen, OutcomeBuilder outcome, Subject domain)
    {
        var free = seen.Climbs.Where(c => c is { Failure: null, InForce: null }).ToList();
        if (free.Count > 0)
        {
            outcome.Report(CaaFindings.None, domain, new Evidence("names", string.Join(", ", free.Select(c => c.Name)), free[0].Steps.FirstOrDefault()?.Server));
        }
    }

    private static void Grade(CaaObservation seen, OutcomeBuilder outcome)
    {
        var own = seen.Climbs[0];
        _ = own.Failure is not null
            ? outcome.GradeUndetermined(Subtest)
            : outcome.Grade(Subtest, own.InForce is { } set && CaaSetJudge.Restricts(set) ? "full" : "none");
    }

    private static Subject SubjectOf(CaaObservation seen, string name) => name == seen.Domain ? Subject.Domain(name) : Subject.Host(name);
}
