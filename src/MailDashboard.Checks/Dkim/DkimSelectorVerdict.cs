using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dkim;

/// <summary>What one selector's answer amounts to.</summary>
/// <param name="Selector">The answer.</param>
/// <param name="Records">Its texts as key records; what is no key record is left out of a well-known selector's.</param>
/// <param name="IsFromWildcard">The same texts answer for a selector that nobody has.</param>
internal sealed record DkimSelectorVerdict(DkimSelectorAnswer Selector, ImmutableArray<DkimKeyRecord> Records, bool IsFromWildcard)
{
    /// <summary>Texts beyond this many are not read.</summary>
    private const int MaximumRecords = 10;

    /// <summary>The key that verifiers would use: the best of those published.</summary>
    public DkimKeyRecord? Best => Records.OrderBy(r => r.State).ThenByDescending(r => r.Key.Bits).FirstOrDefault();

    /// <summary>A key that mail can be verified with, RFC 8301's minimum included.</summary>
    public bool IsUsable =>
        Best is { State: DkimKeyState.Valid } key && key.AllowsSha256 && key.AllowsMail && (key.IsEd25519 || key.Key.Bits >= DkimAnalyzer.MinimumBits);

    /// <summary>It counts: stated by the owner, or found and not a wildcard's.</summary>
    public bool Counts => Selector.IsGiven || !IsFromWildcard;

    public static DkimSelectorVerdict Of(DkimSelectorAnswer selector, DnsAnswer? wildcard)
    {
        var records = selector.Answer.Texts.Take(MaximumRecords).Select(DkimKeyRecord.Parse);
        var fromWildcard = selector.Answer.Status == DnsStatus.Answered
            && wildcard is { Status: DnsStatus.Answered }
            && wildcard.Texts.Order(StringComparer.Ordinal).SequenceEqual(selector.Answer.Texts.Order(StringComparer.Ordinal));
        return new DkimSelectorVerdict(
            selector,
            [.. selector.IsGiven ? records : records.Where(r => r.State != DkimKeyState.NotDkim)],
            fromWildcard);
    }
}
