using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;

namespace MailDashboard.Monitoring.Desired;

/// <summary>Compares what is wanted with what was seen last.</summary>
internal static class DesiredWatch
{
    private const int MostShown = 10;

    public static CheckOutcome Standing(DomainMemory memory)
    {
        var outcome = new OutcomeBuilder();
        foreach (var wanted in memory.Desired)
        {
            Judge(memory, wanted, outcome);
        }

        return outcome.Build();
    }

    private static void Judge(DomainMemory memory, DesiredRecord desired, OutcomeBuilder outcome)
    {
        var subject = Subject.Record(desired.Name, desired.Type);
        if (Seen(memory, desired) is not { } seen)
        {
            outcome.CouldNotTell(subject, Reason.Of("NotSeen"), verdictNeedsIt: false);
            return;
        }

        var wanted = StoredJson.ReadValues(desired.ValuesJson);
        if (DesiredComparison.AreEqual(desired.Type, wanted, seen))
        {
            return;
        }

        outcome.Report(new Finding(
            seen.IsEmpty ? DriftFindings.Missing : DriftFindings.Different,
            subject,
            [.. Shown("wanted", wanted), .. Shown("seen", seen)],
            new ProposedRecord(desired.Name, desired.Type, string.Join('\n', wanted))));
    }

    /// <summary>Empty where it is not there, null where nobody has looked.</summary>
    private static ImmutableArray<string>? Seen(DomainMemory memory, DesiredRecord desired)
    {
        if (memory.Records.Find(r => r.SeenUntil is null && r.Name == desired.Name && r.Type == desired.Type) is { } version)
        {
            return StoredJson.ReadValues(version.ValuesJson);
        }

        // Families mention only what is there: where the one that looks for it came to a verdict, it is not.
        return WatchedRecords.FamilyOf(memory.Domain, desired.Name, desired.Type) is { } family
            && memory.Families.GetValueOrDefault(family)?.Outcome == DomainSummary.Completed ? [] : null;
    }

    private static IEnumerable<Evidence> Shown(string label, ImmutableArray<string> values) => values.Take(MostShown).Select(v => new Evidence(label, v));
}
