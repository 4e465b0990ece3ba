using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace MailDashboard.Checks.Probing.Smtp;

/// <summary>Keeps a conversation for the transcript: bounded, and harmless to show or to log.</summary>
internal sealed class ConversationLog(TimeProvider time)
{
    private const int LineLimit = 1000;
    private const int Limit = 300;

    private readonly long _start = time.GetTimestamp();
    private readonly ImmutableArray<ConversationLine>.Builder _lines = ImmutableArray.CreateBuilder<ConversationLine>();

    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    public ImmutableArray<ConversationLine> Lines => _lines.ToImmutable();

    public void Server(string line) => Add(fromServer: true, line);

    public void Client(string line) => Add(fromServer: false, line);

    /// <summary>Control and format characters become a visible escape: they could forge a log line or rearrange a page.</summary>
    public static string Clean(string line)
    {
        var text = new StringBuilder(Math.Min(line.Length, LineLimit));
        foreach (var c in line)
        {
            if (text.Length >= LineLimit)
            {
                text.Length = LineLimit - 1;
                return text.Append('…').ToString();
            }

            var category = char.GetUnicodeCategory(c);
            _ = category is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Surrogate
                ? text.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}")
                : text.Append(c);
        }

        return text.ToString();
    }

    private void Add(bool fromServer, string line)
    {
        if (_lines.Count < Limit)
        {
            _lines.Add(new ConversationLine(Elapsed, fromServer, Clean(line)));
        }
    }
}
