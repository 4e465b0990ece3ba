using MailDashboard.Checks;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting.Sightings;

/// <summary>A score that fell, against the best of the last seven days by the same table; it stands until most of it is won back.</summary>
internal static class ScoreSighting
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(7);

    /// <summary>Falls smaller than this are never looked for.</summary>
    private const double Least = 1;

    /// <param name="db">The recorder's transaction.</param>
    /// <param name="domain">With the score as it is now.</param>
    /// <param name="before">The score before this audit and its table; null where there was none.</param>
    /// <param name="tableVersion">Of the score now.</param>
    /// <param name="standing">The alert that stands about it.</param>
    /// <param name="now">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Sighting?> OfAsync(
        DashboardContext db, MailDomain domain, double? before, int tableVersion, Alert? standing, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (domain.Score is not { } score)
        {
            return null;
        }

        if (standing is not null)
        {
            // Half of what was lost is won back: over. A few points up and down are not.
            var evidence = StoredJson.ReadEvidence(standing.EvidenceJson);
            var (from, to) = (OwnFindings.Number(evidence, OwnFindings.BeforeLabel), OwnFindings.Number(evidence, OwnFindings.AfterLabel));
            return score < (from + to) / 2 ? Make(domain, from, Math.Min(score, to)) : null;
        }

        if (!(score < before))
        {
            return null;
        }

        var since = now - Window;
        var best = await db.Scores.Where(s => s.DomainId == domain.Id && s.At >= since && s.TableVersion == tableVersion).MaxAsync(s => (double?)s.Value, cancellationToken);
        var high = Math.Max(best ?? before.Value, before.Value);
        return high - score >= Least ? Make(domain, high, score) : null;
    }

    public static AlertKey KeyOf(string domain) => AlertKey.Of(OwnFindings.Descriptor.Id, OwnFindings.ScoreFell.Code, Subject.Domain(domain), domain);

    private static Sighting Make(MailDomain domain, double from, double to) => new(
        KeyOf(domain.Name),
        AlertLook.Present,
        OwnFindings.ScoreFell.Severity,
        [new Evidence(OwnFindings.BeforeLabel, OwnFindings.Number(from)), new Evidence(OwnFindings.AfterLabel, OwnFindings.Number(to))]);
}
