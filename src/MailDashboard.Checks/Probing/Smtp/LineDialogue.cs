using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace MailDashboard.Checks.Probing.Smtp;

/// <summary>What a line is to the reply that it belongs to.</summary>
internal enum LineKind
{
    /// <summary>Part of the reply; more follows.</summary>
    More,

    /// <summary>The end of the reply.</summary>
    Last,

    /// <summary>Nothing that the protocol knows.</summary>
    Foreign,
}

/// <summary>The end of an attempt to read a reply: its lines, cleaned, or why there are none.</summary>
internal sealed record LinesRead(ImmutableArray<string> Lines, SmtpFailure Failure, string Detail)
{
    public bool IsWhole => Failure == SmtpFailure.None;

    public static LinesRead Failed(SmtpFailure failure, string detail) => new([], failure, detail);
}

/// <summary>
/// Sends commands and reads replies of any protocol of lines over one stream, within the limits of <see cref="SmtpProbeOptions"/>.
/// </summary>
/// <param name="stream">Clear or encrypted; not disposed here.</param>
/// <param name="total">Ends the whole conversation.</param>
/// <param name="caller">The caller's own token: only its cancellation is thrown.</param>
internal sealed class LineDialogue(
    Stream stream,
    SmtpProbeOptions options,
    TimeProvider time,
    ConversationLog log,
    CancellationToken total,
    CancellationToken caller)
{
    private readonly LineReader _reader = new(stream, options);

    /// <summary>Bytes were received that belong to no reply asked for.</summary>
    public bool HasBuffered => _reader.HasBuffered;

    /// <summary>Sends a command, where there is one, and reads the reply within a time.</summary>
    /// <param name="command">Without its line end; null only reads.</param>
    /// <param name="kind">Told the number of the line, from 0, and the line as it came.</param>
    public async Task<LinesRead> ExchangeAsync(string? command, TimeSpan timeout, Func<int, string, LineKind> kind)
    {
        using var patience = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, total);
        try
        {
            if (command is not null)
            {
                await SendAsync(command, both.Token).ConfigureAwait(false);
            }

            return await ReadAsync(kind, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            caller.ThrowIfCancellationRequested();
            var seconds = Math.Min(timeout.TotalSeconds, log.Elapsed.TotalSeconds).ToString("0.#", CultureInfo.InvariantCulture);
            return LinesRead.Failed(SmtpFailure.TimedOut, $"no complete reply within {seconds} s");
        }
        catch (IOException e)
        {
            return LinesRead.Failed(SmtpFailure.Closed, (e.InnerException ?? e).Message);
        }
        catch (ObjectDisposedException)
        {
            return LinesRead.Failed(SmtpFailure.Closed, "connection closed");
        }
    }

    private async Task SendAsync(string command, CancellationToken token)
    {
        log.Client(command);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), token).ConfigureAwait(false);
        await stream.FlushAsync(token).ConfigureAwait(false);
    }

    private async Task<LinesRead> ReadAsync(Func<int, string, LineKind> kind, CancellationToken token)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        while (true)
        {
            var read = await _reader.ReadAsync(token).ConfigureAwait(false);
            if ((read.Line ?? read.Rest) is { } received)
            {
                log.Server(received);
            }

            if (read.Line is not { } line)
            {
                return LinesRead.Failed(read.Failure, read.Detail);
            }

            lines.Add(ConversationLog.Clean(line));
            switch (kind(lines.Count - 1, line))
            {
                case LineKind.Foreign:
                    return LinesRead.Failed(SmtpFailure.NotSmtp, lines[^1]);
                case LineKind.Last:
                    return new LinesRead(lines.ToImmutable(), SmtpFailure.None, "");
            }

            if (lines.Count >= options.ReplyLineLimit)
            {
                return LinesRead.Failed(SmtpFailure.TooLong, string.Create(CultureInfo.InvariantCulture, $"a reply of more than {options.ReplyLineLimit} lines"));
            }
        }
    }
}
