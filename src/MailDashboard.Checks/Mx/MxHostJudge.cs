using System.Globalization;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Mx;

/// <summary>Judges one MX host by its name and its addresses.</summary>
internal static class MxHostJudge
{
    public static HostVerdict Judge(MxObservation seen, MxHost host, OutcomeBuilder outcome)
    {
        var subject = Subject.Host(host.Name);
        var record = new Evidence("record", string.Create(CultureInfo.InvariantCulture, $"{host.Preference} {host.Name}"), seen.Targets.Mx.Server);
        if (!host.Addresses.IsEmpty)
        {
            outcome.Fact(subject, "addresses", string.Join(", ", host.Addresses));
        }

        if (NameFault(host) is { } fault)
        {
            outcome.Determined(subject).Report(fault, subject, record);
            return HostVerdict.Bad;
        }

        if (host.Addresses.IsEmpty)
        {
            return WithoutAddress(host, subject, record, outcome);
        }

        // One kind of address is enough to deliver to; the other stays open without holding up the verdict.
        _ = host.Unanswered is { } unanswered
            ? outcome.CouldNotTell(subject, unanswered.WhyNot(), verdictNeedsIt: false)
            : outcome.Determined(subject);
        var alias = Alias(seen.Domain, host, subject, record, outcome);
        return Addresses(seen, host, subject, outcome) || alias ? HostVerdict.Bad : HostVerdict.Good;
    }

    private static FindingDefinition? NameFault(MxHost host)
    {
        if (host.IsLiteral)
        {
            return MxFindings.HostIsLiteral;
        }

        if (host.IsLocalhost)
        {
            return MxFindings.HostIsLocalhost;
        }

        if (!DnsNames.CanBeAsked(host.Name) || host.A.Status == DnsStatus.InvalidName || !host.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'))
        {
            return MxFindings.HostInvalid;
        }

        return null;
    }

    private static HostVerdict WithoutAddress(MxHost host, Subject subject, Evidence record, OutcomeBuilder outcome)
    {
        if (host.Unanswered is { } unanswered)
        {
            outcome.CouldNotTell(subject, unanswered.WhyNot());
            return HostVerdict.Open;
        }

        var answer = host.A.Status == DnsStatus.NxDomain ? "NXDOMAIN" : "A: 0, AAAA: 0";
        var chain = host.Aliases.IsEmpty ? answer : $"CNAME {string.Join(" → ", host.Aliases)}: {answer}";
        outcome.Determined(subject).Report(MxFindings.HostDangling, subject, record, new Evidence("answer", chain, host.A.Server));
        return HostVerdict.Bad;
    }

    private static bool Alias(string domain, MxHost host, Subject subject, Evidence record, OutcomeBuilder outcome)
    {
        if (host.Aliases.IsEmpty)
        {
            return false;
        }

        var target = host.Aliases[^1];
        outcome.Report(new Finding(MxFindings.HostIsAlias, subject, [record, new Evidence("target", target, host.A.Server)])
        {
            Proposal = new ProposedRecord(domain, "MX", string.Create(CultureInfo.InvariantCulture, $"{host.Preference} {target}.")),
        });
        return true;
    }

    /// <summary>
    /// An inside address among public ones is a mistake of the zone. Where all are inside ones it is our view that is
    /// special, which <see cref="MxReachJudge"/> says once.
    /// </summary>
    private static bool Addresses(MxObservation seen, MxHost host, Subject subject, OutcomeBuilder outcome)
    {
        var everything = seen.Targets.Hosts.SelectMany(h => h.Addresses).Select(AddressScopes.Of).ToHashSet();
        var unusable = host.Addresses.Where(a => AddressScopes.Of(a) is var scope
            && (scope == AddressScope.Nowhere || (scope == AddressScope.Inside && everything.Contains(AddressScope.Public)))).ToList();
        if (unusable.Count == 0)
        {
            return false;
        }

        outcome.Report(new Finding(MxFindings.AddressUnusable, subject, [new Evidence("addresses", string.Join(", ", unusable), host.A.Server)])
        {
            SeverityOverride = unusable.Count < host.Addresses.Length ? Severity.Warning : null,
        });
        return true;
    }
}
