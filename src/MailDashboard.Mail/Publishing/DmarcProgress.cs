using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks;

namespace MailDashboard.Mail.Publishing;

/// <summary>Whether the next stage may be taken.</summary>
/// <param name="Stage">The present one.</param>
/// <param name="Next">The next one; null where there is none.</param>
/// <param name="Earliest">Not before (UTC); null where there is no next stage, or the present one has not begun.</param>
/// <param name="Missing">What is missing; empty where the next stage may be taken now.</param>
public sealed record DmarcProgress(DmarcStage Stage, DmarcStage? Next, DateTimeOffset? Earliest, ImmutableArray<Reason> Missing)
{
    /// <summary>Share of mail that has to pass before anything happens to the rest.</summary>
    public const double EnoughShare = 0.98;

    /// <summary>Fewer messages than this prove nothing.</summary>
    public const long EnoughMessages = 50;

    /// <summary>The next stage may be taken now.</summary>
    public bool IsReady => Next is not null && Missing.IsEmpty;

    /// <summary>
    /// Days that a stage takes at least: a full turn of what an organisation sends, newsletters and invoices of a month included, before the
    /// first and the last step that harm mail.
    /// </summary>
    public static int Days(DmarcStage stage) => stage switch
    {
        DmarcStage.Monitor => 28,
        DmarcStage.TestQuarantine => 14,
        _ => 28,
    };

    /// <summary>The next stage is not to be taken before (UTC).</summary>
    public static DateTimeOffset EarliestOf(DmarcStage stage, DateTimeOffset since) => since.AddDays(Days(stage));

    /// <summary>Says what is missing for the next stage. Pure.</summary>
    /// <param name="stage">The present stage.</param>
    /// <param name="since">Since when (UTC); null where its record was not seen yet.</param>
    /// <param name="evidence">What reports said during it; null where none came.</param>
    /// <param name="signs">What was seen beside them.</param>
    /// <param name="now">Now (UTC).</param>
    public static DmarcProgress Of(DmarcStage stage, DateTimeOffset? since, DmarcEvidence? evidence, DmarcSigns signs, DateTimeOffset now)
    {
        if (stage == DmarcStage.Reject)
        {
            return new DmarcProgress(stage, null, null, []);
        }

        if (since is not { } begun)
        {
            return new DmarcProgress(stage, stage + 1, null, [Reason.Of(Because.StageNotSeen)]);
        }

        var (days, earliest) = (Days(stage), EarliestOf(stage, begun));
        return new DmarcProgress(stage, stage + 1, earliest, [.. Lacking(days, begun, earliest, evidence, now), .. Lacking(signs)]);
    }

    private static IEnumerable<Reason> Lacking(int days, DateTimeOffset since, DateTimeOffset earliest, DmarcEvidence? evidence, DateTimeOffset now)
    {
        if (now < earliest)
        {
            yield return Reason.Of(Because.StageTooYoung, Number(days), earliest.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        if (evidence?.Share is not { } share)
        {
            yield return Reason.Of(Because.StageNoReports);
            yield break;
        }

        var from = evidence.From > since ? evidence.From : since;
        var covered = (int)Math.Floor((evidence.To - from).TotalDays);
        if (covered < days)
        {
            yield return Reason.Of(Because.StageFewDays, Number(Math.Max(covered, 0)), Number(days));
        }

        if (evidence.Messages < EnoughMessages)
        {
            yield return Reason.Of(Because.StageFewMessages, Number(evidence.Messages), Number(EnoughMessages));
        }

        if (share < EnoughShare)
        {
            yield return Reason.Of(Because.StageShare, Percent(share), Percent(EnoughShare));
        }

        if (!evidence.FailingSources.IsEmpty)
        {
            yield return Reason.Of(Because.StageFailingSources, string.Join(", ", evidence.FailingSources));
        }
    }

    /// <summary>A test that fails, or a fault that a check found, outweighs every report; that both are well replaces none.</summary>
    private static IEnumerable<Reason> Lacking(DmarcSigns signs)
    {
        if (!signs.IsChecked)
        {
            yield return Reason.Of(Because.StageNotChecked);
        }

        if (!signs.Faults.IsEmpty)
        {
            yield return Reason.Of(Because.StageFaults, string.Join(", ", signs.Faults));
        }

        if (signs.Failed > 0)
        {
            yield return Reason.Of(Because.StageTestsFail, Number(signs.Failed), Number(signs.Failed + signs.Passed));
        }
        else if (signs.Passed == 0)
        {
            yield return Reason.Of(Because.StageNoTest);
        }
    }

    /// <summary>Rounded down: 97.99 % is not 98 %.</summary>
    private static string Percent(double share) => (Math.Floor(share * 1000) / 10).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
