using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace MailDashboard.Monitoring.Persistence;

/// <summary>
/// Compares and copies a list of words. EF's own comparer of lists makes a new dynamic method at every comparison, which is
/// compiled, used once and finalised: it cost more than everything else of recording an audit.
/// </summary>
internal sealed class StringListComparer() : ValueComparer<List<string>>(
    (a, b) => AreEqual(a, b),
    v => Hash(v),
    v => Copy(v))
{
    public static StringListComparer Instance { get; } = new();

    private static bool AreEqual(List<string>? a, List<string>? b) => ReferenceEquals(a, b) || (a is not null && b is not null && a.SequenceEqual(b, StringComparer.Ordinal));

    private static int Hash(List<string> values)
    {
        var hash = new HashCode();
        foreach (var value in values)
        {
            hash.Add(value, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    private static List<string> Copy(List<string> values) => [.. values];
}
