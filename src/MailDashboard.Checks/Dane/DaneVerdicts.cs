using System.Collections.Immutable;
using MailDashboard.Checks.StartTls;

namespace MailDashboard.Checks.Dane;

/// <summary>What one address comes to for a sender that goes by DANE.</summary>
internal enum AddressState
{
    /// <summary>It delivers.</summary>
    Fine,

    /// <summary>It could not be seen.</summary>
    Open,

    /// <summary>There is no encryption.</summary>
    NotEncrypted,

    /// <summary>The certificate is refused.</summary>
    Refused,
}

/// <summary>One address, judged.</summary>
/// <param name="Match">How records and chain go together; null where nothing was to be matched.</param>
internal sealed record AddressVerdict(DaneAddress Address, AddressState State, TlsaVerdict? Match)
{
    /// <summary>How the certificate is refused, or just about passes.</summary>
    public TlsaFit Fit => Match?.Fit ?? (State == AddressState.Refused ? TlsaFit.Mismatch : TlsaFit.Fits);
}

/// <summary>Judges addresses.</summary>
internal static class DaneVerdicts
{
    public static ImmutableArray<AddressVerdict> Of(DaneHost host, string domain) => [.. host.Addresses.Select(a => Of(host, a, domain))];

    /// <summary>Whether senders that go by DANE can deliver somewhere; true also where nobody looked.</summary>
    public static bool CanDeliver(DaneObservation seen) => seen.Hosts.Any(h =>
        !h.IsFailing && (h.Addresses.IsEmpty || Of(h, seen.Domain).Any(v => v.State == AddressState.Fine)));

    public static AddressVerdict Of(DaneHost host, DaneAddress address, string domain)
    {
        if (!address.IsMet)
        {
            return new AddressVerdict(address, AddressState.Open, null);
        }

        if (!host.IsInForce)
        {
            return new AddressVerdict(address, AddressState.Fine, null);
        }

        if (!address.IsEncrypted)
        {
            // What speaks no SMTP at all takes no mail from anybody: StartTls says so.
            var fault = StartTlsConversationJudge.FaultOf(address.Seen.Seen!);
            var isKnown = fault is not null && fault != StartTlsFindings.NotSmtp;
            return new AddressVerdict(address, isKnown ? AddressState.NotEncrypted : AddressState.Open, null);
        }

        if (host.Usable is not { IsEmpty: false } usable)
        {
            return new AddressVerdict(address, AddressState.Fine, null);
        }

        var match = address.Chain is { } chain ? TlsaMatcher.Match(usable, chain, [host.Base, domain]) : null;
        return new AddressVerdict(address, match?.Fit <= TlsaFit.FitsUnsent ? AddressState.Fine : AddressState.Refused, match);
    }
}
