using System.Collections.Immutable;
using System.Diagnostics;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Scoring;
using MailDashboard.Checks.Smtp;

namespace MailDashboard.Checks.Auditing;

/// <summary>
/// Audits one domain: its families side by side, one budget, one transcript. The scheduler, "check now", the API and the
/// command line all enter here.
/// </summary>
public sealed class DomainAudit(
    ImmutableArray<ICheckFamily> families,
    IDnsResolver dns,
    ISmtpProbe smtp,
    IPort25Vantage port25,
    TimeProvider time,
    BlocklistHealth? blocklistHealth = null,
    HostProbes? hosts = null,
    SharedHosts? sharedHosts = null)
{
    private readonly SharedHosts _sharedHosts = sharedHosts ?? new SharedHosts(time);

    /// <summary>
    /// Self-tests and pauses of the blocklists, kept over audits; a second look at a listing shares it. One for the whole process:
    /// hand in the same where audits are made per scope.
    /// </summary>
    public BlocklistHealth BlocklistHealth { get; } = blocklistHealth ?? new BlocklistHealth(time);

    /// <summary>Every family it knows.</summary>
    public ImmutableArray<ICheckFamily> Families => families;

    /// <summary>Runs the families that <paramref name="options"/> ask for.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<AuditReport> RunAsync(
        AuditTarget target,
        AuditOptions options,
        BlocklistSettings blocklists,
        IProgress<FamilyProgress>? progress,
        CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        var started = Stopwatch.GetTimestamp();
        using var budget = new CancellationTokenSource(options.TimeBudget, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, budget.Token);
        var recordingDns = new AuditResolver(dns, options.DnsBudget, both.Token, KeyMask.For(blocklists), options.IsFresh);
        var chosen = families.Where(f => IsChosen(f.Descriptor, options)).ToList();
        var mailboxes = chosen.Exists(f => f is SmtpCheck) ? SmtpMailboxes.Of(target.Domain) : [];
        var longest = options.IsFresh ? TimeSpan.Zero : options.ShareHostsFor;
        var recordingSmtp = new AuditSmtpProbe(smtp, mailboxes, _sharedHosts, longest, both.Token);
        var context = new AuditContext(target, options, recordingDns, recordingSmtp, port25, blocklists, time, both.Token)
        {
            BlocklistHealth = BlocklistHealth,
            Hosts = SharedProbes.Over(hosts ?? HostProbes.None, _sharedHosts, longest),
        };

        var reports = await Task.WhenAll(chosen.Select(f => RunFamilyAsync(f, context, progress, both.Token, cancellationToken))).ConfigureAwait(false);
        var roles = await RolesAsync(context, cancellationToken).ConfigureAwait(false);
        var report = new AuditReport(
            target.Domain,
            startedAt,
            Stopwatch.GetElapsedTime(started),
            roles,
            [.. reports],
            new AuditTranscript(recordingDns.Transcript, recordingSmtp.Conversations) { Hosts = context.Conversations });
        return options.Families is null ? report with { Score = Scorer.Compute(report) } : report;
    }

    /// <summary>Whether the options ask for this family.</summary>
    public static bool IsChosen(FamilyDescriptor family, AuditOptions options) =>
        (options.Families is null || options.Families.Contains(family.Id))
        && (!options.DnsOnly || family.Kind != FamilyKind.Connection);

    private static async Task<MailRoles> RolesAsync(AuditContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await context.RolesAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return MailRoles.Both;
        }
    }

    private static async Task<FamilyReport> RunFamilyAsync(
        ICheckFamily family,
        AuditContext context,
        IProgress<FamilyProgress>? progress,
        CancellationToken budget,
        CancellationToken caller)
    {
        progress?.Report(new FamilyProgress(family.Descriptor.Id, null));
        var started = Stopwatch.GetTimestamp();
        var (outcome, defect) = await GuardedAsync(family, context, budget, caller).ConfigureAwait(false);
        var report = new FamilyReport(family.Descriptor.Id, outcome, Stopwatch.GetElapsedTime(started)) { Defect = defect };
        progress?.Report(new FamilyProgress(family.Descriptor.Id, report));
        return report;
    }

    private static async Task<(CheckOutcome Outcome, Exception? Defect)> GuardedAsync(ICheckFamily family, AuditContext context, CancellationToken budget, CancellationToken caller)
    {
        try
        {
            // Even a family that overlooks its token does not keep the others' results from being shown.
            return (await family.RunAsync(context, budget).WaitAsync(budget).ConfigureAwait(false), null);
        }
        catch (OperationCanceledException) when (caller.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (budget.IsCancellationRequested)
        {
            return (Failed(context, Reason.Of("TimeBudgetSpent")), null);
        }
        catch (Exception e)
        {
            // A defect of one family must not take the others with it; it is shown, never hidden.
            return (Failed(context, Reason.Of("UnexpectedFailure", e.GetType().Name)), e);
        }
    }

    private static CheckOutcome Failed(AuditContext context, Reason reason) =>
        new OutcomeBuilder().CouldNotTell(Subject.Domain(context.Domain), reason).Build();
}
