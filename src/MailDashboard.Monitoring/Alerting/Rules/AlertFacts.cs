using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Monitoring.Alerting.Sightings;
using MailDashboard.Monitoring.Desired;
using MailDashboard.Monitoring.Watching;

namespace MailDashboard.Monitoring.Alerting.Rules;

/// <summary>A domain behind an alert, as far as rules and maintenance ask for it.</summary>
/// <param name="Name">As it is stored.</param>
/// <param name="Tags">Normalised.</param>
public sealed record AlertedDomain(string Name, IReadOnlyCollection<string> Tags);

/// <summary>What rules ask of an alert: all of it follows from what is stored, so that a rule can be asked again at any time.</summary>
/// <param name="Family">Id of the family.</param>
/// <param name="Code">Permanent code.</param>
/// <param name="Severity">As last seen.</param>
public sealed record AlertFacts(string Family, string Code, Severity Severity)
{
    /// <summary>The topic whose rules may tell of it.</summary>
    public RuleTopic Topic { get; private init; }

    /// <summary>Of a listing: how much the list matters.</summary>
    public ListWeight Weight { get; private init; }

    /// <summary>Of a certificate: share of its lifetime that is used, in percent.</summary>
    public int CertificatePercent { get; private init; }

    /// <summary>Of a score: points lost.</summary>
    public double ScoreDrop { get; private init; }

    /// <summary>Of what could not be looked at: since when.</summary>
    public DateTimeOffset? Since { get; private init; }

    /// <summary>Of a change: it made things worse.</summary>
    public bool IsWorse { get; private init; }

    public static AlertFacts Of(string family, string code, string subjectKey, Severity severity, ImmutableArray<Evidence> evidence)
    {
        var facts = new AlertFacts(family, code, severity);
        if (family == ListingWatch.Family)
        {
            return facts with { Topic = RuleTopic.Listing, Weight = ListingDetails.Of(Subject.Parse(subjectKey), evidence).Weight };
        }

        if (family == ChangeFindings.Descriptor.Id)
        {
            return facts with { Topic = RuleTopic.Change, IsWorse = true };
        }

        if (family == DriftFindings.Descriptor.Id)
        {
            return facts with { Topic = RuleTopic.Drift };
        }

        return family == OwnFindings.Descriptor.Id ? Own(facts, evidence) : facts with { Topic = RuleTopic.Finding };
    }

    private static AlertFacts Own(AlertFacts facts, ImmutableArray<Evidence> evidence)
    {
        if (facts.Code == OwnFindings.CertificateLate.Code)
        {
            return facts with { Topic = RuleTopic.Certificate, CertificatePercent = (int)OwnFindings.Number(evidence, OwnFindings.UsedLabel) };
        }

        if (facts.Code == OwnFindings.ScoreFell.Code)
        {
            return facts with { Topic = RuleTopic.ScoreDrop, ScoreDrop = OwnFindings.Number(evidence, OwnFindings.BeforeLabel) - OwnFindings.Number(evidence, OwnFindings.AfterLabel) };
        }

        if (facts.Code == OwnFindings.RecordChanged.Code)
        {
            return facts with { Topic = RuleTopic.Change };
        }

        if (facts.Code == OwnFindings.ProfileFails.Code || facts.Code == OwnFindings.ProfileCertificate.Code
            || facts.Code == OwnFindings.PlacementFell.Code || facts.Code == OwnFindings.RoundTripFails.Code)
        {
            return facts with { Topic = RuleTopic.Sending };
        }

        var since = evidence.FirstOrDefault(e => e.Label == OwnFindings.SinceLabel)?.Value;
        return facts with
        {
            Topic = RuleTopic.Undetermined,
            Since = facts.Code == OwnFindings.ResolverSilent.Code ? null
                : DateTimeOffset.TryParseExact(since, OwnFindings.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null,
        };
    }
}
