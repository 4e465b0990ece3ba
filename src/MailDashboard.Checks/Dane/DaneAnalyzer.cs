using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dane;

/// <summary>Judges a domain's DANE: records in <see cref="DaneRecordJudge"/>, certificates in <see cref="DaneMatchJudge"/>.</summary>
public static class DaneAnalyzer
{
    private const string Subtest = "dane";

    /// <summary>Judges.</summary>
    public static CheckOutcome Analyze(DaneObservation seen)
    {
        var outcome = new OutcomeBuilder();
        var domain = Subject.Domain(seen.Domain);
        if (NotApplicable(seen) is { } reason)
        {
            return outcome.GradeNotApplicable(Subtest).NotApplicable(reason);
        }

        if (!seen.Targets.Mx.IsDefinite)
        {
            return outcome.CouldNotTell(domain, seen.Targets.Mx.WhyNot()).GradeUndetermined(Subtest).Build();
        }

        Keep(seen, outcome);
        if (!seen.IsValidating && seen.Hosts.FirstOrDefault(h => !h.Records.IsEmpty) is { } published)
        {
            return outcome.CouldNotTell(domain, Reason.Of("ResolverDoesNotValidate", published.Tlsa.Last.Server)).GradeUndetermined(Subtest).Build();
        }

        outcome.Determined(domain);
        var grade = new DaneGrade();
        foreach (var host in seen.Targets.Hosts.Where(h => h.Addresses.IsEmpty && h.Unanswered is not null))
        {
            outcome.CouldNotTell(Subject.Host(host.Name), host.Unanswered!.WhyNot());
            grade.IsOpen = true;
        }

        foreach (var host in seen.Hosts)
        {
            DaneRecordJudge.Judge(seen, host, outcome, grade);
            if (host.IsInForce)
            {
                DaneMatchJudge.Judge(seen, host, outcome, grade);
            }
        }

        DaneRecordJudge.JudgeDomain(seen, outcome, grade);
        grade.Write(Subtest, outcome);
        return outcome.Build();
    }

    private static Reason? NotApplicable(DaneObservation seen)
    {
        if (seen.IsSaidMissing || seen.Targets.DomainIsMissing)
        {
            return Reason.Of("DomainMissing");
        }

        if (seen.Targets.IsNull || (seen.Targets is { IsImplicit: true, Mx.IsDefinite: true } && !seen.Roles.Receives))
        {
            return Reason.Of("DoesNotReceive");
        }

        return seen.Targets.Mx.IsDefinite && seen.Targets.Hosts.All(h => h.Addresses.IsEmpty && h.Unanswered is null) ? Reason.Of("NoMailServer") : null;
    }

    /// <summary>What was asked and is not there is determined: its removal is seen.</summary>
    private static void Keep(DaneObservation seen, OutcomeBuilder outcome)
    {
        foreach (var host in seen.Hosts.Where(h => h.Tlsa.Last.IsDefinite).DistinctBy(h => h.Owner))
        {
            outcome.Determined(host.Subject);
            if (!host.Records.IsEmpty)
            {
                outcome.Record(host.Owner, "TLSA", host.Records.Select(DnsRecordText.Of)).Fact(Subject.Host(host.Host.Name), "tlsa", DaneProposal.Text(host.Records));
            }
        }
    }
}
