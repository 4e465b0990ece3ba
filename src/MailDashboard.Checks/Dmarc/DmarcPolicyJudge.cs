namespace MailDashboard.Checks.Dmarc;

/// <summary>Judges what receivers are asked to do with forged mail.</summary>
internal static class DmarcPolicyJudge
{
    public static void Judge(OutcomeBuilder outcome, DmarcObservation observation)
    {
        var discovery = observation.Discovery;
        var source = discovery.Source!;
        var record = source.Record!;
        var subject = Subject.Domain(discovery.Domain);
        var seen = new Evidence("record", record.Text, source.Answer.Server);
        var policy = new Evidence("policy", (discovery.Effective ?? DmarcPolicy.None).Keyword());
        var place = new Evidence("source", source.Domain);

        void Say(FindingDefinition finding, Severity? severity, params (string Tag, string? Value)[] changes) => outcome.Report(
            new Finding(finding, subject, [policy, place, seen], changes.Length == 0 ? null : DmarcProposal.With(discovery.Domain, record, ForOwn(observation, changes)), severity));

        if (!discovery.IsOwn)
        {
            Say(DmarcFindings.Inherited, null);
        }

        if (record.Policy is null && record["p"] is null)
        {
            var proposal = DmarcProposal.WithReadablePolicy(source.Domain, record, observation.Roles.Sends);
            outcome.Report(new Finding(DmarcFindings.NoPolicy, subject, [policy, place, seen], proposal, record.IsApplied ? null : Severity.Error));
        }

        if (record.InvalidPolicies.Any())
        {
            var tags = string.Join("; ", record.InvalidPolicies.Select(t => $"{t.Name}={t.Value}"));
            outcome.Report(new Finding(DmarcFindings.InvalidPolicy, subject, [new Evidence("part", tags), place, seen], DmarcProposal.WithReadablePolicy(source.Domain, record, observation.Roles.Sends)));
        }

        if (record.IsBroken)
        {
            return;
        }

        if (!observation.Roles.Sends)
        {
            if (discovery.Effective < DmarcPolicy.Reject)
            {
                Say(DmarcFindings.NotRejecting, null, ("p", "reject"), ("sp", null), ("np", null), ("t", null));
            }

            return;
        }

        if (record.IsTesting && discovery.Requested > DmarcPolicy.None)
        {
            Say(DmarcFindings.Testing, null, ("t", null));
        }
        else if (discovery.Requested == DmarcPolicy.None)
        {
            Say(
                record.NamesReports ? DmarcFindings.MonitoringOnly : DmarcFindings.NoneBlind,
                null,
                record.NamesReports ? [("p", "quarantine"), ("t", "y")] : [("rua", DmarcProposal.Reports(discovery.Domain))]);
        }
        else if (discovery.Requested == DmarcPolicy.Quarantine)
        {
            Say(DmarcFindings.Quarantine, null, ("p", "reject"));
        }
    }

    /// <summary>
    /// A domain that inherits gets a record of its own proposed: what <c>sp</c> and <c>np</c> said of it then stands in <c>p</c>.
    /// </summary>
    private static (string Tag, string? Value)[] ForOwn(DmarcObservation observation, (string Tag, string? Value)[] changes) =>
        observation.Discovery is { IsOwn: false, Requested: { } requested }
            ? [("p", requested.Keyword()), ("sp", null), ("np", null), ("psd", null), .. changes]
            : changes;
}
