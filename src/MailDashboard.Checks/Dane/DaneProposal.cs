using System.Collections.Immutable;
using System.Security.Cryptography;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dane;

/// <summary>What to publish: the digest of the key that is in use, which stays right at renewals that keep the key (RFC 7672 §3.1.1).</summary>
public static class DaneProposal
{
    /// <summary>The record for the first address that showed a certificate; null where none did.</summary>
    public static ProposedRecord? Of(DaneHost host) =>
        Values(host) is [var value, ..] ? new ProposedRecord(host.Owner, "TLSA", value) : null;

    /// <summary>As it would be written for each certificate that was presented: one, unless addresses differ.</summary>
    public static ImmutableArray<string> Values(DaneHost host) =>
        [.. host.Addresses.Select(a => a.Chain).OfType<PresentedChain>().Select(c => Value(c.Leaf)).Distinct()];

    /// <summary><c>3 1 1</c> and the digest of the key.</summary>
    public static string Value(ChainLink link) => $"3 1 1 {Convert.ToHexStringLower(SHA256.HashData(link.Key.Span))}";

    /// <summary>Records as people write them, one a line.</summary>
    public static string Text(IEnumerable<TlsaRecord> records) => string.Join('\n', records.Select(DnsRecordText.Of));
}
