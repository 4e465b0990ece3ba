using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Recording;

/// <summary>A record set that is no longer as it was.</summary>
/// <param name="Before">Null where nothing was known of it.</param>
/// <param name="After">Null where it was not mentioned any more.</param>
internal sealed record SeenChange(string Name, string Type, ImmutableArray<string>? Before, ImmutableArray<string>? After);

/// <summary>What one look changed.</summary>
/// <param name="Added">Versions to add.</param>
internal sealed record RecordSteps(IReadOnlyList<RecordVersion> Added, IReadOnlyList<SeenChange> Changes);

/// <summary>Keeps the versions of a domain's records: a row when something changed, nothing when it did not.</summary>
internal static class RecordHistory
{
    public static RecordSteps Apply(IEnumerable<RecordVersion> current, string family, CheckOutcome outcome, int domainId, DateTimeOffset now)
    {
        var known = current.Where(r => r.Family == family && r.SeenUntil is null).ToDictionary(r => (r.Name, r.Type));
        var added = new List<RecordVersion>();
        var changes = new List<SeenChange>();
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

            changes.Add(new SeenChange(record.Name, record.Type, version is null ? null : StoredJson.ReadValues(version.ValuesJson), record.Values));
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
        var isWhole = outcome is not CheckOutcome.Inconclusive && outcome.Undetermined.IsEmpty;
        foreach (var gone in known.Values.Where(g => isWhole || (outcome is CheckOutcome.Completed && outcome.Details.Determined.Contains(Subject.Record(g.Name, g.Type)))))
        {
            gone.SeenUntil = now;
            changes.Add(new SeenChange(gone.Name, gone.Type, StoredJson.ReadValues(gone.ValuesJson), null));
        }

        return new RecordSteps(added, changes);
    }
}
