using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dane;

/// <summary>Judges the certificates of a host whose TLSA records are in force. One fault at several addresses is one finding.</summary>
internal static class DaneMatchJudge
{
    public static void Judge(DaneObservation seen, DaneHost host, OutcomeBuilder outcome, DaneGrade grade)
    {
        var subject = Subject.Host(host.Host.Name);
        if (seen.DnsOnly)
        {
            grade.IsOpen = true;
            outcome.CouldNotTell(subject, Reason.Of(Reason.ConnectionNotWanted), verdictNeedsIt: false);
            return;
        }

        var verdicts = DaneVerdicts.Of(host, seen.Domain);
        Severity? severity = DaneVerdicts.CanDeliver(seen) ? Severity.Error : null;
        Faults(host, verdicts, subject, severity, outcome, grade);
        if (!verdicts.Any(v => v.State is AddressState.NotEncrypted or AddressState.Refused) && !LeaveOpen(verdicts, subject, outcome, grade))
        {
            outcome.Determined(subject);
            Remarks(host, verdicts, subject, outcome, grade);
        }
    }

    private static void Faults(
        DaneHost host, ImmutableArray<AddressVerdict> verdicts, Subject subject, Severity? severity, OutcomeBuilder outcome, DaneGrade grade)
    {
        if (verdicts.FirstOrDefault(v => v.State == AddressState.NotEncrypted) is { Address.Seen: { Seen: { } talk } silent })
        {
            grade.IsRefused = true;
            var said = new Evidence("said", talk.Failure ?? string.Join('\n', talk.Capabilities), silent.Address.ToString());
            outcome.Determined(subject).Report(new Finding(DaneFindings.NoEncryption, subject, [Records(host, host.Records), said], SeverityOverride: severity));
        }

        foreach (var kind in verdicts.Where(v => v.State == AddressState.Refused).GroupBy(v => v.Fit))
        {
            grade.IsRefused = true;
            outcome.Determined(subject).Report(Refused(host, kind.Key, [.. kind], subject) with { SeverityOverride = severity });
        }
    }

    private static Finding Refused(DaneHost host, TlsaFit fit, ImmutableArray<AddressVerdict> verdicts, Subject subject)
    {
        var refused = host with { Addresses = [.. verdicts.Select(v => v.Address)] };
        var presented = verdicts.Select(v => new Evidence(
            "presented", v.Address.Chain is { } chain ? DaneProposal.Value(chain.Leaf) : "-", v.Address.Seen.Address.ToString())).DistinctBy(e => e.Value);
        Evidence[] both = [Records(host, host.Usable), .. presented];
        return fit switch
        {
            TlsaFit.Faulty => new Finding(DaneFindings.ChainFaulty, subject,
            [
                Records(host, Of(verdicts, TlsaFit.Faulty)),
                new Evidence("fault", string.Join(", ", verdicts.SelectMany(v => v.Match!.Counted).SelectMany(m => m.Faults).Distinct()), verdicts[0].Address.Seen.Address.ToString()),
                new Evidence("names", string.Join(", ", verdicts[0].Address.Chain!.Names.Take(50)), verdicts[0].Address.Seen.Address.ToString()),
            ]),
            TlsaFit.NotSent => new Finding(DaneFindings.AnchorNotSent, subject, [Records(host, Of(verdicts, TlsaFit.NotSent)), .. presented]),
            TlsaFit.StaleDigest => new Finding(DaneFindings.StaleDigest, subject, [.. both], DaneProposal.Of(refused)),
            _ => new Finding(DaneFindings.Mismatch, subject, [.. both], DaneProposal.Of(refused)),
        };
    }

    /// <summary>Whether an address was not seen on which the verdict rests.</summary>
    private static bool LeaveOpen(ImmutableArray<AddressVerdict> verdicts, Subject subject, OutcomeBuilder outcome, DaneGrade grade)
    {
        // No way from here over one kind of address must not hold up the verdict on a host that was seen otherwise.
        var isSeen = verdicts.Any(v => v.State == AddressState.Fine);
        var open = verdicts.FirstOrDefault(v => v.State == AddressState.Open && !(isSeen && v.Address.Seen.Seen?.Connect == ConnectStatus.Unreachable));
        if (open is null && isSeen)
        {
            return false;
        }

        grade.IsOpen = true;
        var address = open?.Address.Seen.Address.ToString() ?? subject.Name;
        outcome.CouldNotTell(subject, open?.Address.Seen.Seen switch
        {
            null when open is not null => Reason.Of("TimeBudgetSpent"),
            { Connect: ConnectStatus.Connected } talk => Reason.Of("NotSeen", address, talk.Failure ?? ""),
            _ => Reason.Of("NotReached", address),
        });
        return true;
    }

    private static void Remarks(DaneHost host, ImmutableArray<AddressVerdict> verdicts, Subject subject, OutcomeBuilder outcome, DaneGrade grade)
    {
        var seen = verdicts.Where(v => v.Match is not null).ToImmutableArray();
        if (seen.IsEmpty)
        {
            return;
        }

        if (seen.Any(v => v.Fit == TlsaFit.FitsUnsent))
        {
            grade.IsPartial = true;
            outcome.Report(new Finding(DaneFindings.AnchorNotSent, subject, [Records(host, Of(seen, TlsaFit.FitsUnsent))], SeverityOverride: Severity.Warning));
        }

        var spare = host.Usable.Where(r => seen.All(v => v.Match!.Matches.First(m => m.Record == r).Fit == TlsaFit.Mismatch)).ToList();
        if (spare.Count > 0)
        {
            outcome.Report(DaneFindings.Spare, subject, Records(host, spare));
        }

        if (seen.SelectMany(v => v.Match!.Counted).Where(m => m.Fit <= TlsaFit.FitsUnsent).All(m => m.Record is { Usage: TlsaUse.Server, Selector: TlsaUse.Certificate }))
        {
            outcome.Report(new Finding(DaneFindings.WholeCertificate, host.Subject, [new Evidence("host", host.Host.Name), Records(host, Of(seen, TlsaFit.Fits))], DaneProposal.Of(host)));
        }
    }

    private static IEnumerable<TlsaRecord> Of(IEnumerable<AddressVerdict> verdicts, TlsaFit fit) =>
        verdicts.SelectMany(v => v.Match!.Counted).Where(m => m.Fit == fit).Select(m => m.Record).Distinct();

    private static Evidence Records(DaneHost host, IEnumerable<TlsaRecord> records) => new("records", DaneProposal.Text(records), host.Tlsa.Last.Server);
}
