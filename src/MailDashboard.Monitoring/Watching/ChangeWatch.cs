using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Watching;

/// <summary>Writes an event for each change, and keeps a finding for each record that is worse than when it was last confirmed.</summary>
internal static class ChangeWatch
{
    /// <summary>A hostile zone can change everything at each look.</summary>
    public const int MostAtOnce = 200;

    /// <summary>Older ones are forgotten, except those that wait for somebody.</summary>
    public const int MostKept = 2000;

    private const int MostValues = 50;

    /// <returns>The events that were written.</returns>
    public static async Task<IReadOnlyList<ChangeEvent>> RecordAsync(DomainMemory memory, IEnumerable<RecordChange> changes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var events = changes
            .Select(c => c with { IsAliased = IsAliased(memory, c.Name, now), IsUnannounced = IsUnannounced(memory, c.Type, now) })
            .Select(c => (Change: c, Verdict: ChangeJudge.Judge(c)))
            .Where(c => c.Verdict is not null)
            .OrderByDescending(c => c.Verdict!.Severity)
            .Take(MostAtOnce)
            .Select(c => Event(memory.Domain.Id, c.Change, c.Verdict!, now))
            .ToList();
        if (events.Count == 0)
        {
            return [];
        }

        memory.Unconfirmed.AddRange(events.Where(e => e.Code is not null));
        memory.Db.ChangeEvents.AddRange(events);
        var waiting = memory.Unconfirmed.Select(e => e.Id).ToList();
        var old = await memory.Db.ChangeEvents.Where(e => e.DomainId == memory.Domain.Id)
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Skip(MostKept - MostAtOnce).ToListAsync(cancellationToken);
        memory.Db.ChangeEvents.RemoveRange(old.Where(e => !waiting.Contains(e.Id)));
        return events;
    }

    /// <summary>
    /// What is worse now than before the first change that nobody confirmed: several steps down are one finding, and a step back up
    /// ends it.
    /// </summary>
    public static CheckOutcome Standing(DomainMemory memory, DateTimeOffset now)
    {
        var outcome = new OutcomeBuilder();
        foreach (var record in memory.Unconfirmed.Where(IsWaiting).GroupBy(e => (e.Name, e.Type)))
        {
            var (first, last) = (record.First(), record.Last());
            var before = StoredJson.ReadValues(first.BeforeJson);
            if (Current(memory, last) is { } after && Judge(memory, first, before, after) is { IsWorse: true } verdict)
            {
                outcome.Report(new Finding(
                    verdict.Worse!,
                    Subject.Record(first.Name, first.Type),
                    ChangeWords.Evidence(first.Type, before, after),
                    ChangeWords.WayBack(first.Name, first.Type, before),
                    SeverityOverride: verdict.Severity));
                continue;
            }

            foreach (var settled in record)
            {
                settled.SettledAt = now;
            }
        }

        return outcome.Build();
    }

    /// <summary>When the first step was seen that nobody confirmed.</summary>
    public static DateTimeOffset Since(DomainMemory memory, FindingRow finding) =>
        memory.Unconfirmed.Where(e => IsWaiting(e) && Subject.Record(e.Name, e.Type).Key == finding.SubjectKey).Select(e => e.At).DefaultIfEmpty(finding.FirstSeenAt).Min();

    public static bool IsWaiting(ChangeEvent change) => change is { Code: not null, ConfirmedAt: null, SettledAt: null };

    private static ChangeVerdict? Judge(DomainMemory memory, ChangeEvent first, ImmutableArray<string> before, ImmutableArray<string> after) =>
        ChangeJudge.Judge(new RecordChange(memory.Domain.Name, first.Name, first.Type, before, after)
        {
            IsAliased = IsAliased(memory, first.Name, first.At),
            IsUnannounced = IsUnannounced(memory, first.Type, first.At),
        });

    /// <summary>As it stands; null where it is not watched any more.</summary>
    private static ImmutableArray<string>? Current(DomainMemory memory, ChangeEvent last)
    {
        var open = memory.Records.Find(r => r.SeenUntil is null && r.Name == last.Name && r.Type == last.Type);
        return open is not null ? Kept(StoredJson.ReadValues(open.ValuesJson)) : last.Kind == WatchedChange.Removed ? [] : null;
    }

    private static bool IsAliased(DomainMemory memory, string name, DateTimeOffset at) =>
        memory.Records.Exists(r => r.SeenUntil is null && r.Type == "CNAME" && r.Name == name && r.SeenFrom < at);

    /// <summary>A policy that changed while its record, with the id that senders go by, stayed as it was.</summary>
    private static bool IsUnannounced(DomainMemory memory, string type, DateTimeOffset at) =>
        type == PolicyChanges.RecordType
        && memory.Records.Exists(r => r.SeenUntil is null && r.Type == "TXT" && r.Name == $"_mta-sts.{memory.Domain.Name}" && r.SeenFrom < at);

    private static ChangeEvent Event(int domainId, RecordChange change, ChangeVerdict verdict, DateTimeOffset now) => new()
    {
        DomainId = domainId,
        At = now,
        Kind = verdict.Kind,
        Name = change.Name,
        Type = change.Type,
        BeforeJson = StoredJson.Write(Kept(change.Before)),
        AfterJson = StoredJson.Write(Kept(change.After)),
        Code = verdict.Worse?.Code,
        WorseSeverity = verdict.Severity,
    };

    private static ImmutableArray<string> Kept(ImmutableArray<string> values) =>
        [.. values.Take(MostValues).Select(v => v.Length <= Evidence.MaximumLength ? v : string.Concat(v.AsSpan(0, Evidence.MaximumLength - 1), "…"))];
}
