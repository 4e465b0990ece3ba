using System.Collections.Immutable;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Nameservers;

/// <summary>Judges a zone's name servers: the set here, what they say themselves in <see cref="AuthorityJudge"/>, wildcards in <see cref="WildcardJudge"/>.</summary>
public static class NameserversAnalyzer
{
    /// <summary>Judges.</summary>
    public static CheckOutcome Analyze(NameserversObservation seen)
    {
        var outcome = new OutcomeBuilder();
        if (seen.IsSaidMissing)
        {
            return outcome.NotApplicable(Reason.Of("DomainMissing"));
        }

        var domain = Subject.Domain(seen.Domain);
        if (seen.Lookup.Zone is not { } zone)
        {
            return outcome.CouldNotTell(domain, seen.Lookup.Ns.IsDefinite ? Reason.Of("NoZone", seen.Domain) : seen.Lookup.Ns.WhyNot()).Build();
        }

        outcome.Determined(domain).Record(zone, "NS", seen.Lookup.Ns.Names);
        if (zone != seen.Domain)
        {
            outcome.Fact(domain, "zone", zone);
        }

        JudgeSet(seen, outcome, domain);
        foreach (var server in seen.Servers)
        {
            JudgeServer(seen, server, outcome);
        }

        AuthorityJudge.Judge(seen, outcome, domain);
        WildcardJudge.Judge(seen, outcome, domain);
        return outcome.Build();
    }

    private static void JudgeSet(NameserversObservation seen, OutcomeBuilder outcome, Subject domain)
    {
        var source = seen.Lookup.Ns.Server;
        if (seen.Servers is [var only])
        {
            outcome.Report(NameserversFindings.Single, domain, new Evidence("server", only.Name, source));
            return;
        }

        var addresses = seen.Servers.SelectMany(s => s.Addresses).Distinct().ToList();
        if (seen.Servers.All(s => s.Unanswered is null && !s.Addresses.IsEmpty) && addresses.GroupBy(a => a.AddressFamily).All(g => g.Count() == 1))
        {
            outcome.Report(
                NameserversFindings.SameAddress,
                domain,
                new Evidence("servers", string.Join(", ", seen.Servers.Select(s => s.Name)), source),
                new Evidence("address", string.Join(", ", addresses)));
        }
    }

    private static void JudgeServer(NameserversObservation seen, NameServer server, OutcomeBuilder outcome)
    {
        var subject = Subject.Host(server.Name);
        if (server.Addresses.IsEmpty)
        {
            if (server.Unanswered is { } unanswered)
            {
                outcome.CouldNotTell(subject, unanswered.WhyNot());
                return;
            }

            // The resolver got the zone from somewhere; a name that nobody else can follow helps nobody else.
            var answer = server.A.Status == DnsStatus.NxDomain ? "NXDOMAIN" : "A, AAAA: 0";
            outcome.Determined(subject).Report(new Finding(NameserversFindings.NoAddress, subject, [new Evidence("answer", answer, server.A.Server)])
            {
                SeverityOverride = seen.Servers.All(s => s.Addresses.IsEmpty && s.Unanswered is null) ? Severity.Error : null,
            });
            return;
        }

        outcome.Fact(subject, "addresses", string.Join(", ", server.Addresses));
        _ = server.Unanswered is { } half ? outcome.CouldNotTell(subject, half.WhyNot(), verdictNeedsIt: false) : outcome.Determined(subject);
        if (server.Aliases is [.., var target])
        {
            outcome.Report(NameserversFindings.Alias, subject, new Evidence("target", target, server.A.Server));
        }

        var scopes = seen.Servers.SelectMany(s => s.Addresses).Select(AddressScopes.Of).ToImmutableHashSet();
        var unreachable = server.Addresses.Where(a => AddressScopes.Of(a) != AddressScope.Public).ToList();
        if (unreachable.Count > 0 && scopes.Contains(AddressScope.Public))
        {
            outcome.Report(NameserversFindings.Unreachable, subject, new Evidence("addresses", string.Join(", ", unreachable), server.A.Server));
        }
    }
}
