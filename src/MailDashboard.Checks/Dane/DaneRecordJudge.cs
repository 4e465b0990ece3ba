using MailDashboard.Checks.Dnssec;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dane;

/// <summary>Judges TLSA records, without a look at certificates.</summary>
internal static class DaneRecordJudge
{
    public static void Judge(DaneObservation seen, DaneHost host, OutcomeBuilder outcome, DaneGrade grade)
    {
        var answer = host.Tlsa.Last;
        if (host.IsFailing)
        {
            grade.IsRefused = true;
            outcome.Determined(host.Subject).Report(new Finding(DaneFindings.LookupFails, host.Subject, [Failure(host)])
            {
                SeverityOverride = DaneVerdicts.CanDeliver(seen) ? Severity.Error : null,
            });
        }
        else if (!answer.IsDefinite)
        {
            // Nobody asks for TLSA where the addresses are not signed, so that nothing hangs on the answer.
            grade.IsOpen |= host.IsSecure;
            outcome.CouldNotTell(host.Subject, answer.WhyNot(), verdictNeedsIt: host.IsSecure);
        }
        else if (!host.Records.IsEmpty)
        {
            grade.IsPublished = true;
            grade.IsInForce |= host.IsInForce;
            Published(host, outcome, grade);
        }
        else if (seen.Hosts.Where(h => h.IsInForce).Select(h => h.Host.Name).ToList() is { Count: > 0 } others)
        {
            grade.IsPartial = true;
            outcome.Report(new Finding(
                DaneFindings.AbsentHere, host.Subject, [new Evidence("host", host.Host.Name), new Evidence("others", string.Join(", ", others))], DaneProposal.Of(host)));
        }
    }

    public static void JudgeDomain(DaneObservation seen, OutcomeBuilder outcome, DaneGrade grade)
    {
        var domain = Subject.Domain(seen.Domain);
        var inForce = seen.Hosts.Where(h => h.IsInForce).ToList();
        var isMxSigned = DnssecObservation.IsVouchedFor(seen.Targets.Mx);
        if (inForce.Count > 0 && !isMxSigned && !seen.Targets.IsImplicit)
        {
            grade.IsPartial = true;
            outcome.Report(DaneFindings.MxUnsigned, domain, Hosts(inForce, seen.Targets.Mx.Server));
        }

        var ready = seen.Hosts.Where(h => h is { IsSecure: true, Tlsa.Last.IsDefinite: true }).ToList();
        if (isMxSigned && ready.Count > 0 && seen.Hosts.All(h => h.Records.IsEmpty && h.Tlsa.Last.IsDefinite))
        {
            outcome.Report(new Finding(
                DaneFindings.Absent, domain, [Hosts(ready, ready[0].Tlsa.Last.Server)], ready.Select(DaneProposal.Of).FirstOrDefault(p => p is not null)));
        }
    }

    private static void Published(DaneHost host, OutcomeBuilder outcome, DaneGrade grade)
    {
        if (!host.IsInForce)
        {
            grade.IsPartial = true;
            outcome.Report(DaneFindings.WithoutEffect, host.Subject, new Evidence("host", host.Host.Name), Records(host));
            return;
        }

        var unusable = host.Records.Except(host.Usable).Select(r => $"{DnsRecordText.Of(r)} ({Field(TlsaUse.FaultOf(r))})").ToList();
        if (unusable.Count == 0)
        {
            return;
        }

        var isAll = unusable.Count == host.Records.Length;
        grade.IsPartial |= isAll;
        outcome.Report(new Finding(
            isAll ? DaneFindings.AllUnusable : DaneFindings.SomeUnusable,
            host.Subject,
            [new Evidence("host", host.Host.Name), new Evidence("unusable", string.Join('\n', unusable), host.Tlsa.Last.Server)],
            isAll ? DaneProposal.Of(host) : null));
    }

    /// <summary>The field that is at fault, by its name in RFC 6698 §2.1.</summary>
    private static string Field(TlsaFault fault) => fault switch
    {
        TlsaFault.Selector => "selector",
        TlsaFault.MatchingType => "matching type",
        TlsaFault.Length or TlsaFault.Unreadable => "certificate association data",
        _ => "certificate usage",
    };

    private static Evidence Records(DaneHost host) => new("records", DaneProposal.Text(host.Records), host.Tlsa.Last.Server);

    private static Evidence Hosts(IEnumerable<DaneHost> hosts, string server) => new("hosts", string.Join(", ", hosts.Select(h => h.Host.Name)), server);

    private static Evidence Failure(DaneHost host) =>
        new("answer", $"{host.Owner} TLSA: {host.Tlsa.Last.Detail ?? host.Tlsa.Last.Status.Code()}", host.Tlsa.Last.Server);
}
