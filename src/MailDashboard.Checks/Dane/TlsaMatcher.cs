using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.Dane;

/// <summary>How records and a chain go together. Ordered: a larger value is worse.</summary>
public enum TlsaFit
{
    /// <summary>A record fits.</summary>
    Fits,

    /// <summary>A record fits that holds the authority itself (matching type 0), which the server does not send: not every sender copes.</summary>
    FitsUnsent,

    /// <summary>A digest fits, and a stronger one of the same usage and selector does not.</summary>
    StaleDigest,

    /// <summary>The authority fits, and what leads to it does not hold.</summary>
    Faulty,

    /// <summary>The authority fits, and is not sent.</summary>
    NotSent,

    /// <summary>Nothing fits.</summary>
    Mismatch,
}

/// <summary>One record against a chain.</summary>
/// <param name="Record">Which.</param>
/// <param name="Fit">How it goes with the chain.</param>
/// <param name="Faults">What does not hold; empty unless <see cref="TlsaFit.Faulty"/>.</param>
public sealed record TlsaMatch(TlsaRecord Record, TlsaFit Fit, ImmutableArray<string> Faults);

/// <summary>All records of a host against a chain.</summary>
/// <param name="Fit">What it comes to for a sender.</param>
/// <param name="Matches">Each record.</param>
/// <param name="Counted">Those that a sender looks at: of several digests of one usage and selector the strongest (RFC 7671 §9).</param>
public sealed record TlsaVerdict(TlsaFit Fit, ImmutableArray<TlsaMatch> Matches, ImmutableArray<TlsaMatch> Counted);

/// <summary>Matches usable records with a chain (RFC 6698 §2.1, RFC 7671 §5 and §9, RFC 7672 §3). Pure.</summary>
public static class TlsaMatcher
{
    /// <summary>The fault of a certificate that is for other names.</summary>
    public const string OtherNames = "NameMismatch";

    /// <summary>Matches.</summary>
    /// <param name="records">Usable ones.</param>
    /// <param name="chain">As presented.</param>
    /// <param name="names">Any of them does for usage 2: the base domain and the domain that mail is for (RFC 7672 §3.2.2).</param>
    public static TlsaVerdict Match(IReadOnlyList<TlsaRecord> records, PresentedChain chain, IReadOnlyList<string> names)
    {
        ImmutableArray<TlsaMatch> matches = [.. records.Select(r => One(r, chain, names))];
        ImmutableArray<TlsaMatch> counted = [.. matches.Where(m => IsCounted(m.Record, records))];
        var best = counted.Select(m => m.Fit).DefaultIfEmpty(TlsaFit.Mismatch).Min();
        return new TlsaVerdict(best > TlsaFit.FitsUnsent && matches.Any(m => m.Fit == TlsaFit.Fits) ? TlsaFit.StaleDigest : best, matches, counted);
    }

    private static bool IsCounted(TlsaRecord record, IReadOnlyList<TlsaRecord> all) =>
        record.MatchingType != TlsaUse.Sha256
        || !all.Any(r => (r.Usage, r.Selector, r.MatchingType) == (record.Usage, record.Selector, TlsaUse.Sha512));

    private static TlsaMatch One(TlsaRecord record, PresentedChain chain, IReadOnlyList<string> names)
    {
        if (record.Usage == TlsaUse.Server)
        {
            return new TlsaMatch(record, TlsaUse.Names(record, chain.Leaf) ? TlsaFit.Fits : TlsaFit.Mismatch, []);
        }

        if (chain.Path.Skip(1).FirstOrDefault(l => TlsaUse.Names(record, l)) is { } anchor)
        {
            var faults = Faults(chain, chain.Path.IndexOf(anchor) + 1, names);
            return new TlsaMatch(record, !faults.IsEmpty ? TlsaFit.Faulty : anchor.IsSent ? TlsaFit.Fits : TlsaFit.FitsUnsent, faults);
        }

        if (record is { Selector: TlsaUse.Key, MatchingType: TlsaUse.Whole } && chain.BareKeys.Any(k => k.Span.SequenceEqual(record.Association.Span)))
        {
            var faults = Faults(chain, chain.Path.Length, names);
            return new TlsaMatch(record, faults.IsEmpty ? TlsaFit.FitsUnsent : TlsaFit.Faulty, faults);
        }

        return new TlsaMatch(record, chain.Wider.Skip(1).Any(l => TlsaUse.Names(record, l)) ? TlsaFit.NotSent : TlsaFit.Mismatch, []);
    }

    /// <summary>What does not hold in the first <paramref name="count"/> certificates.</summary>
    private static ImmutableArray<string> Faults(PresentedChain chain, int count, IReadOnlyList<string> names) =>
    [
        .. chain.Path.Take(count).SelectMany(l => l.Faults).Distinct().Order(StringComparer.Ordinal),
        .. names.Any(n => CertificateNames.Cover(chain.Names, n)) ? Array.Empty<string>() : [OtherNames],
    ];
}
