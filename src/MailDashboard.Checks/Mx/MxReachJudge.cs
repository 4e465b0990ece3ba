using System.Globalization;
using System.Net;
using MailDashboard.Checks.Probing.Connecting;

namespace MailDashboard.Checks.Mx;

/// <summary>
/// Judges port 25 of every address. A refusal is a fact; silence is one only where port 25 is known to be open from
/// here, because many networks close it outward and then every server seems dead.
/// </summary>
internal static class MxReachJudge
{
    public static HostVerdict Judge(MxObservation seen, OutcomeBuilder outcome)
    {
        var addresses = seen.Targets.Hosts.SelectMany(h => h.Addresses).Distinct().ToList();
        var insideOnly = addresses.Count > 0 && addresses.TrueForAll(a => AddressScopes.Of(a) != AddressScope.Public)
            && addresses.Exists(a => AddressScopes.Of(a) == AddressScope.Inside);
        if (insideOnly)
        {
            outcome.Report(MxFindings.InsideView, Subject.Domain(seen.Domain), new Evidence("addresses", string.Join(", ", addresses), seen.Targets.Mx.Server));
        }

        if (seen.DnsOnly)
        {
            // Not asked is not "fine": what was found at these addresses before stands.
            addresses.ForEach(a => outcome.CouldNotTell(Subject.Address(a), Reason.Of(Reason.ConnectionNotWanted), verdictNeedsIt: false));
            return addresses.Count > 0 ? HostVerdict.Open : HostVerdict.Good;
        }

        return seen.Probes.Select(p => Address(seen, p, outcome)).DefaultIfEmpty(HostVerdict.Good).Max();
    }

    private static HostVerdict Address(MxObservation seen, MxProbe probe, OutcomeBuilder outcome)
    {
        var subject = Subject.Address(probe.Address);
        switch (probe.Seen?.Connect)
        {
            case ConnectStatus.Connected:
                outcome.Determined(subject);
                return HostVerdict.Good;

            case ConnectStatus.Refused:
                outcome.Determined(subject).Report(MxFindings.Refused, subject, Host(probe), Said(probe));
                return HostVerdict.Bad;

            case ConnectStatus.TimedOut when seen.Port25IsProven:
                outcome.Determined(subject).Report(MxFindings.Silent, subject, Host(probe), Said(probe));
                return HostVerdict.Bad;

            case ConnectStatus.TimedOut:
                // Said once, of the domain: it is about our network and not about any one server.
                outcome.CouldNotTell(Subject.Domain(seen.Domain), Reason.Of(seen.Port25IsBlocked ? "Port25Blocked" : "Port25Unproven"));
                return HostVerdict.Open;

            case ConnectStatus.Unreachable:
                // A machine without IPv6 must still be able to judge: another address of the same host is enough.
                var otherWay = seen.Probes.Any(p => p.Host == probe.Host && p.Seen?.Connect is ConnectStatus.Connected or ConnectStatus.Refused);
                outcome.CouldNotTell(subject, Reason.Of("NoRoute", probe.Address.ToString()), verdictNeedsIt: !otherWay);
                return otherWay ? HostVerdict.Good : HostVerdict.Open;

            case ConnectStatus.Guarded:
                outcome.CouldNotTell(subject, GuardReason(probe.Address));
                return HostVerdict.Open;

            default:
                outcome.CouldNotTell(subject, Reason.Of("TimeBudgetSpent"));
                return HostVerdict.Open;
        }
    }

    private static Reason GuardReason(IPAddress address) =>
        Reason.Of(AddressScopes.Of(address) == AddressScope.Inside ? "InsideAddress" : "AddressGuarded", address.ToString());

    private static Evidence Host(MxProbe probe) => new("host", probe.Host);

    private static Evidence Said(MxProbe probe) => new(
        "connection",
        string.Create(CultureInfo.InvariantCulture, $"{probe.Address} port {probe.Seen!.Port}: {probe.Seen.Failure ?? probe.Seen.Connect.ToString()} ({probe.Seen.Elapsed.TotalSeconds:0.0} s)"),
        probe.Address.ToString());
}
