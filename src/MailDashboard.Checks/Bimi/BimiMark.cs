using System.Collections.Immutable;

namespace MailDashboard.Checks.Bimi;

/// <summary>A logo that a certificate speaks of (RFC 9399 §4.1).</summary>
/// <param name="Hashes">Object identifier of the algorithm, and the hash.</param>
/// <param name="Embedded">The logo itself where it is in the certificate, decompressed; empty otherwise.</param>
public sealed record BimiLogotype(ImmutableArray<(string Algorithm, ReadOnlyMemory<byte> Hash)> Hashes, ReadOnlyMemory<byte> Embedded);

/// <summary>A mark certificate (VMC, CMC) as it was fetched.</summary>
/// <param name="Subject">Distinguished name.</param>
/// <param name="Issuer">Distinguished name.</param>
/// <param name="Names">DNS names that it is for.</param>
/// <param name="NotBefore">Start of its life, UTC.</param>
/// <param name="NotAfter">End of its life, UTC.</param>
/// <param name="IsForMarks">It has the purpose 1.3.6.1.5.5.7.3.31.</param>
/// <param name="Logotypes">The logos that it speaks of; empty where none can be read.</param>
/// <param name="ChainStatus">Empty where it leads to a root supplied; null where none was supplied.</param>
public sealed record BimiMark(
    string Subject,
    string Issuer,
    ImmutableArray<string> Names,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    bool IsForMarks,
    ImmutableArray<BimiLogotype> Logotypes,
    ImmutableArray<string>? ChainStatus);
