using System.Collections.Immutable;

namespace MailDashboard.Checks.Dane;

/// <summary>One certificate of a chain.</summary>
/// <param name="Certificate">Its DER.</param>
/// <param name="Key">Its SubjectPublicKeyInfo, DER.</param>
/// <param name="IsSent">The server sent it.</param>
/// <param name="Faults">What is wrong with it in its place, as <c>NotTimeValid</c> or <c>InvalidBasicConstraints</c>; that the chain leads to no known root is none.</param>
public sealed record ChainLink(ReadOnlyMemory<byte> Certificate, ReadOnlyMemory<byte> Key, bool IsSent, ImmutableArray<string> Faults);

/// <summary>The chain that a server presented, as senders that go by DANE see it.</summary>
/// <param name="Path">Each certificate followed by that of its issuer, of those sent and those in TLSA records; the server's own first.</param>
/// <param name="Wider">The same, where our own trusted roots may complete it: shows the authority that was meant and not sent.</param>
/// <param name="BareKeys">Keys of TLSA records (2 1 0) that signed the last certificate of <paramref name="Path"/>.</param>
/// <param name="Names">Names that the server's own certificate is for.</param>
public sealed record PresentedChain(
    ImmutableArray<ChainLink> Path, ImmutableArray<ChainLink> Wider, ImmutableArray<ReadOnlyMemory<byte>> BareKeys, ImmutableArray<string> Names)
{
    /// <summary>The server's own certificate.</summary>
    public ChainLink Leaf => Path[0];
}
