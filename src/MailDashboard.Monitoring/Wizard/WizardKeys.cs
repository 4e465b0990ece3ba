using System.Collections.Immutable;
using System.Text.Json;
using MailDashboard.Mail.Publishing.Keys;

namespace MailDashboard.Monitoring.Wizard;

/// <summary>
/// Makes the DKIM keys of an own server. Their private halves are kept, encrypted, until the person has saved them, and are then gone:
/// nobody but the server needs them.
/// </summary>
public sealed class WizardKeys(WizardRuns runs, TimeProvider time)
{
    /// <summary>Makes a new one; older ones that were not saved are forgotten.</summary>
    /// <param name="run">The set-up.</param>
    /// <param name="withEd25519">A second key beside RSA, which is never left out: not everybody verifies another.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<WizardSaved> MakeAsync(WizardRun run, bool withEd25519, CancellationToken cancellationToken)
    {
        ImmutableArray<DkimAlgorithm> wanted = withEd25519 ? [DkimAlgorithm.Rsa, DkimAlgorithm.Ed25519] : [DkimAlgorithm.Rsa];
        var (now, taken) = (time.GetUtcNow(), WizardDomain.Selectors(run.State));
        ImmutableArray<DkimKeyPair> pairs = await Task.Run(() => wanted.Select(a => DkimKeyPair.Create(a, DkimSelectorProposal.For(a, now, taken))).ToImmutableArray(), cancellationToken);
        var records = (run.State.Records ?? new RecordsPart()) with { Keys = [.. pairs.Select(p => p.Publication)] };
        return await runs.KeepSecretAsync(run, run.State with { Records = records }, JsonSerializer.Serialize(pairs), cancellationToken);
    }

    /// <summary>The keys as long as they were not saved; empty afterwards.</summary>
    public async Task<ImmutableArray<DkimKeyPair>> ReadAsync(int runId, CancellationToken cancellationToken)
    {
        var secret = await runs.ReadSecretAsync(runId, cancellationToken);
        return secret is null ? [] : JsonSerializer.Deserialize<ImmutableArray<DkimKeyPair>>(secret);
    }
}
