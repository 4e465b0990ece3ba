using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Scoring;
using MailDashboard.Monitoring.Accepting;
using MailDashboard.Monitoring.Alerting;
using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Compliance;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Scheduling;
using MailDashboard.Monitoring.Settings;
using MailDashboard.Monitoring.Watching;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Recording;

/// <summary>
/// Records one audit in one transaction: all of it or nothing, and only while the lease is ours. A worker that slept through
/// its lease writes nothing over what another has found since.
/// </summary>
public sealed class ResultRecorder(DatabaseWriter writer, SettingsStore settings, AlertLedger alerts, RuleBook rules, ChangeFeed feed, Random random, TimeProvider time)
{
    public async Task<RecordResult> RecordAsync(
        Lease lease, ImmutableArray<FamilyKind> kinds, AuditReport report, BlocklistSettings blocklists, CancellationToken cancellationToken)
    {
        var mask = KeyMask.For(blocklists);
        var active = await rules.GetAsync(cancellationToken);
        var (result, alertsChanged) = await writer.WriteAsync(
            async (db, token) =>
            {
                var now = time.GetUtcNow();
                if (await DomainMemory.LoadAsync(db, lease.Domain.Id, token) is not { } memory)
                {
                    return (RecordResult.Gone, false);
                }

                if (memory.Domain.LeaseOwner != lease.Token || memory.Domain.LeasedUntil < now)
                {
                    return (RecordResult.LeaseLost, false);
                }

                var changed = await WriteAsync(memory, lease, kinds, report, mask, active, now, token);
                return (RecordResult.Recorded, changed);
            },
            cancellationToken);
        if (result == RecordResult.Recorded)
        {
            feed.Publish(new DashboardChange(lease.Domain.Id));
            if (alertsChanged)
            {
                feed.Publish(new DashboardChange(null));
            }
        }

        return result;
    }

    private async Task<bool> WriteAsync(
        DomainMemory memory, Lease lease, ImmutableArray<FamilyKind> kinds, AuditReport report, KeyMask mask, ImmutableArray<ActiveRule> active, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (db, domain) = (memory.Db, memory.Domain);
        var isFirst = domain.FirstAuditAt is null;
        var changes = report.Families.SelectMany(family => WriteFamily(memory, family, now)).ToList();
        var events = await ChangeWatch.RecordAsync(memory, changes, now, cancellationToken);
        Standing.Apply(memory, now);
        var score = GradeHistory.Compute(memory.Subtests.Values, report.Roles, now);
        var scoreBefore = await WriteScoreAsync(db, domain, score, now, cancellationToken);
        await WriteTranscriptAsync(db, domain, report, kinds, mask, now, cancellationToken);
        DomainSummary.Apply(memory, report, score, now);
        var look = new AuditLook(report, events, scoreBefore, ScoreTable.Version, isFirst);
        var alertsChanged = await alerts.ApplyAsync(memory, look, active, now, cancellationToken);
        ComplianceLedger.Write(memory);
        DueKinds.Advance(domain, DueKinds.Unchanged(lease.Domain, domain, kinds), settings.Current, now, random);
        Acceptance.LookAtTheEnd(domain, memory.Accepted, now);
        (domain.LeaseOwner, domain.LeasedUntil) = (null, null);
        return alertsChanged;
    }

    /// <returns>Changes of records that are news.</returns>
    private static IEnumerable<RecordChange> WriteFamily(DomainMemory memory, FamilyReport family, DateTimeOffset now)
    {
        var id = memory.Domain.Id;
        var outcome = family.Outcome;
        if (!memory.Families.TryGetValue(family.Family, out var state))
        {
            state = new FamilyState { DomainId = id, Family = family.Family, Outcome = "", UndeterminedJson = "[]", FactsJson = "[]" };
            memory.Families[family.Family] = state;
            memory.Db.FamilyStates.Add(state);
        }

        var (word, reason) = outcome switch
        {
            CheckOutcome.Inconclusive i => (DomainSummary.Inconclusive, i.Reason),
            CheckOutcome.NotApplicable n => (DomainSummary.NotApplicable, n.Reason),
            _ => (DomainSummary.Completed, (Reason?)null),
        };
        var wasKnown = state.LastDeterminedAt is not null;
        var isDetermined = word != DomainSummary.Inconclusive;
        state.Outcome = word;
        state.ReasonJson = StoredJson.Write(reason);
        state.UndeterminedJson = StoredJson.Write(outcome.Undetermined);
        state.FactsJson = StoredJson.Write(outcome.Details.Facts);
        state.LastRunAt = now;
        state.LastDeterminedAt = isDetermined ? now : state.LastDeterminedAt;
        state.UndeterminedSince = isDetermined ? null : state.UndeterminedSince ?? now;
        state.ElapsedMilliseconds = (int)Math.Min(int.MaxValue, family.Elapsed.TotalMilliseconds);

        var findings = FindingHistory.Apply(memory.Findings, family.Family, outcome, id, now);
        memory.Findings.AddRange(findings);
        memory.Db.Findings.AddRange(findings);
        var records = RecordHistory.Apply(memory.Records, family.Family, outcome, id, now);
        memory.Records.AddRange(records.Added);
        memory.Db.Records.AddRange(records.Added);
        memory.Db.SubtestStates.AddRange(GradeHistory.Apply(memory.Subtests, family.Family, outcome, id, now));
        return ChangeNews.Of(memory.Domain, family, records.Changes, wasKnown);
    }

    /// <returns>The score before, where the same table made it.</returns>
    private static async Task<double?> WriteScoreAsync(DashboardContext db, MailDomain domain, Score? score, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (score is null)
        {
            return null;
        }

        var last = await db.Scores.Where(s => s.DomainId == domain.Id).OrderByDescending(s => s.At).ThenByDescending(s => s.Id).FirstOrDefaultAsync(cancellationToken);
        var detail = StoredJson.Write(score);
        if (last is not null && last.Value.Equals(score.Value) && last.Maximum.Equals(score.Maximum) && last.TableVersion == score.TableVersion)
        {
            // The same score for other reasons: the reasons shown are today's, the history has no step.
            last.DetailJson = detail;
            return last.Value;
        }

        db.Scores.Add(new ScoreVersion
        {
            DomainId = domain.Id,
            At = now,
            Value = score.Value,
            Maximum = score.Maximum,
            Grade = score.Grade,
            TableVersion = score.TableVersion,
            DetailJson = detail,
        });
        return last?.TableVersion == score.TableVersion ? last.Value : null;
    }

    private static async Task WriteTranscriptAsync(
        DashboardContext db, MailDomain domain, AuditReport report, ImmutableArray<FamilyKind> kinds, KeyMask mask, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var transcript = StoredTranscript.Of(report.Transcript with { Dns = [.. report.Transcript.Dns.Select(mask.Mask)] });
        var row = await db.Transcripts.FirstOrDefaultAsync(t => t.DomainId == domain.Id, cancellationToken);
        if (row is not null && !kinds.Contains(FamilyKind.Connection) && StoredJson.Decompress(row.Content) is { Conversations.IsEmpty: false } before)
        {
            transcript = transcript with { Conversations = before.Conversations, ConversationsAt = before.ConversationsAt ?? row.At };
        }

        var content = StoredJson.Compress(transcript);
        if (row is null)
        {
            db.Transcripts.Add(new TranscriptRow { DomainId = domain.Id, At = now, Content = content });
        }
        else
        {
            (row.At, row.Content) = (now, content);
        }
    }
}
