using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Mx;

namespace MailDashboard.Checks.StartTls;

/// <summary>What was seen of the encryption of incoming mail.</summary>
/// <param name="Domain">The audited domain.</param>
/// <param name="Receives">It takes mail.</param>
/// <param name="Targets">Where its mail goes.</param>
/// <param name="Probes">The conversation with each address.</param>
/// <param name="At">When, for what is left of a certificate's life.</param>
/// <param name="HasMtaSts">It publishes MTA-STS (RFC 8461 §3.1): senders then insist on name and chain.</param>
public sealed record StartTlsObservation(
    string Domain,
    bool Receives,
    MxTargets Targets,
    ImmutableArray<MxProbe> Probes,
    DateTimeOffset At,
    bool HasMtaSts)
{
    /// <summary>
    /// Where the certificate is one that a usable, DNSSEC-validated TLSA record of usage 3 names: senders that go by DANE ignore their chain and
    /// name (RFC 7672 §3.1.1), the others encrypt with any.
    /// </summary>
    public ImmutableHashSet<(string Host, IPAddress Address)> Pinned { get; init; } = [];
}
