using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Wizard;

/// <summary>One set-up, as it was read.</summary>
/// <param name="Version">What a change of it must name.</param>
/// <param name="HasSecret">A private key waits to be saved by the person.</param>
public sealed record WizardRun(
    int Id,
    DomainName Domain,
    int? DomainId,
    WizardStep Step,
    WizardState State,
    int Version,
    bool HasSecret,
    string? StartedBy,
    DateTimeOffset StartedAt,
    DateTimeOffset ChangedAt,
    DateTimeOffset? FinishedAt)
{
    internal static WizardRun Of(SetupRun row) => new(
        row.Id,
        DomainName.TryParse(row.DomainName, out var name, out _, out _) ? name : new DomainName(row.DomainName, row.DomainName),
        row.DomainId,
        Enum.TryParse<WizardStep>(row.Step, out var step) && Enum.IsDefined(step) ? step : WizardStep.Domain,
        WizardJson.Read(row.StateJson),
        row.Version,
        row.ProtectedJson is not null,
        row.StartedBy,
        row.StartedAt,
        row.ChangedAt,
        row.FinishedAt);
}

/// <summary>How beginning a set-up ended.</summary>
public abstract record WizardStart
{
    private WizardStart()
    {
    }

    /// <summary>A new one.</summary>
    public sealed record Started(WizardRun Run) : WizardStart;

    /// <summary>There was an unfinished one for this domain: it goes on.</summary>
    public sealed record Resumed(WizardRun Run) : WizardStart;

    /// <summary>Not a name that can be monitored.</summary>
    public sealed record BadName(DomainNameProblem Problem, string? Suggestion) : WizardStart;
}

/// <summary>How storing a set-up ended.</summary>
public abstract record WizardSaved
{
    private WizardSaved()
    {
    }

    /// <summary>It is stored.</summary>
    public sealed record Done(WizardRun Run) : WizardSaved;

    /// <summary>Somebody else changed it since it was read; nothing was stored.</summary>
    public sealed record ChangedMeanwhile(WizardRun Now) : WizardSaved;

    /// <summary>Somebody discarded it.</summary>
    public sealed record Gone : WizardSaved;
}
