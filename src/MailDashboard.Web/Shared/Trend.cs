using System.Globalization;
using System.Text;

namespace MailDashboard.Web.Shared;

/// <summary>A value from its moment on, until the next one.</summary>
public sealed record TrendPoint(DateTimeOffset At, double Value);

/// <summary>Something that happened, shown on the line.</summary>
public sealed record TrendEvent(DateTimeOffset At, string Text, MailDashboard.Checks.Severity? Severity = null)
{
    /// <summary>From here on it is another measure: a line through the whole height, not a point on the trend.</summary>
    public bool IsBreak { get; init; }
}

/// <summary>The geometry of a trend: per cent of the width and of the height.</summary>
internal sealed class Trend(IReadOnlyList<TrendPoint> points, DateTimeOffset from, DateTimeOffset until, double maximum)
{
    private readonly double _span = Math.Max(1, (until - from).TotalSeconds);

    public double X(DateTimeOffset at) => Math.Clamp((at - from).TotalSeconds / _span, 0, 1) * 100;

    public double Y(double value) => 100 - (Math.Clamp(value / maximum, 0, 1) * 100);

    /// <summary>History is written on change, so the line goes in steps: a value holds until the next.</summary>
    public string Path()
    {
        if (points.Count == 0)
        {
            return "";
        }

        var path = new StringBuilder();
        path.Append(CultureInfo.InvariantCulture, $"M{X(points[0].At):0.##} {Y(points[0].Value):0.##}");
        foreach (var point in points.Skip(1))
        {
            path.Append(CultureInfo.InvariantCulture, $"H{X(point.At):0.##}V{Y(point.Value):0.##}");
        }

        return path.Append("H100").ToString();
    }

    /// <summary>The value that held at a moment; null before the first.</summary>
    public double? ValueAt(DateTimeOffset at) => points.LastOrDefault(p => p.At <= at)?.Value;
}
