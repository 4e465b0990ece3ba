using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dmarc;

/// <summary>Judges where reports go and whether they arrive.</summary>
internal static class DmarcReportsJudge
{
    public static void Judge(OutcomeBuilder outcome, DmarcObservation observation)
    {
        var discovery = observation.Discovery;
        var record = discovery.Source!.Record!;
        outcome.Determined(Subject.Domain(discovery.Domain));
        JudgeTags(outcome, observation, record);
        foreach (var destination in observation.Destinations)
        {
            JudgeDestination(outcome, destination, observation);
        }
    }

    private static void JudgeTags(OutcomeBuilder outcome, DmarcObservation observation, DmarcRecord record)
    {
        var discovery = observation.Discovery;
        var subject = Subject.Domain(discovery.Domain);
        var seen = new Evidence("record", record.Text, discovery.Source!.Answer.Server);

        // p=none without reports has its own finding, which says the same and more.
        var saidAlready = record.IsBroken || (discovery.Requested == DmarcPolicy.None && observation.Roles.Sends);
        if (!record.NamesReports && !saidAlready && !observation.Roles.IsParked)
        {
            var proposal = DmarcProposal.With(discovery.Source.Domain, record, ("rua", DmarcProposal.Reports(discovery.Source.Domain)));
            outcome.Report(new Finding(DmarcFindings.NoReports, subject, [seen], proposal));
        }

        if (!discovery.IsOwn)
        {
            return;
        }

        var all = record.AggregateDestinations.Concat(record.FailureDestinations).ToList();
        var unusable = all.Where(u => u.Host is null && u.Text.Length > 0).Select(u => u.Text).ToList();
        if (unusable.Count > 0)
        {
            var proposal = DmarcProposal.With(discovery.Domain, record);
            outcome.Report(new Finding(DmarcFindings.InvalidUri, subject, [new Evidence("uri", string.Join(", ", unusable)), seen], proposal));
        }

        if (all.Any(u => u.HasSize))
        {
            outcome.Report(new Finding(DmarcFindings.SizeLimit, subject, [seen], DmarcProposal.With(discovery.Domain, record)));
        }

        if (!record.FailureDestinations.IsEmpty)
        {
            outcome.Report(DmarcFindings.FailureReports, subject, new Evidence("uri", record["ruf"]!), seen);
        }
    }

    private static void JudgeDestination(OutcomeBuilder outcome, DmarcDestination destination, DmarcObservation observation)
    {
        var subject = Subject.Host(destination.Host);
        var policyDomain = observation.Discovery.Source!.Domain;

        // One fault, one finding: a host that does not exist cannot agree, and where nobody agreed nothing is sent.
        var isMissing = destination.Exchange.Status is DnsStatus.NxDomain or DnsStatus.InvalidName;
        var isUnwilling = destination.IsAuthorized == false && !isMissing;
        if (isUnwilling)
        {
            var name = DmarcDestinations.AuthorizationName(policyDomain, destination.Host);
            outcome.Report(new Finding(
                DmarcFindings.NotAuthorized,
                subject,
                [new Evidence("recordName", name, destination.Authorization!.Server), new Evidence("status", destination.Authorization.Status.Code())],
                new ProposedRecord(name, "TXT", "v=DMARC1")));
        }

        // A domain that receives and has neither MX nor address: Mx says so, and reports are the least of what is lost.
        var isSaidOfMx = destination.Host == observation.Domain
            && observation.Roles.Receives
            && destination.Exchange.Status is DnsStatus.NoData or DnsStatus.NxDomain;
        if (destination.Mail == DmarcMailState.CannotReceive && !isSaidOfMx && !isUnwilling)
        {
            outcome.Report(DmarcFindings.CannotReceive, subject, new Evidence("status", destination.Exchange.Status.Code(), destination.Exchange.Server));
        }

        // One destination in the dark takes neither the policy nor the other destinations with it.
        if (destination.WhyNot() is { } reason)
        {
            outcome.CouldNotTell(subject, reason, verdictNeedsIt: false);
        }
        else
        {
            outcome.Determined(subject);
        }
    }
}
