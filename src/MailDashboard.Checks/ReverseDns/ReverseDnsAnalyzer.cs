using System.Globalization;
using System.Net;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.ReverseDns;

/// <summary>Judges reverse names. A sending address without one is refused by large receivers; one that only receives is merely suspect.</summary>
public static class ReverseDnsAnalyzer
{
    private const string Subtest = "ptr-confirmed";

    /// <summary>Judges.</summary>
    public static CheckOutcome Analyze(ReverseDnsObservation seen)
    {
        var outcome = new OutcomeBuilder();
        var domain = Subject.Domain(seen.Domain);
        if (seen.Targets.DomainIsMissing)
        {
            return outcome.GradeNotApplicable(Subtest).NotApplicable(Reason.Of("DomainMissing"));
        }

        if (seen is { IsParked: true, Addresses.IsEmpty: true })
        {
            return outcome.GradeNotApplicable(Subtest).NotApplicable(Reason.Of("Parked"));
        }

        var sources = LookAtSources(seen, outcome, domain);
        if (seen.Addresses.IsEmpty && sources == HostVerdict.Good)
        {
            return outcome.GradeNotApplicable(Subtest).NotApplicable(Reason.Of("NoAddressKnown"));
        }

        if (seen.Omitted > 0)
        {
            var count = (seen.Addresses.Length + seen.Omitted).ToString(CultureInfo.InvariantCulture);
            outcome.Report(ReverseDnsFindings.TooMany, domain, new Evidence("count", count));
        }

        // What sends decides; an address that only receives counts where no sending address is known.
        var anySends = seen.Addresses.Any(a => a.Sends);
        var worst = sources;
        foreach (var address in seen.Addresses)
        {
            var verdict = Judge(seen, address, outcome);
            worst = address.Sends || !anySends ? (HostVerdict)Math.Max((int)worst, (int)verdict) : worst;
        }

        return (worst switch
        {
            HostVerdict.Bad => outcome.Grade(Subtest, "none"),
            HostVerdict.Open => outcome.GradeUndetermined(Subtest),
            _ => outcome.Grade(Subtest, "full"),
        }).Build();
    }

    /// <summary>Addresses that could not be found out are addresses not looked at.</summary>
    private static HostVerdict LookAtSources(ReverseDnsObservation seen, OutcomeBuilder outcome, Subject domain)
    {
        foreach (var answer in new[] { seen.Targets.Mx, seen.Spf }.Where(a => !a.IsDefinite))
        {
            outcome.CouldNotTell(domain, answer.WhyNot());
            return HostVerdict.Open;
        }

        outcome.Determined(domain);
        var open = seen.Targets.Hosts.Where(h => h.Addresses.IsEmpty && h.Unanswered is not null).ToList();
        open.ForEach(h => outcome.CouldNotTell(Subject.Host(h.Name), h.Unanswered!.WhyNot()));
        return open.Count > 0 ? HostVerdict.Open : HostVerdict.Good;
    }

    private static HostVerdict Judge(ReverseDnsObservation all, ReversedAddress seen, OutcomeBuilder outcome)
    {
        var subject = Subject.Address(seen.Address);
        if (!seen.Ptr.IsDefinite)
        {
            outcome.CouldNotTell(subject, seen.Ptr.WhyNot());
            return HostVerdict.Open;
        }

        if (seen.Names.IsEmpty)
        {
            return WithoutName(all, seen, subject, outcome);
        }

        outcome.Fact(subject, "names", string.Join(", ", seen.Names.Select(n => n.Name)));
        var names = new Evidence("names", string.Join('\n', seen.Names.Select(n => n.Name)), seen.Ptr.Server);
        if (!seen.IsConfirmed)
        {
            return Unconfirmed(seen, subject, names, outcome);
        }

        outcome.Determined(subject);
        if (seen.Ptr.Names.Distinct().Skip(1).Any())
        {
            outcome.Report(ReverseDnsFindings.Several, subject, names);
        }

        var generic = seen.Names.Where(n => n.Forward.Addresses.Contains(seen.Address)).Select(n => n.Name).ToList();
        if (seen.Sends && generic.TrueForAll(n => GenericName.Matches(n, seen.Address)))
        {
            outcome.Report(ReverseDnsFindings.Generic, subject, names);
        }

        return HostVerdict.Good;
    }

    private static HostVerdict WithoutName(ReverseDnsObservation all, ReversedAddress seen, Subject subject, OutcomeBuilder outcome)
    {
        // A private address has a name in its own network at most, which this resolver need not know.
        if (AddressScopes.Of(seen.Address) == AddressScope.Inside && !IPAddress.IsLoopback(seen.Address))
        {
            outcome.CouldNotTell(subject, Reason.Of("InsideAddress", seen.Address.ToString()));
            return HostVerdict.Open;
        }

        // A name of ours that has this address already is the one to go back to.
        var host = all.Targets.Hosts.FirstOrDefault(h => h.Addresses.Contains(seen.Address));
        var answer = seen.Ptr.Status == DnsStatus.NxDomain ? "NXDOMAIN" : "PTR: 0";
        outcome.Determined(subject).Report(new Finding(
            ReverseDnsFindings.Missing,
            subject,
            [Asked(seen), new Evidence("answer", answer, seen.Ptr.Server)],
            host is null ? null : new ProposedRecord(seen.Ptr.Question.Name, "PTR", $"{host.Name}."),
            SeverityOf(seen)));
        return HostVerdict.Bad;
    }

    private static HostVerdict Unconfirmed(ReversedAddress seen, Subject subject, Evidence names, OutcomeBuilder outcome)
    {
        if (seen.Names.Any(n => IsHostName(n.Name) && !n.Forward.IsDefinite))
        {
            outcome.CouldNotTell(subject, seen.Names.First(n => !n.Forward.IsDefinite).Forward.WhyNot());
            return HostVerdict.Open;
        }

        outcome.Determined(subject);
        if (!seen.Names.Any(n => IsHostName(n.Name)))
        {
            outcome.Report(new Finding(ReverseDnsFindings.InvalidName, subject, [Asked(seen), names], SeverityOverride: SeverityOf(seen)));
            return HostVerdict.Bad;
        }

        var forward = string.Join('\n', seen.Names.Select(n => $"{n.Name}: {(n.Forward.Records.IsEmpty ? n.Forward.Status.ToString() : string.Join(", ", n.Forward.Addresses))}"));
        outcome.Report(new Finding(
            ReverseDnsFindings.NotConfirmed,
            subject,
            [names, new Evidence("forward", forward, seen.Names[0].Forward.Server)],
            new ProposedRecord(seen.Names.First(n => IsHostName(n.Name)).Name, seen.Names[0].Forward.Question.Type.ToString(), seen.Address.ToString()),
            SeverityOf(seen)));
        return HostVerdict.Bad;
    }

    private static Severity? SeverityOf(ReversedAddress seen) => seen.Sends ? null : Severity.Warning;

    private static Evidence Asked(ReversedAddress seen) => new("asked", $"{seen.Ptr.Question.Name} PTR", seen.Ptr.Server);

    private static bool IsHostName(string name) =>
        name.Contains('.', StringComparison.Ordinal)
        && DnsNames.CanBeAsked(name)
        && !IPAddress.TryParse(name, out _)
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');
}
