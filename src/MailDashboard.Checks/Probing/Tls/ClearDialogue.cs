using System.Collections.Immutable;
using System.Text;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>Lines of IMAP or POP3 over one stream, bounded in number and length; read octet by octet of a buffer, never past the handshake.</summary>
internal sealed class ClearDialogue(Stream stream)
{
    private const int LineLimit = 8 * 1024;
    private const int LinesLimit = 200;
    private readonly byte[] _buffer = new byte[1024];
    private int _start;
    private int _end;
    private int _lines;

    /// <summary>Octets came that nobody asked for.</summary>
    public bool HasBuffered => _end > _start;

    /// <summary>Sends a line.</summary>
    public async Task SendAsync(string line, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The next line, cleaned; null where the server hung up or writes without end.</summary>
    public async Task<string?> LineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (line.Length <= LineLimit && _lines < LinesLimit)
        {
            var newLine = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var length = newLine < 0 ? _end - _start : newLine;
            line.Append(Encoding.Latin1.GetString(_buffer, _start, length));
            _start += newLine < 0 ? length : length + 1;
            if (newLine >= 0)
            {
                _lines++;
                return ConversationLog.Clean(line.ToString().TrimEnd('\r'));
            }

            _start = 0;
            _end = await stream.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false);
            if (_end == 0)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Lines up to the one that <paramref name="isLast"/>, that one included; null where it never came.</summary>
    public async Task<ImmutableArray<string>?> LinesAsync(Func<string, bool> isLast, CancellationToken cancellationToken)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        while (await LineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            lines.Add(line);
            if (isLast(line))
            {
                return lines.ToImmutable();
            }
        }

        return null;
    }
}
