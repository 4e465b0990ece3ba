using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Monitoring.Watching;

/// <summary>A change as it is shown: what went, what came, and nothing of what stayed.</summary>
public static class ChangeWords
{
    private const int MostShown = 10;

    /// <summary>The values that are on one side only.</summary>
    public static (ImmutableArray<string> Gone, ImmutableArray<string> Come) Difference(ImmutableArray<string> before, ImmutableArray<string> after) =>
        ([.. before.Except(after)], [.. after.Except(before)]);

    /// <summary>A value as people read it: certificates are kept as one long line.</summary>
    public static string Readable(string type, string value) =>
        type == ObservedCertificate.RecordType && ObservedCertificate.Parse(value) is { } certificate
            ? string.Join(
                '\n',
                certificate.Address,
                $"subject: {certificate.Subject}",
                $"issuer: {certificate.Issuer}",
                $"notAfter: {certificate.NotAfter.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}",
                $"SHA-256: {certificate.Thumbprint}")
            : value;

    /// <summary>The record as it was; null where putting it back is not done in the zone, or there was none.</summary>
    internal static ProposedRecord? WayBack(string name, string type, ImmutableArray<string> before) =>
        type is ObservedCertificate.RecordType or PolicyChanges.RecordType or "NS" or "DS" || before.IsEmpty ? null : new ProposedRecord(name, type, string.Join('\n', before));

    internal static ImmutableArray<Evidence> Evidence(string type, ImmutableArray<string> before, ImmutableArray<string> after)
    {
        var (gone, come) = Difference(before, after);
        var seen = gone.Take(MostShown).Select(v => new Evidence("before", Readable(type, v))).Concat(come.Take(MostShown).Select(v => new Evidence("after", Readable(type, v)))).ToList();
        if (come.IsEmpty)
        {
            seen.Add(after.IsEmpty ? new Evidence("after", "–") : new Evidence("stays", string.Join('\n', after.Take(MostShown).Select(v => Readable(type, v)))));
        }

        return [.. seen];
    }
}
