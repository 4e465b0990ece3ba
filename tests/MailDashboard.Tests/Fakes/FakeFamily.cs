using System.Resources;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;

namespace MailDashboard.Tests.Fakes;

/// <summary>A check family that does what the test says.</summary>
public sealed class FakeFamily(string id, Func<AuditContext, CancellationToken, Task<CheckOutcome>> run, FamilyKind kind = FamilyKind.Dns) : ICheckFamily
{
    public FamilyDescriptor Descriptor { get; } = new(id, id.ToUpperInvariant(), kind, [], new ResourceManager(typeof(FakeFamily)));

    /// <summary>Completes at once with nothing to say.</summary>
    public static FakeFamily Content(string id, FamilyKind kind = FamilyKind.Dns) =>
        new(id, (_, _) => Task.FromResult(new OutcomeBuilder().Build()), kind);

    public Task<CheckOutcome> RunAsync(AuditContext context, CancellationToken cancellationToken) => run(context, cancellationToken);
}
