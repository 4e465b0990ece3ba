using System.Collections.Immutable;
using System.Text.Json;
using MailDashboard.Mail.Publishing.Keys;

namespace MailDashboard.Monitoring.Wizard;

/// <summary>
/// Makes the DKIM key of an own server. Its private half is kept, encrypted, until the person has saved it, and is then gone: nobody but
/// the server needs it.
/// </summary>
public sealed class WizardKeys(WizardRuns runs, TimeProvider time)
{
    /// <summary>Makes a new one; an older one that was not saved is forgotten.</summary>
    public async Task<WizardSaved> MakeAsync(WizardRun run, CancellationToken cancellationToken)
    {
        var selector = DkimSelectorProposal.For(DkimAlgorithm.Rsa, time.GetUtcNow(), [.. WizardDomain.Selectors(run.State)]);
        var pair = await Task.Run(() => DkimKeyPair.Create(DkimAlgorithm.Rsa, selector), cancellationToken);
        var records = (run.State.Records ?? new RecordsPart()) with { Keys = [pair.Publication] };
        return await runs.KeepSecretAsync(run, run.State with { Records = records }, JsonSerializer.Serialize<ImmutableArray<DkimKeyPair>>([pair]), cancellationToken);
    }

    /// <summary>The key as long as it was not saved; empty afterwards.</summary>
    public async Task<ImmutableArray<DkimKeyPair>> ReadAsync(int runId, CancellationToken cancellationToken)
    {
        var secret = await runs.ReadSecretAsync(runId, cancellationToken);
        return secret is null ? [] : JsonSerializer.Deserialize<ImmutableArray<DkimKeyPair>>(secret);
    }
}
