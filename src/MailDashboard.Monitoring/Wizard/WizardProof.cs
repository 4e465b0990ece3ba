using System.Collections.Immutable;

namespace MailDashboard.Monitoring.Wizard;

/// <summary>How far something is.</summary>
public enum ProofState
{
    /// <summary>It was seen to work.</summary>
    Proven,

    /// <summary>Something was done, and not all of it was seen to work.</summary>
    Partly,

    /// <summary>Not done yet.</summary>
    Open,

    /// <summary>Left for later by the person.</summary>
    Skipped,
}

/// <summary>What is proven, or not, of a step.</summary>
/// <param name="Step">The step.</param>
/// <param name="State">How far.</param>
/// <param name="At">When it was seen; null where it was not.</param>
/// <param name="Done">Of a count.</param>
/// <param name="Of">The count; 0 where there is none.</param>
public sealed record WizardProof(WizardStep Step, ProofState State, DateTimeOffset? At = null, int Done = 0, int Of = 0);

/// <summary>Says what is proven so far. Pure: nothing is proven by being typed.</summary>
public static class WizardProofs
{
    /// <summary>One for each step that has something to prove; choosing proves nothing.</summary>
    /// <param name="state">What was seen.</param>
    /// <param name="isWatched">The domain is monitored.</param>
    /// <param name="isSomebodyTold">Somebody is told by e-mail or by another channel.</param>
    public static ImmutableArray<WizardProof> Of(WizardState state, bool isWatched, bool isSomebodyTold) =>
        [.. WizardRules.Steps(state).Select(s => Of(state, s, isWatched, isSomebodyTold)).OfType<WizardProof>().Select(p => AsSkipped(state, p))];

    private static WizardProof? Of(WizardState state, WizardStep step, bool isWatched, bool isSomebodyTold) => step switch
    {
        WizardStep.Domain => new(step, isWatched ? ProofState.Proven : ProofState.Open),
        WizardStep.Profile => state.Profile is { } profile ? new(step, profile.SignedInAt is null ? ProofState.Partly : ProofState.Proven, profile.SignedInAt) : new(step, ProofState.Open),
        WizardStep.Records => Records(state.Records),
        WizardStep.Certificate => Certificate(state.Certificate),
        WizardStep.Limits => new(step, state.Limits?.SetAt is null ? ProofState.Open : ProofState.Proven, state.Limits?.SetAt),
        WizardStep.Logging => new(step, state.Logging is null ? ProofState.Open : ProofState.Proven, state.Logging?.At),
        WizardStep.Message => Message(state.Message),
        WizardStep.Monitoring => new(step, isSomebodyTold && isWatched ? ProofState.Proven : ProofState.Open),
        _ => null,
    };

    private static WizardProof Records(RecordsPart? part) => part switch
    {
        null or { Planned: 0 } => new(WizardStep.Records, ProofState.Open),
        _ => new(
            WizardStep.Records,
            part.Seen.Length >= part.Planned ? ProofState.Proven : part.Seen.IsEmpty ? ProofState.Open : ProofState.Partly,
            part.Seen.IsEmpty ? null : part.Seen.Max(r => r.At),
            part.Seen.Length,
            part.Planned),
    };

    private static WizardProof Certificate(CertificatePart? part) => part is not { Seen.IsEmpty: false }
        ? new(WizardStep.Certificate, ProofState.Open)
        : new(
            WizardStep.Certificate,
            part.Seen.All(c => c.IsGood) ? ProofState.Proven : part.Seen.Any(c => c.IsGood) ? ProofState.Partly : ProofState.Open,
            part.Seen.Max(c => c.At),
            part.Seen.Count(c => c.IsGood),
            part.Seen.Length);

    /// <summary>A server that took a message has not delivered it: who has read it knows.</summary>
    private static WizardProof Message(MessagePart? part) => part is null
        ? new(WizardStep.Message, ProofState.Open)
        : part is { IsPoor: true, Score: { } score } ? new(WizardStep.Message, ProofState.Partly, part.ArrivedAt, (int)score, MessagePart.MostPoints)
        : new(WizardStep.Message, part.ArrivedAt is null ? ProofState.Partly : ProofState.Proven, part.ArrivedAt ?? part.AcceptedAt);

    private static WizardProof AsSkipped(WizardState state, WizardProof proof) =>
        proof.State == ProofState.Open && state.Skipped.Contains(proof.Step) ? proof with { State = ProofState.Skipped } : proof;
}
