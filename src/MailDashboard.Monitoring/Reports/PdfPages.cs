using System.Globalization;
using MailDashboard.Mail.Sending;
using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace MailDashboard.Monitoring.Reports;

/// <summary>A4 pages that are filled from the top: breaks lines and pages, and ends at the last page there may be. In points of 1/72 inch.</summary>
internal sealed class PdfPages(PdfDocument document, string cutNote) : IDisposable
{
    public const double Left = 56;
    public const double Width = 595 - (2 * Left);
    private const double Top = 56;
    private const double Bottom = 842 - 64;
    private const double LineFactor = 1.4;

    /// <summary>Lines of a heading that stay together.</summary>
    private const int MostKept = 4;
    private const int MostPages = 40;

    private XGraphics? _graphics;

    public double Y { get; private set; } = double.MaxValue;

    /// <summary>No page is left.</summary>
    public bool IsFull { get; private set; }

    public XGraphics Graphics => _graphics ?? throw new InvalidOperationException("Nothing was asked for yet.");

    public static XSolidBrush Brush(string colour) => new(Colour(colour));

    public static XPen Pen(string colour, double width) => new(Colour(colour), width);

    /// <summary>Makes room, on a new page where this one has none.</summary>
    /// <returns>False where there is no page left.</returns>
    public bool Need(double height)
    {
        if (IsFull || Y + height <= Bottom)
        {
            return !IsFull;
        }

        if (document.PageCount == MostPages)
        {
            IsFull = true;
            Graphics.DrawString(cutNote, PdfFonts.Of(8, isBold: false), Brush(ReportColours.Muted), Left, Bottom + 14);
            return false;
        }

        var page = document.AddPage();
        page.Size = PageSize.A4;
        _graphics?.Dispose();
        _graphics = XGraphics.FromPdfPage(page);
        Y = Top;
        return true;
    }

    public void Skip(double height) => Y += height;

    /// <summary>Text in lines, as many as it takes.</summary>
    /// <param name="keep">Room that must follow on the same page: a heading does not stand alone at the end of one.</param>
    public void Write(string text, double size, bool isBold = false, string colour = ReportColours.Text, double indent = 0, double keep = 0)
    {
        // Before the first page there is nothing to measure with.
        if (!Need((size * LineFactor) + keep))
        {
            return;
        }

        var font = PdfFonts.Of(size, isBold);
        var lines = Lines(text, font, Width - indent).ToList();
        if (keep > 0 && !Need((Math.Min(lines.Count, MostKept) * size * LineFactor) + keep))
        {
            return;
        }

        foreach (var line in lines)
        {
            if (!Need(size * LineFactor))
            {
                return;
            }

            Graphics.DrawString(line, font, Brush(colour), Left + indent, Y + size);
            Y += size * LineFactor;
        }
    }

    /// <summary>A label in a column of its own, and its text beside it.</summary>
    public void Pair(string label, string text, double size, double column)
    {
        if (!Need(size * LineFactor * 2))
        {
            return;
        }

        Graphics.DrawString(Clean(label), PdfFonts.Of(size, isBold: false), Brush(ReportColours.Muted), Left + 12, Y + size);
        Write(text, size, indent: column);
    }

    public void Dispose() => _graphics?.Dispose();

    private static XColor Colour(string hex)
    {
        var value = int.Parse(hex.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return XColor.FromArgb((value >> 16) & 255, (value >> 8) & 255, value & 255);
    }

    private static string Clean(string text) => OutgoingMime.OneLine(text);

    /// <summary>Words by words; a word that is wider than the line is cut where it must be.</summary>
    private IEnumerable<string> Lines(string text, XFont font, double width)
    {
        var line = "";
        foreach (var word in Clean(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var rest = word;
            var longer = line.Length == 0 ? rest : $"{line} {rest}";
            if (Fits(longer))
            {
                line = longer;
                continue;
            }

            if (line.Length > 0)
            {
                yield return line;
            }

            while (!Fits(rest))
            {
                var (low, high) = (1, rest.Length - 1);
                while (low < high)
                {
                    var middle = (low + high + 1) / 2;
                    (low, high) = Fits(rest[..middle]) ? (middle, high) : (low, middle - 1);
                }

                low = low > 1 && char.IsHighSurrogate(rest[low - 1]) ? low - 1 : low;
                yield return rest[..low];
                rest = rest[low..];
            }

            line = rest;
        }

        if (line.Length > 0)
        {
            yield return line;
        }

        bool Fits(string part) => part.Length <= 1 || Graphics.MeasureString(part, font).Width <= width;
    }
}
