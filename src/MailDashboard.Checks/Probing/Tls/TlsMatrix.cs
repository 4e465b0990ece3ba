using System.Collections.Immutable;
using System.Security.Authentication;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>Puts together what single answers say of the versions that a port offers. Pure.</summary>
internal static class TlsMatrix
{
    /// <summary>Nothing is known.</summary>
    public static ImmutableArray<TlsOffer> Open { get; } = [.. Versions.Select(v => new TlsOffer(v, null))];

    private static ImmutableArray<SslProtocols> Versions => [TlsVersions.Tls10, TlsVersions.Tls11, SslProtocols.Tls12, SslProtocols.Tls13];

    /// <summary>The verdict on each version.</summary>
    /// <param name="negotiated">What the TLS library negotiated; null where it did not come to that.</param>
    /// <param name="answers">What was answered to each <see cref="TlsHello"/>.</param>
    public static ImmutableArray<TlsOffer> Settle(SslProtocols? negotiated, IReadOnlyList<(SslProtocols Asked, TlsAnswer Answer)> answers)
    {
        var isProven = negotiated is not null || answers.Any(a => a.Answer.IsAccepted);
        return [.. Versions.Select(v => new TlsOffer(v, Settle(v, negotiated, answers, isProven)))];
    }

    private static bool? Settle(SslProtocols version, SslProtocols? negotiated, IReadOnlyList<(SslProtocols Asked, TlsAnswer Answer)> answers, bool isProven)
    {
        if (negotiated == version || answers.Any(a => a.Answer.IsAccepted && a.Answer.Version == version))
        {
            return true;
        }

        // Offered a range, a server takes the newest that it has: an older choice speaks against everything above it.
        var passedOver = answers.Any(a => a.Answer.IsAccepted && a.Answer.Version < version && Covers(a.Asked, version));
        var refused = answers.Any(a => a.Answer.Kind == TlsAnswerKind.Refused && Covers(a.Asked, version));

        // Hanging up may be anything, unless the port is known to work with another version.
        var hungUp = isProven && answers.Any(a => a.Answer.Kind == TlsAnswerKind.Closed && Covers(a.Asked, version));
        return passedOver || refused || hungUp ? false : null;
    }

    private static bool Covers(SslProtocols asked, SslProtocols version) =>
        asked == version || (version < asked && asked <= TlsVersions.Tls11);
}
