using System.Collections.Immutable;
using System.Resources;
using MailDashboard.Checks.Auditing;

namespace MailDashboard.Checks;

/// <summary>How a family looks, which decides how often it runs and whether <c>--dns-only</c> includes it.</summary>
public enum FamilyKind
{
    /// <summary>Asks DNS only.</summary>
    Dns,

    /// <summary>Connects to the domain's own hosts.</summary>
    Connection,

    /// <summary>Asks blocklists (DNS, but not the domain's).</summary>
    Blocklist,
}

/// <summary>What is fixed about a check family.</summary>
/// <param name="Id">Permanent id, as on the command line: <c>spf</c>.</param>
/// <param name="Prefix">Prefix of its codes: <c>SPF</c>.</param>
/// <param name="Kind">How it looks.</param>
/// <param name="Findings">Everything it can say.</param>
/// <param name="Texts">Its texts, English and French: <c>Family.Name</c>, <c>Family.Summary</c> and those of its findings.</param>
public sealed record FamilyDescriptor(
    string Id,
    string Prefix,
    FamilyKind Kind,
    ImmutableArray<FindingDefinition> Findings,
    ResourceManager Texts);

/// <summary>One check family: looks at one domain and says what is true. Never throws for what it meets on the network.</summary>
public interface ICheckFamily
{
    /// <summary>What is fixed about it.</summary>
    FamilyDescriptor Descriptor { get; }

    /// <summary>Observes and judges.</summary>
    Task<CheckOutcome> RunAsync(AuditContext context, CancellationToken cancellationToken);
}

/// <summary>The shape of every family: observe (I/O), then analyze (pure).</summary>
/// <typeparam name="TObservation">Immutable facts, failures included as data.</typeparam>
public abstract class CheckFamily<TObservation> : ICheckFamily
{
    /// <inheritdoc/>
    public abstract FamilyDescriptor Descriptor { get; }

    /// <summary>Looks. Failures come back as data.</summary>
    public abstract Task<TObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken);

    /// <summary>Judges. Pure: the same observation gives the same outcome.</summary>
    public abstract CheckOutcome Analyze(TObservation observation);

    /// <inheritdoc/>
    public async Task<CheckOutcome> RunAsync(AuditContext context, CancellationToken cancellationToken) =>
        Analyze(await ObserveAsync(context, cancellationToken).ConfigureAwait(false));
}
