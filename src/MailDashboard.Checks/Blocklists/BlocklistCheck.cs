using System.Resources;
using MailDashboard.Checks.Auditing;

namespace MailDashboard.Checks.Blocklists;

/// <summary>Who lists the domain and its addresses; the specification is in the folder's README.</summary>
public sealed class BlocklistCheck : CheckFamily<BlocklistObservation>
{
    /// <inheritdoc/>
    public override FamilyDescriptor Descriptor { get; } = new(
        "blocklists",
        "BLK",
        FamilyKind.Blocklist,
        BlocklistFindings.All,
        new ResourceManager("MailDashboard.Checks.Blocklists.BlocklistsTexts", typeof(BlocklistCheck).Assembly));

    /// <inheritdoc/>
    public override async Task<BlocklistObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var load = BlocklistLoad.For(context.Blocklists);
        if (load.Catalogue is not { } catalogue)
        {
            return new BlocklistObservation(context.Domain, load.Problems, [], [], [], 0);
        }

        var collector = new SubjectCollector(context, catalogue, cancellationToken);
        var subjects = await collector.CollectAsync().ConfigureAwait(false);
        var watched = subjects.Where(s => s.IsWatched).Select(s => s.Subject.Name).ToHashSet(StringComparer.Ordinal);
        var probe = new BlocklistProbe(context.Dns, catalogue, context.Blocklists, context.BlocklistHealth);

        // A little before the audit's own end, so that one slow list does not cost us the answers of the others.
        using var patience = new CancellationTokenSource(context.Options.TimeBudget * 0.8, context.Time);
        var looks = await probe.LookAsync(subjects.Select(s => s.Subject), s => watched.Contains(s.Name), patience.Token, cancellationToken).ConfigureAwait(false);
        return new BlocklistObservation(context.Domain, [], subjects, looks, collector.Gaps, collector.LeftOut);
    }

    /// <inheritdoc/>
    public override CheckOutcome Analyze(BlocklistObservation observation) => BlocklistAnalyzer.Analyze(observation);
}
