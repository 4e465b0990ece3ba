using System.Collections.Immutable;

namespace MailDashboard.Mail.Guides;

/// <summary>One day of a plan.</summary>
/// <param name="Day">The first is 1.</param>
/// <param name="Date">In the reader's calendar.</param>
/// <param name="Most">Messages that day, all recipients counted.</param>
public sealed record WarmUpDay(int Day, DateOnly Date, int Most);

/// <summary>
/// How much a sending address that nobody knows yet sends on which day. Mailbox providers publish no numbers; they say to begin small,
/// with readers who want the mail, and to grow steadily. This doubles up to a thousand a day and then adds half a day.
/// </summary>
public static class WarmUpPlan
{
    /// <summary>Messages of the first day.</summary>
    public const int First = 50;

    /// <summary>Up to here each day doubles the one before.</summary>
    public const int DoublesUntil = 1_000;

    /// <summary>Longest plan, in days; a larger volume goes on at the last day's pace.</summary>
    public const int Longest = 45;

    /// <summary>The days until a volume is reached; the last one carries it.</summary>
    /// <param name="perDay">Messages of a usual day; less than one is read as one.</param>
    /// <param name="from">The first day.</param>
    public static ImmutableArray<WarmUpDay> For(int perDay, DateOnly from)
    {
        var (goal, most) = (Math.Max(1, perDay), First);
        var days = ImmutableArray.CreateBuilder<WarmUpDay>();
        for (var day = 1; day <= Longest; day++)
        {
            days.Add(new(day, from.AddDays(day - 1), Math.Min(most, goal)));
            if (most >= goal)
            {
                break;
            }

            most = most < DoublesUntil ? most * 2 : most + (most / 2);
        }

        return days.ToImmutable();
    }
}
