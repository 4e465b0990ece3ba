using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;

namespace MailDashboard.Monitoring.Desired;

/// <summary>How pinning a record ended.</summary>
public abstract record PinChange
{
    private PinChange()
    {
    }

    /// <summary>Done; drift is a finding from now on.</summary>
    public sealed record Done(DesiredDraft Pinned) : PinChange;

    /// <summary>It cannot be taken as typed; nothing was stored.</summary>
    public sealed record BadDraft(DesiredProblem Problem) : PinChange;

    /// <summary>The domain has as many as there may be.</summary>
    public sealed record TooMany : PinChange;

    /// <summary>Somebody deleted the domain meanwhile.</summary>
    public sealed record Gone : PinChange;
}

/// <summary>Keeps what records should be. One for each name and type: pinning it again changes it.</summary>
public sealed class DesiredRecords(DomainRevision revision)
{
    /// <summary>For one domain.</summary>
    public const int Most = 200;

    public Task<PinChange> PinAsync(int domainId, DesiredDraft draft, string by, CancellationToken cancellationToken) =>
        revision.ReviseAsync<PinChange>(
            domainId,
            new PinChange.Gone(),
            (memory, now, _) => Task.FromResult(Pin(memory, draft, by, now)),
            cancellationToken);

    /// <returns>False where it is not pinned (any more).</returns>
    public Task<bool> UnpinAsync(int domainId, string name, string type, CancellationToken cancellationToken) =>
        revision.ReviseAsync(
            domainId,
            false,
            (memory, _, _) =>
            {
                var row = memory.Desired.Find(d => d.Name == name && d.Type == type);
                if (row is not null)
                {
                    memory.Desired.Remove(row);
                    memory.Db.DesiredRecords.Remove(row);
                }

                return Task.FromResult(row is not null);
            },
            cancellationToken);

    private static PinChange Pin(DomainMemory memory, DesiredDraft draft, string by, DateTimeOffset now)
    {
        var (clean, problem) = DesiredDraftValidation.Normalise(memory.Domain.Name, draft);
        if (problem is { } bad)
        {
            return new PinChange.BadDraft(bad);
        }

        var values = StoredJson.Write(clean.Values);
        if (memory.Desired.Find(d => d.Name == clean.Name && d.Type == clean.Type) is { } row)
        {
            (row.ValuesJson, row.PinnedAt, row.PinnedBy) = (values, now, by);
            return new PinChange.Done(clean);
        }

        if (memory.Desired.Count >= Most)
        {
            return new PinChange.TooMany();
        }

        row = new DesiredRecord { DomainId = memory.Domain.Id, Name = clean.Name, Type = clean.Type, ValuesJson = values, PinnedAt = now, PinnedBy = by };
        memory.Desired.Add(row);
        memory.Db.DesiredRecords.Add(row);
        return new PinChange.Done(clean);
    }
}
