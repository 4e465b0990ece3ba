using System.Collections.Immutable;
using MailDashboard.Checks.Dmarc;

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

/// <summary>Reads stages from records.</summary>
public static class DmarcStages
{
    /// <summary>The stage that the texts at <c>_dmarc</c> amount to; null where receivers find no single record that they apply.</summary>
    public static DmarcStage? Of(IEnumerable<string> texts) =>
        texts.Select(DmarcRecord.Parse).OfType<DmarcRecord>().ToList() is [{ IsApplied: true } one] ? DmarcPlanner.StageOf(one) : null;
}

/// <summary>What this dashboard itself saw of a domain's mail: much less than reports tell, because it sees only what it sends and asks.</summary>
/// <param name="Passed">Test messages that passed DMARC in the present stage.</param>
/// <param name="Failed">Those that did not.</param>
/// <param name="Faults">Codes of what checks found wrong with SPF, DKIM or DMARC, of weight Error or more.</param>
/// <param name="IsChecked">These checks were made and could be determined.</param>
public sealed record DmarcSigns(int Passed, int Failed, ImmutableArray<string> Faults, bool IsChecked)
{
    /// <summary>Nobody looked.</summary>
    public static DmarcSigns None { get; } = new(0, 0, [], IsChecked: false);
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
