using System.Globalization;
using System.Text;

namespace MailDashboard.Checks.Probing.Smtp;

/// <summary>The end of an attempt to read a line: the line without its end, or why there is none.</summary>
internal readonly record struct LineRead(string? Line, SmtpFailure Failure, string Detail)
{
    /// <summary>What was received of a line that is too long, for the transcript.</summary>
    public string? Rest { get; init; }
}

/// <summary>Reads lines of one stream, within the limits of <see cref="SmtpProbeOptions"/>; never past what a reply needed.</summary>
/// <param name="stream">Clear or encrypted; not disposed here.</param>
internal sealed class LineReader(Stream stream, SmtpProbeOptions options)
{
    private readonly byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;
    private int _bytes;

    /// <summary>Bytes were received that belong to no line asked for.</summary>
    public bool HasBuffered => _end > _start;

    /// <summary>The next line. Throws <see cref="IOException"/> where the connection breaks, and where cancelled.</summary>
    public async ValueTask<LineRead> ReadAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            var newLine = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var length = newLine < 0 ? _end - _start : newLine;

            // Latin-1 keeps every byte; bytes beyond ASCII have no agreed meaning in a greeting.
            line.Append(Encoding.Latin1.GetString(_buffer, _start, length));
            _start += newLine < 0 ? length : length + 1;
            if (line.Length > options.LineLimit)
            {
                return Failed(SmtpFailure.TooLong, string.Create(CultureInfo.InvariantCulture, $"a line of more than {options.LineLimit} characters")) with { Rest = line.ToString() };
            }

            if (newLine >= 0)
            {
                return new LineRead(line.ToString().TrimEnd('\r'), SmtpFailure.None, "");
            }

            _start = 0;
            _end = await stream.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false);
            _bytes += _end;
            if (_end == 0)
            {
                return Failed(SmtpFailure.Closed, "connection closed");
            }

            if (_bytes > options.ByteLimit)
            {
                return Failed(SmtpFailure.TooLong, string.Create(CultureInfo.InvariantCulture, $"more than {options.ByteLimit} bytes"));
            }
        }
    }

    private static LineRead Failed(SmtpFailure failure, string detail) => new(null, failure, detail);
}
