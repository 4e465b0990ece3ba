using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Mail.Providers;

namespace MailDashboard.Monitoring.Wizard;

/// <summary>Which steps there are for a domain, and which comes next. Pure.</summary>
public static class WizardRules
{
    /// <summary>
    /// A domain that does nothing with mail only has to say so. One that only receives has nothing to hand in anywhere. Certificates are
    /// looked after by whoever runs the server.
    /// </summary>
    public static ImmutableArray<WizardStep> Steps(WizardState state)
    {
        var (sends, receives) = state.Domain is { } domain ? (domain.Sends, domain.Receives) : (true, true);
        return [.. Enum.GetValues<WizardStep>().Where(s => s switch
        {
            WizardStep.Domain or WizardStep.Records or WizardStep.Monitoring => true,
            WizardStep.Certificate => (sends && IsOwnServer(state)) || (receives && state.Domain is { OwnHosts.IsEmpty: false }),
            _ => sends,
        })];
    }

    /// <summary>The step to begin or go on with: the first that was not passed; null where all were.</summary>
    public static WizardStep? Next(WizardState state) => Steps(state).Where(s => !state.Passed.Contains(s)).Select(s => (WizardStep?)s).FirstOrDefault();

    /// <summary>The step behind another; null behind the last.</summary>
    public static WizardStep? After(WizardState state, WizardStep step) => Steps(state).Where(s => s > step).Select(s => (WizardStep?)s).FirstOrDefault();

    /// <summary>The step before another; null before the first.</summary>
    public static WizardStep? Before(WizardState state, WizardStep step) => Steps(state).Where(s => s < step).Select(s => (WizardStep?)s).LastOrDefault();

    /// <summary>Whether a step can be looked at: it applies, and the domain was told before it.</summary>
    public static bool IsOpen(WizardState state, WizardStep step) => Steps(state).Contains(step) && (step == WizardStep.Domain || state.Domain is not null);

    /// <summary>What the domain does with mail, as far as it was said.</summary>
    public static MailRoles Roles(WizardState state) => state.Domain is { } domain ? new MailRoles(domain.Sends, domain.Receives) : MailRoles.Both;

    /// <summary>The provider with what was copied from its console; null before one was chosen, and where the catalogue no longer has it.</summary>
    public static ChosenProvider? Chosen(WizardState state) =>
        state.Provider is { } part && ProviderCatalogue.Find(part.Id) is { } provider ? new ChosenProvider(provider, part.Entries) : null;

    /// <summary>A server of one's own sends.</summary>
    public static bool IsOwnServer(WizardState state) => Chosen(state)?.Provider.Kind == ProviderKind.Own;

    /// <summary>The name of the own server that sends; null where there is none.</summary>
    public static string? OwnServer(WizardState state) => IsOwnServer(state) ? Chosen(state)!.Value("host") : null;
}
