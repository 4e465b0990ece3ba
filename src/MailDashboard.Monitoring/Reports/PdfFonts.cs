using PdfSharp.Drawing;
using PdfSharp.Fonts;

namespace MailDashboard.Monitoring.Reports;

/// <summary>The two fonts of a PDF, from the assembly: a machine without any font writes the same file.</summary>
internal sealed class PdfFonts : IFontResolver
{
    private const string Family = "DejaVu Sans";
    private const string Regular = "DejaVuSans.ttf";
    private const string Bold = "DejaVuSans-Bold.ttf";

    // PDFsharp keeps one resolver for the whole process, and takes it only before the first font.
    static PdfFonts() => GlobalFontSettings.FontResolver = new PdfFonts();

    public static XFont Of(double size, bool isBold) => new(Family, size, isBold ? XFontStyleEx.Bold : XFontStyleEx.Regular);

    public FontResolverInfo ResolveTypeface(string familyName, bool bold, bool italic) => new(bold ? Bold : Regular);

    public byte[] GetFont(string faceName)
    {
        using var stream = typeof(PdfFonts).Assembly.GetManifestResourceStream($"Fonts/{faceName}") ?? throw new InvalidOperationException($"The font {faceName} is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
