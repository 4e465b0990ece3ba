using System.Collections.Immutable;
using MailDashboard.Checks.Blocklists;

namespace MailDashboard.Checks.Auditing;

/// <summary>Every check family, in the order pages show them.</summary>
public static class CheckFamilies
{
    /// <summary>All of them; they keep no state, so one of each serves everybody.</summary>
    public static ImmutableArray<ICheckFamily> All { get; } =
    [
        new BlocklistCheck(),
    ];
}
