using System.Globalization;
using System.Net.Sockets;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Mx;

/// <summary>Judges a domain's way in: the records here, each host in <see cref="MxHostJudge"/>, port 25 in <see cref="MxReachJudge"/>.</summary>
public static class MxAnalyzer
{
    private const string Subtest = "mx-resolves";

    /// <summary>Judges.</summary>
    public static CheckOutcome Analyze(MxObservation seen)
    {
        var outcome = new OutcomeBuilder();
        var domain = Subject.Domain(seen.Domain);
        var mx = seen.Targets.Mx;
        if (!mx.IsDefinite)
        {
            return outcome.CouldNotTell(domain, mx.WhyNot()).GradeUndetermined(Subtest).Build();
        }

        outcome.Determined(domain);
        if (seen.Targets.DomainIsMissing)
        {
            outcome.Report(MxFindings.DomainMissing, domain, new Evidence("answer", mx.Status == DnsStatus.NxDomain ? "NXDOMAIN" : mx.Status.ToString(), mx.Server));
            return outcome.Grade(Subtest, "none").Build();
        }

        if (mx.Status == DnsStatus.Answered)
        {
            outcome.Record(seen.Domain, "MX", mx.Exchanges.Select(Text));
        }

        if (seen.Targets.IsNull)
        {
            return NullMx(seen, outcome, domain);
        }

        return seen.Targets.IsImplicit ? Implicit(seen, outcome, domain) : Explicit(seen, outcome, domain);
    }

    private static CheckOutcome NullMx(MxObservation seen, OutcomeBuilder outcome, Subject domain)
    {
        var contradicted = seen is { RolesAreStated: true, Roles.Receives: true };
        if (contradicted)
        {
            outcome.Report(MxFindings.NullMxButReceives, domain, Records(seen));
        }

        return outcome.Grade(Subtest, contradicted ? "none" : "full").Build();
    }

    private static CheckOutcome Implicit(MxObservation seen, OutcomeBuilder outcome, Subject domain)
    {
        var self = seen.Targets.Hosts[0];
        var hasAddress = !self.Addresses.IsEmpty;
        if (!hasAddress && self.Unanswered is { } unanswered)
        {
            return outcome.CouldNotTell(domain, unanswered.WhyNot()).GradeUndetermined(Subtest).Build();
        }

        if (!seen.Roles.Receives)
        {
            outcome.Report(new Finding(MxFindings.NoNullMx, domain, [])
            {
                Proposal = new ProposedRecord(seen.Domain, "MX", "0 ."),
                SeverityOverride = seen.Roles.IsParked || hasAddress ? Severity.Warning : null,
            });
            return (seen.Roles.IsParked ? outcome.Grade(Subtest, "none") : outcome.GradeNotApplicable(Subtest)).Build();
        }

        if (!hasAddress)
        {
            outcome.Report(MxFindings.NoDestination, domain, new Evidence("answer", "MX, A, AAAA: 0", seen.Targets.Mx.Server));
            return outcome.Grade(Subtest, "none").Build();
        }

        // Port 25 closed on that address would be no second fault: a web server takes no mail, and that is what is said.
        outcome.Report(MxFindings.ImplicitMx, domain, new Evidence("addresses", string.Join(", ", self.Addresses), self.A.Server));
        return outcome.Grade(Subtest, "none").Build();
    }

    private static CheckOutcome Explicit(MxObservation seen, OutcomeBuilder outcome, Subject domain)
    {
        if (seen.Targets.HasNull)
        {
            outcome.Report(MxFindings.NullMxWithOthers, domain, Records(seen));
        }

        if (!seen.Roles.Receives && seen.RolesAreStated)
        {
            outcome.Report(new Finding(MxFindings.ReceivesAfterAll, domain, [Records(seen)])
            {
                Proposal = new ProposedRecord(seen.Domain, "MX", "0 ."),
                SeverityOverride = seen.Roles.IsParked ? Severity.Warning : null,
            });
        }

        var worst = seen.Targets.HasNull || (seen.Roles.IsParked && seen.RolesAreStated) ? HostVerdict.Bad : HostVerdict.Good;
        foreach (var host in seen.Targets.Hosts)
        {
            worst = Worse(worst, MxHostJudge.Judge(seen, host, outcome));
        }

        worst = Worse(worst, MxReachJudge.Judge(seen, outcome));
        Remarks(seen, outcome, domain);
        return (worst switch
        {
            HostVerdict.Bad => outcome.Grade(Subtest, "none"),
            HostVerdict.Open => outcome.GradeUndetermined(Subtest),
            _ => outcome.Grade(Subtest, "full"),
        }).Build();
    }

    private static void Remarks(MxObservation seen, OutcomeBuilder outcome, Subject domain)
    {
        var repeated = seen.Targets.Mx.Exchanges.GroupBy(m => m.Exchange).Where(g => g.Key.Length > 0 && g.Count() > 1);
        foreach (var host in repeated)
        {
            outcome.Report(MxFindings.Duplicate, Subject.Host(host.Key), new Evidence("records", string.Join('\n', host.Select(Text)), seen.Targets.Mx.Server));
        }

        if (seen.Targets.Omitted > 0)
        {
            var count = (seen.Targets.Hosts.Length + seen.Targets.Omitted).ToString(CultureInfo.InvariantCulture);
            outcome.Report(MxFindings.TooManyHosts, domain, new Evidence("count", count));
        }

        var addresses = seen.Targets.Hosts.SelectMany(h => h.Addresses).ToList();
        if (seen.Targets.Hosts is [{ Addresses.Length: > 0 } only] && addresses.GroupBy(a => a.AddressFamily).All(g => g.Count() == 1))
        {
            outcome.Report(MxFindings.SingleHost, domain, new Evidence("host", only.Name));
        }

        if (addresses.Count > 0
            && seen.Targets.Hosts.All(h => h.Aaaa.IsDefinite)
            && addresses.TrueForAll(a => a.AddressFamily == AddressFamily.InterNetwork))
        {
            outcome.Report(MxFindings.NoIpv6, domain);
        }
    }

    private static HostVerdict Worse(HostVerdict a, HostVerdict b) => a > b ? a : b;

    private static Evidence Records(MxObservation seen) =>
        new("records", string.Join('\n', seen.Targets.Mx.Exchanges.Take(50).Select(Text)), seen.Targets.Mx.Server);

    private static string Text(MxRecord m) => string.Create(CultureInfo.InvariantCulture, $"{m.Preference} {(m.Exchange.Length == 0 ? "." : m.Exchange)}");
}
