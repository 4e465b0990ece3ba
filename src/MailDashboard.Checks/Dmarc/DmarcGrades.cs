namespace MailDashboard.Checks.Dmarc;

/// <summary>Grades the three subtests of DMARC.</summary>
internal static class DmarcGrades
{
    private const string Valid = "dmarc-valid";
    private const string Policy = "dmarc-policy";
    private const string Reports = "dmarc-reports";

    public static OutcomeBuilder NotApplicable(OutcomeBuilder outcome) =>
        outcome.GradeNotApplicable(Valid).GradeNotApplicable(Policy).GradeNotApplicable(Reports);

    public static void Give(OutcomeBuilder outcome, DmarcObservation observation)
    {
        var discovery = observation.Discovery;
        if (discovery.Failure is not null)
        {
            outcome.GradeUndetermined(Valid).GradeUndetermined(Policy);
        }
        else
        {
            outcome.Grade(Valid, discovery.Effective is null ? "none" : "full").Grade(Policy, PolicyLevel(discovery));
        }

        if (observation.Roles.IsParked)
        {
            outcome.GradeNotApplicable(Reports);
        }
        else if (discovery.Failure is not null || ReportsLevel(observation) is not { } level)
        {
            outcome.GradeUndetermined(Reports);
        }
        else
        {
            outcome.Grade(Reports, level);
        }
    }

    private static string PolicyLevel(DmarcDiscovery discovery) => Weakest(discovery) switch
    {
        null => "none",
        DmarcPolicy.None => discovery.Source!.Record!.RequestsReports ? "none-with-rua" : "none",
        { } policy => policy.Keyword(),
    };

    /// <summary>The weakest of what the domain and its subdomains get: a forger takes the name that is least protected.</summary>
    private static DmarcPolicy? Weakest(DmarcDiscovery discovery)
    {
        if (discovery.Requested is not { } policy)
        {
            return null;
        }

        var record = discovery.Source!.Record!;
        var coversSubdomains = !discovery.IsOwn || discovery.OrganizationalDomain == discovery.Domain;
        if (coversSubdomains && !record.IsBroken)
        {
            foreach (var exists in (ReadOnlySpan<bool>)[true, false])
            {
                var below = record.RequestedFor(isOwn: false, exists) ?? policy;
                policy = below < policy ? below : policy;
            }
        }

        return record.IsTesting ? policy.Lowered() : policy;
    }

    /// <summary>The worst destination counts; null where one is open and none is bad.</summary>
    private static string? ReportsLevel(DmarcObservation observation)
    {
        var destinations = observation.Destinations.Where(d => d.ForAggregate).ToList();
        if (destinations.Count == 0 || destinations.Any(d => d.IsAuthorized == false || d.Mail == DmarcMailState.CannotReceive))
        {
            return "none";
        }

        return destinations.Any(d => d.WhyNot() is not null) ? null : "full";
    }
}
