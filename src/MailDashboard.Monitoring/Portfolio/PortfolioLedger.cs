using System.Text.Json;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Portfolio;

/// <summary>
/// Adds up what held at the end of each day, for all domains and for tags. Takes spans, not days: a score that held for a year is two
/// additions. Pure.
/// </summary>
internal sealed class PortfolioLedger
{
    private static readonly string[] Letters = ["A", "B", "C", "D", "E"];
    private readonly DateOnly _from;
    private readonly int _days;
    private readonly string[] _tags;
    private readonly Column[] _columns;
    private bool _isSummed;

    /// <param name="tags">One column each; the empty one is all domains.</param>
    public PortfolioLedger(DateOnly from, DateOnly to, IEnumerable<string> tags)
    {
        (_from, _days, _tags) = (from, to.DayNumber - from.DayNumber + 1, [.. tags]);
        _columns = [.. _tags.Select(_ => new Column(_days))];
    }

    public void AddDomain(int[] columns, DateTimeOffset createdAt) => Span(createdAt, null, columns, (c, start, end) => Add(c.Domains, start, end, 1));

    public void AddScore(int[] columns, DateTimeOffset at, DateTimeOffset? until, double value, string grade, int tableVersion)
    {
        var (tenths, letter) = ((long)Math.Round(value * 10), Array.IndexOf(Letters, grade));
        Span(at, until, columns, (c, start, end) =>
        {
            Add(c.Scored, start, end, 1);
            Add(c.Tenths, start, end, tenths);
            c.Versions[start] = Math.Max(c.Versions[start], tableVersion);
            if (letter >= 0)
            {
                Add(c.Grades[letter], start, end, 1);
            }
        });
    }

    public void AddProblem(int[] columns, DateTimeOffset at, DateTimeOffset? until) => Span(at, until, columns, (c, start, end) => Add(c.Problems, start, end, 1));

    /// <summary>One domain's listings in the order of their beginnings: a day on two lists is one day.</summary>
    public void AddListings(int[] columns, IEnumerable<(DateTimeOffset From, DateTimeOffset? Until)> spans)
    {
        var done = 0;
        foreach (var (from, until) in spans)
        {
            // Here the day of the end counts too: it was listed for a part of it.
            var start = Math.Max(done, Index(from));
            var end = until is { } over ? Math.Min(_days, Index(over) + 1) : _days;
            if (start < end)
            {
                foreach (var column in columns)
                {
                    Add(_columns[column].Listed, start, end, 1);
                }

                done = end;
            }
        }
    }

    /// <summary>The rows, day by day; a day on which a tag had no domain has none. Nothing can be added afterwards.</summary>
    public IEnumerable<PortfolioDay> Rows()
    {
        if (!_isSummed)
        {
            _isSummed = true;
            Array.ForEach(_columns, c => c.SumUp());
        }

        for (var day = 0; day < _days; day++)
        {
            for (var tag = 0; tag < _tags.Length; tag++)
            {
                if (_columns[tag].Domains[day] > 0)
                {
                    yield return Row(_columns[tag], day, _tags[tag]);
                }
            }
        }
    }

    private PortfolioDay Row(Column column, int day, string tag) => new()
    {
        Day = _from.AddDays(day),
        Tag = tag,
        DomainCount = (int)column.Domains[day],
        ScoredCount = (int)column.Scored[day],
        ScoreSum = column.Tenths[day] / 10.0,
        TableVersion = column.Versions[day],
        GradesJson = JsonSerializer.Serialize(Enumerable.Range(0, Letters.Length).Where(g => column.Grades[g][day] > 0).ToDictionary(g => Letters[g], g => column.Grades[g][day])),
        ListedCount = (int)column.Listed[day],
        ProblemCount = (int)column.Problems[day],
    };

    /// <summary>From the day of the beginning to the day before that of the end: at the end of that one it was over.</summary>
    private void Span(DateTimeOffset at, DateTimeOffset? until, int[] columns, Action<Column, int, int> add)
    {
        var start = Math.Max(0, Index(at));
        var end = until is { } over ? Math.Min(_days, Index(over)) : _days;
        if (start < end)
        {
            foreach (var column in columns)
            {
                add(_columns[column], start, end);
            }
        }
    }

    private int Index(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime).DayNumber - _from.DayNumber;

    private static void Add(long[] differences, int start, int end, long amount)
    {
        differences[start] += amount;
        differences[end] -= amount;
    }

    private sealed class Column(int days)
    {
        public long[] Domains { get; } = new long[days + 1];

        public long[] Scored { get; } = new long[days + 1];

        public long[] Tenths { get; } = new long[days + 1];

        public long[] Listed { get; } = new long[days + 1];

        public long[] Problems { get; } = new long[days + 1];

        public long[][] Grades { get; } = [.. Letters.Select(_ => new long[days + 1])];

        public int[] Versions { get; } = new int[days + 1];

        public void SumUp()
        {
            foreach (var differences in new[] { Domains, Scored, Tenths, Listed, Problems }.Concat(Grades))
            {
                for (var day = 1; day < differences.Length; day++)
                {
                    differences[day] += differences[day - 1];
                }
            }

            for (var day = 1; day < Versions.Length; day++)
            {
                Versions[day] = Math.Max(Versions[day], Versions[day - 1]);
            }
        }
    }
}
