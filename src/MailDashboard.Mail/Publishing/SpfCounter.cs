using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Spf;

namespace MailDashboard.Mail.Publishing;

/// <summary>What a record that is not published yet would cost, and whether receivers could evaluate it.</summary>
/// <param name="Count">The numbers.</param>
/// <param name="Obstacle">Why receivers would end in an error; null where they would not.</param>
/// <param name="Notes">What is to be known besides.</param>
internal sealed record CountedSpf(SpfCount Count, Reason? Obstacle, ImmutableArray<Reason> Notes);

/// <summary>Counts with the same tree that the check of a published record walks.</summary>
internal static class SpfCounter
{
    /// <summary>From here on it is worth a word: the next service may be one too many.</summary>
    private const int Close = 8;

    public static async Task<CountedSpf> CountAsync(IDnsResolver dns, string owner, string text, CancellationToken cancellationToken)
    {
        var tree = await SpfTreeWalker.WalkDraftAsync(dns, owner, text, cancellationToken).ConfigureAwait(false);
        var costs = tree.Root.Terms.Where(t => t.TotalCost > 0).OrderByDescending(t => t.TotalCost).Select(t => new SpfTermCost(t.Text, t.TotalCost)).ToImmutableArray();
        var count = new SpfCount(tree.Lookups, tree.Voids, costs, tree.IsComplete);
        return new CountedSpf(count, Obstacle(tree, count), [.. Notes(count)]);
    }

    private static Reason? Obstacle(SpfTree tree, SpfCount count)
    {
        if (tree.Walk().FirstOrDefault(w => w.Node.Note == SpfNote.Loop).Node is { } loop)
        {
            return Reason.Of(Because.SpfLoop, loop.Text);
        }

        var broken = tree.Walk().Select(w => w.Node).FirstOrDefault(n => n.Included is { State: not (SpfRecordState.Valid or SpfRecordState.Undetermined) });
        if (broken is not null)
        {
            return Reason.Of(Because.SpfIncludeBroken, broken.Text);
        }

        if (count.Lookups > SpfLimits.Lookups)
        {
            return Reason.Of(Because.SpfTooManyLookups, Number(count.Lookups), Number(SpfLimits.Lookups), string.Join(", ", count.Costs.Select(c => $"{c.Term} = {Number(c.Lookups)}")));
        }

        return count.Voids > SpfLimits.VoidLookups
            ? Reason.Of(Because.SpfTooManyVoids, Number(count.Voids), string.Join(", ", tree.Walk().Where(w => w.Node.Note == SpfNote.Void).Select(w => w.Node.Text)))
            : null;
    }

    private static IEnumerable<Reason> Notes(SpfCount count)
    {
        if (!count.IsComplete)
        {
            yield return Reason.Of(Because.SpfNotCounted, Number(count.Lookups));
        }
        else if (count.Lookups is >= Close and <= SpfLimits.Lookups)
        {
            yield return Reason.Of(Because.SpfNearLimit, Number(count.Lookups), Number(SpfLimits.Lookups));
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
