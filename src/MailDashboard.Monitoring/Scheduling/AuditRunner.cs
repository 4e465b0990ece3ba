using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Monitoring.Recording;
using MailDashboard.Monitoring.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailDashboard.Monitoring.Scheduling;

/// <summary>The straight line of one domain: audit, then record. The scheduler and "check now" enter here.</summary>
public sealed partial class AuditRunner(
    LiveEngine engine,
    SettingsStore settings,
    DueDomains due,
    ResultRecorder recorder,
    ConnectivityGuard guard,
    RunningAudits running,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<AuditRunner> log)
{
    /// <summary>What an audit may take; what is not done by then is undetermined.</summary>
    public static readonly TimeSpan TimeBudget = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Runs every family of a domain now, past our cache: whoever asks has often just mended something. Where a whole audit is looking
    /// around here already, waits for that one and shows its progress. The audit goes on when the caller stops waiting.
    /// </summary>
    public async Task<CheckNowResult> CheckNowAsync(int domainId, IProgress<FamilyProgress>? progress, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + Patience;
        while (true)
        {
            var other = running.Find(domainId);
            if (other is { IsWhole: true, HasLooked: false })
            {
                return await FollowAsync(other, progress, cancellationToken);
            }

            if (!await guard.IsOnlineAsync(cancellationToken))
            {
                return CheckNowResult.ResolverSilent;
            }

            // One that has looked, or looks at a part only, is waited for: it ends soon.
            var (lease, exists) = other is null ? await due.TakeOneAsync(domainId, cancellationToken) : (null, true);
            if (!exists)
            {
                return CheckNowResult.Gone;
            }

            if (lease is not null)
            {
                var audit = new RunningAudit { IsWhole = true, IsFresh = true };
                audit.Watch(progress);
                var task = RunAsync(lease, DueKinds.All, audit, lifetime.ApplicationStopping);
                return await task.WaitAsync(cancellationToken);
            }

            if (time.GetUtcNow() > until)
            {
                return CheckNowResult.Busy;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Audits a leased domain for what it is due for.</summary>
    internal Task<CheckNowResult> RunDueAsync(Lease lease, CancellationToken cancellationToken)
    {
        var kinds = DueKinds.Of(lease.Domain, settings.Current, time.GetUtcNow());
        return RunAsync(lease, kinds, new RunningAudit { IsWhole = kinds.Length == DueKinds.All.Length, IsFresh = lease.IsSecondLook }, cancellationToken);
    }

    private static async Task<CheckNowResult> FollowAsync(RunningAudit audit, IProgress<FamilyProgress>? progress, CancellationToken cancellationToken)
    {
        audit.Watch(progress);
        try
        {
            return await audit.Done.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            audit.Unwatch(progress);
        }
    }

    private async Task<CheckNowResult> RunAsync(Lease lease, ImmutableArray<FamilyKind> kinds, RunningAudit audit, CancellationToken cancellationToken)
    {
        if (!running.TryBegin(lease.Domain.Id, audit))
        {
            return CheckNowResult.Busy;
        }

        var result = CheckNowResult.Failed;
        try
        {
            result = await AuditAndRecordAsync(lease, kinds, audit, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFailed(lease.Domain.Id, e);
        }
        finally
        {
            running.End(lease.Domain.Id, audit);
            audit.Done.TrySetResult(result);
        }

        return result;
    }

    private async Task<CheckNowResult> AuditAndRecordAsync(Lease lease, ImmutableArray<FamilyKind> kinds, RunningAudit audit, CancellationToken cancellationToken)
    {
        var blocklists = await settings.GetBlocklistsAsync(cancellationToken);
        var domainAudit = await engine.GetAuditAsync(cancellationToken);

        // The MX records are due with DNS, their reachability with the connections.
        var options = new AuditOptions
        {
            Families = DueKinds.Families(domainAudit.Families, kinds),
            DnsOnly = !kinds.Contains(FamilyKind.Connection),
            IsFresh = audit.IsFresh,
            ShareHostsFor = DueKinds.ShareHostsFor(lease.Domain, settings.Current),
            TimeBudget = TimeBudget,
        };
        var report = await domainAudit.RunAsync(DomainTargets.Of(lease.Domain), options, blocklists, audit, cancellationToken);
        audit.HasLooked = true;
        foreach (var family in report.Families.Where(f => f.Defect is not null))
        {
            LogDefect(family.Family, lease.Domain.Id, family.Defect!);
        }

        var recorded = await recorder.RecordAsync(lease, kinds, report, blocklists, cancellationToken);
        return recorded switch
        {
            RecordResult.Recorded => CheckNowResult.Done,
            RecordResult.Gone => CheckNowResult.Gone,
            _ => CheckNowResult.Failed,
        };
    }

    [LoggerMessage(200, LogLevel.Warning, "The audit of domain {DomainId} could not be completed; it stays due")]
    private partial void LogFailed(int domainId, Exception exception);

    [LoggerMessage(201, LogLevel.Error, "The check family {Family} failed on domain {DomainId}: a defect of ours; its outcome is inconclusive")]
    private partial void LogDefect(string family, int domainId, Exception exception);
}
