using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dnssec;

/// <summary>Judges a domain's signatures by what a validating resolver makes of them.</summary>
public static class DnssecAnalyzer
{
    private const string Subtest = "dnssec";

    /// <summary>Judges.</summary>
    public static CheckOutcome Analyze(DnssecObservation seen)
    {
        var outcome = new OutcomeBuilder();
        if (seen.IsSaidMissing)
        {
            return outcome.GradeNotApplicable(Subtest).NotApplicable(Reason.Of("DomainMissing"));
        }

        if (seen.Ds.Status == DnsStatus.Answered)
        {
            outcome.Record(seen.Ds.Question.Name, "DS", DnssecKeys.Texts(seen.Ds));
        }

        var level = Judge(seen, outcome, Subject.Domain(seen.Domain));
        JudgeHosts(seen, outcome);
        return (level is null ? outcome.GradeUndetermined(Subtest) : outcome.Grade(Subtest, level)).Build();
    }

    /// <summary>The level of the grade; null where it is open.</summary>
    private static string? Judge(DnssecObservation seen, OutcomeBuilder outcome, Subject domain)
    {
        if (seen.Mx.IsBogus)
        {
            outcome.Determined(domain).Report(DnssecFindings.Bogus, domain, Answers(seen.Mx));
            return "bogus";
        }

        if (seen.IsAuthenticated)
        {
            outcome.Determined(domain);
            return "full";
        }

        if (Open(seen) is { } unanswered)
        {
            outcome.CouldNotTell(domain, unanswered.WhyNot());
            return null;
        }

        if (seen.Ds.Status == DnsStatus.Answered)
        {
            return Delegated(seen, outcome, domain);
        }

        outcome.Determined(domain);
        if (seen.Keys is { Status: DnsStatus.Answered, Aliases.IsEmpty: true })
        {
            outcome.Report(DnssecFindings.NoDelegation, domain, new Evidence("keys", Names(DnssecKeys.Held(seen.Keys)), seen.Keys.Server));
        }
        else
        {
            outcome.Report(DnssecFindings.Unsigned, domain);
        }

        return "none";
    }

    private static string? Delegated(DnssecObservation seen, OutcomeBuilder outcome, Subject domain)
    {
        var named = DnssecKeys.Named(seen.Ds);
        var ds = new Evidence("ds", string.Join('\n', DnssecKeys.Texts(seen.Ds)), seen.Ds.Server);
        if (seen.Keys.IsDefinite && seen.Zone is not null && !named.Intersect(DnssecKeys.Held(seen.Keys)).Any())
        {
            outcome.Determined(domain).Report(DnssecFindings.NoSuchKey, domain, ds, new Evidence("keys", Names(DnssecKeys.Held(seen.Keys)), seen.Keys.Server));
            return "bogus";
        }

        if (seen.Root is { } root && DnssecObservation.IsVouchedFor(root))
        {
            outcome.Determined(domain).Report(DnssecFindings.Gap, domain, ds);
            return "none";
        }

        outcome.CouldNotTell(domain, Reason.Of("ResolverDoesNotValidate", seen.Ds.Server));
        return null;
    }

    private static void JudgeHosts(DnssecObservation seen, OutcomeBuilder outcome)
    {
        foreach (var host in seen.Hosts)
        {
            var subject = Subject.Host(host.First.Question.Name);
            if (host.IsBogus)
            {
                outcome.Determined(subject).Report(DnssecFindings.HostBogus, subject, Answers(host));
            }
            else
            {
                _ = host.Last.IsDefinite ? outcome.Determined(subject) : outcome.CouldNotTell(subject, host.Last.WhyNot(), verdictNeedsIt: false);
            }
        }

        var answered = seen.Hosts.Where(h => h.Last.IsDefinite).Select(h => h.Last).ToList();
        if (!seen.IsAuthenticated && !answered.Exists(DnssecObservation.IsVouchedFor))
        {
            // Whether this resolver validates at all was not seen: no bit says nothing of a host.
            return;
        }

        var domain = Subject.Domain(seen.Domain);
        foreach (var (isSigned, hosts) in answered.GroupBy(DnssecObservation.IsVouchedFor).Select(g => (g.Key, string.Join(", ", g.Select(a => a.Question.Name)))))
        {
            _ = isSigned ? outcome.Fact(domain, "signedHosts", hosts) : outcome.Fact(domain, "unsignedHosts", hosts);
        }
    }

    private static DnsAnswer? Open(DnssecObservation seen) => !seen.Mx.Last.IsDefinite ? seen.Mx.Last : !seen.Ds.IsDefinite ? seen.Ds : null;

    private static Evidence[] Answers(CheckedQuestion question) =>
    [
        new Evidence("checked", $"{question.First.Question.Name} {question.First.Question.Type}: {question.Last.Detail ?? question.Last.Status.Code()}", question.Last.Server),
        new Evidence("unchecked", question.Unchecked!.Status.Code(), question.Unchecked.Server),
    ];

    private static string Names(IEnumerable<DnssecKeyName> keys) => string.Join(", ", keys) is { Length: > 0 } names ? names : "0";
}
