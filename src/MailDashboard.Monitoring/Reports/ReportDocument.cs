using System.Globalization;

namespace MailDashboard.Monitoring.Reports;

/// <summary>What a part of a report is about.</summary>
public enum ReportPart
{
    Urgent,
    Worse,
    Decisions,
    Score,
    Better,
    Listings,
    Providers,
    Tags,
    Reading,
}

/// <summary>A report in the reader's language: plain text everywhere, encoding is left to whoever shows it.</summary>
/// <param name="Title">"Mail domains, March 2026".</param>
/// <param name="Span">Which days it is about.</param>
/// <param name="Subject">Of the mail: what one has to know if one reads nothing else.</param>
/// <param name="IsUrgent">Something cannot wait for the next report.</param>
/// <param name="Lead">Whether anything is urgent, then the score.</param>
/// <param name="Trend">Day and mean, in the order of time; empty where there is no line to draw.</param>
public sealed record ReportDocument(
    CultureInfo Culture,
    string Title,
    string Span,
    string Subject,
    bool IsUrgent,
    IReadOnlyList<string> Lead,
    IReadOnlyList<ReportSection> Sections,
    IReadOnlyList<(DateOnly Day, double Mean)> Trend)
{
    public string Language => Culture.TwoLetterISOLanguageName;
}

/// <summary>A part of a report.</summary>
public sealed record ReportSection(ReportPart Part, string Heading)
{
    public IReadOnlyList<string> Sentences { get; init; } = [];

    public IReadOnlyList<ReportItem> Items { get; init; } = [];

    public IReadOnlyList<ReportBar> Bars { get; init; } = [];

    /// <summary>Said after the rest.</summary>
    public string? Note { get; init; }
}

/// <summary>One thing, with what is to be known of it.</summary>
public sealed record ReportItem(string Title, IReadOnlyList<(string Label, string Text)> Rows);

/// <summary>A bar with its words.</summary>
/// <param name="Share">0 to 1 of the widest there can be.</param>
/// <param name="Grade">Letter that gives the colour.</param>
public sealed record ReportBar(string Label, double Share, string Text, string Grade);
