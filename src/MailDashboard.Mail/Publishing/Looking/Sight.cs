using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Publishing.Looking;

/// <summary>What one voice has of a planned record.</summary>
/// <param name="Voice">Who.</param>
/// <param name="IsRight">It is there as planned.</param>
/// <param name="Differences">What is wrong; empty where it is right, and where nothing is there.</param>
internal sealed record Sight(Voice Voice, bool IsRight, ImmutableArray<Difference> Differences)
{
    /// <summary>Why nothing could be seen.</summary>
    public Reason? Failure { get; init; }

    /// <summary>Seconds that what is there may be kept.</summary>
    public uint? Ttl { get; init; }

    public static async Task<Sight> TakeAsync(Voice voice, PlannedRecord record, CancellationToken cancellationToken)
    {
        var said = await voice.AskAsync(record.Owner, record.Type, cancellationToken).ConfigureAwait(false);
        if (said.Failure is not null)
        {
            return new Sight(voice, IsRight: false, []) { Failure = said.Failure };
        }

        ImmutableArray<string> values = [.. said.Records.Select(DnsRecordText.Of)];
        var differences = DifferenceFinder.At(record, values);
        if (differences is null)
        {
            return new Sight(voice, IsRight: true, []) { Ttl = said.Ttl };
        }

        return new Sight(voice, IsRight: false, differences.Value.IsEmpty ? await ElsewhereAsync(voice, record, cancellationToken).ConfigureAwait(false) : differences.Value) { Ttl = said.Ttl };
    }

    /// <summary>Nothing is at the name: the classical slips put it at another name, or under another type.</summary>
    private static async Task<ImmutableArray<Difference>> ElsewhereAsync(Voice voice, PlannedRecord record, CancellationToken cancellationToken)
    {
        if (record.Values.IsEmpty)
        {
            return [];
        }

        async Task<ImmutableArray<string>> Values(string name, DnsRecordType type) => DnsNames.CanBeAsked(name)
            ? [.. (await voice.AskAsync(name, type, cancellationToken).ConfigureAwait(false)).Records.Select(DnsRecordText.Of)]
            : [];

        var doubled = $"{record.Owner}.{record.Zone}";
        var found = ImmutableArray.CreateBuilder<Difference>();
        found.AddRange(DifferenceFinder.Misplaced(record, DifferenceKind.NameDoubled, doubled, await Values(doubled, record.Type).ConfigureAwait(false)));
        if (record.Owner != record.Zone && record.Type == DnsRecordType.TXT)
        {
            found.AddRange(DifferenceFinder.Misplaced(record, DifferenceKind.AtZoneTop, record.Zone, await Values(record.Zone, DnsRecordType.TXT).ConfigureAwait(false)));
        }

        var other = record.Type == DnsRecordType.CNAME ? DnsRecordType.TXT : DnsRecordType.CNAME;
        found.AddRange(DifferenceFinder.OtherType(record, other, await Values(record.Owner, other).ConfigureAwait(false)));
        return found.ToImmutable();
    }
}
