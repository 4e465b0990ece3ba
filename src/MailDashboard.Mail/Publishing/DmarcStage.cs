using System.Collections.Immutable;

namespace MailDashboard.Mail.Publishing;

/// <summary>How far DMARC is taken (RFC 9989). Ordered: a later one is stricter.</summary>
public enum DmarcStage
{
    /// <summary><c>p=none</c>: reports come, nothing happens to mail.</summary>
    Monitor,

    /// <summary><c>p=quarantine; t=y</c>: announced, and not done yet.</summary>
    TestQuarantine,

    /// <summary><c>p=quarantine</c>: mail that fails is suspicious.</summary>
    Quarantine,

    /// <summary><c>p=reject</c>: mail that fails is refused.</summary>
    Reject,
}

/// <summary>What aggregate reports said during the present stage.</summary>
/// <param name="From">First day that is covered (UTC).</param>
/// <param name="To">Last moment that is covered (UTC).</param>
/// <param name="Messages">Messages in them, those of known forgers left out.</param>
/// <param name="Aligned">How many of these passed DMARC: SPF or DKIM under the domain itself.</param>
/// <param name="FailingSources">Sources that the user knows as own, and that failed.</param>
public sealed record DmarcEvidence(DateTimeOffset From, DateTimeOffset To, long Messages, long Aligned, ImmutableArray<string> FailingSources)
{
    /// <summary>Share of mail that passed, 0 to 1; null where no message was reported: nothing of nothing is no proof.</summary>
    public double? Share => Messages > 0 ? (double)Aligned / Messages : null;
}
