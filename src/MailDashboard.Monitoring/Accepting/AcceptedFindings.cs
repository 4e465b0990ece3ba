using MailDashboard.Checks;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;
using MailDashboard.Monitoring.Watching;

namespace MailDashboard.Monitoring.Accepting;

/// <summary>How accepting a finding ended.</summary>
public enum AcceptResult
{
    Done,

    /// <summary>The finding is not open (any more).</summary>
    Gone,

    /// <summary>No reason was given, or one that is too long.</summary>
    BadReason,

    /// <summary>The end is not between tomorrow and two years from now.</summary>
    BadEnd,

    /// <summary>A change is confirmed, not accepted.</summary>
    NotThisOne,
}

/// <summary>Keeps which findings somebody has accepted, until when and why. The score does not know of it.</summary>
public sealed class AcceptedFindings(DomainRevision revision, TimeProvider time)
{
    public const int LongestReason = 500;

    /// <summary>In years.</summary>
    public const int Longest = 2;

    /// <summary>The last day that may be chosen today.</summary>
    public DateOnly LastDay => Today.AddYears(Longest);

    /// <summary>The first day that may be chosen today.</summary>
    public DateOnly FirstDay => Today;

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>Accepts an open finding, or changes how it was accepted.</summary>
    /// <param name="until">The last day on which it is accepted, in UTC.</param>
    public async Task<AcceptResult> AcceptAsync(int domainId, string code, Subject subject, string reason, DateOnly until, string by, CancellationToken cancellationToken)
    {
        var text = reason.Trim();
        if (text.Length is 0 or > LongestReason)
        {
            return AcceptResult.BadReason;
        }

        if (until < FirstDay || until > LastDay)
        {
            return AcceptResult.BadEnd;
        }

        if (code.StartsWith(ChangeFindings.Descriptor.Prefix, StringComparison.Ordinal))
        {
            return AcceptResult.NotThisOne;
        }

        var key = subject.Key;
        var end = new DateTimeOffset(until.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return await revision.ReviseAsync(
            domainId,
            AcceptResult.Gone,
            (memory, now, _) =>
            {
                if (memory.Findings.Find(f => f.Code == code && f.SubjectKey == key && f.ResolvedAt is null) is not { } finding)
                {
                    return Task.FromResult(AcceptResult.Gone);
                }

                var row = memory.Accepted.Find(a => a.Code == code && a.SubjectKey == key);
                if (row is null)
                {
                    row = new AcceptedFinding { DomainId = domainId, Code = code, SubjectKey = key, Reason = text, AcceptedBy = by };
                    memory.Accepted.Add(row);
                    memory.Db.AcceptedFindings.Add(row);
                }

                (row.Severity, row.Reason, row.Until, row.AcceptedAt, row.AcceptedBy) = (finding.Severity, text, end, now, by);
                Acceptance.LookAtTheEnd(memory.Domain, memory.Accepted, now);
                return Task.FromResult(AcceptResult.Done);
            },
            cancellationToken);
    }

    /// <summary>Lets the finding count again.</summary>
    /// <returns>False where it is not accepted (any more).</returns>
    public Task<bool> UndoAsync(int domainId, string code, Subject subject, CancellationToken cancellationToken)
    {
        var key = subject.Key;
        return revision.ReviseAsync(
            domainId,
            false,
            (memory, _, _) =>
            {
                var row = memory.Accepted.Find(a => a.Code == code && a.SubjectKey == key);
                if (row is not null)
                {
                    memory.Accepted.Remove(row);
                    memory.Db.AcceptedFindings.Remove(row);
                }

                return Task.FromResult(row is not null);
            },
            cancellationToken);
    }
}
