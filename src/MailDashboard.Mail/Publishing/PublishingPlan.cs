using System.Collections.Immutable;
using MailDashboard.Checks;

namespace MailDashboard.Mail.Publishing;

/// <summary>A file to be served on the web, beside the records.</summary>
/// <param name="Address">Where.</param>
/// <param name="Text">What is in it.</param>
/// <param name="Action">Add, change, or already right.</param>
/// <param name="Why">One sentence.</param>
public sealed record PlannedFile(Uri Address, string Text, PlanAction Action, Reason Why);

/// <summary>What to publish for a domain.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Zone">Where its zone begins.</param>
/// <param name="Records">In the order in which to publish them.</param>
/// <param name="Files">Files that have to be there before the record that announces them.</param>
/// <param name="Notes">What concerns no single record.</param>
public sealed record PublishingPlan(
    string Domain,
    string Zone,
    ImmutableArray<PlannedRecord> Records,
    ImmutableArray<PlannedFile> Files,
    ImmutableArray<Reason> Notes)
{
    /// <summary>Nothing is left to do and nothing stands in the way.</summary>
    public bool IsDone => Records.All(r => r.Action == PlanAction.AlreadyRight) && Files.All(f => f.Action == PlanAction.AlreadyRight);
}
