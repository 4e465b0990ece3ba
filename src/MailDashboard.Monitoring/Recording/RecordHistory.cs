using MailDashboard.Checks;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Recording;

/// <summary>Keeps the versions of a domain's records: a row when something changed, nothing when it did not.</summary>
internal static class RecordHistory
{
    /// <returns>Versions to add.</returns>
    public static IReadOnlyList<RecordVersion> Apply(IEnumerable<RecordVersion> current, string family, CheckOutcome outcome, int domainId, DateTimeOffset now)
    {
        var known = current.Where(r => r.Family == family && r.SeenUntil is null).ToDictionary(r => (r.Name, r.Type));
        var added = new List<RecordVersion>();
        foreach (var record in outcome.Details.Records.DistinctBy(r => (r.Name, r.Type)))
        {
            var values = StoredJson.Write(record.Values);
            if (known.Remove((record.Name, record.Type), out var version))
            {
                if (version.ValuesJson == values)
                {
                    continue;
                }

                version.SeenUntil = now;
            }

            added.Add(new RecordVersion
            {
                DomainId = domainId,
                Family = family,
                Name = record.Name,
                Type = record.Type,
                ValuesJson = values,
                SeenFrom = now,
            });
        }

        // A record that nobody mentions any more is over, unless something could not be looked at: then it may be that one.
        if (outcome is not CheckOutcome.Inconclusive && outcome.Undetermined.IsEmpty)
        {
            foreach (var gone in known.Values)
            {
                gone.SeenUntil = now;
            }
        }

        return added;
    }
}
