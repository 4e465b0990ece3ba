using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace MailDashboard.Checks.Probing.Smtp;

/// <summary>Sends commands and reads replies over one stream, within the limits of <see cref="SmtpProbeOptions"/>.</summary>
/// <param name="stream">Clear or encrypted; not disposed here.</param>
/// <param name="total">Ends the whole conversation.</param>
/// <param name="caller">The caller's own token: only its cancellation is thrown.</param>
internal sealed class SmtpDialogue(
    Stream stream,
    SmtpProbeOptions options,
    TimeProvider time,
    ConversationLog log,
    CancellationToken total,
    CancellationToken caller)
{
    private readonly byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;
    private int _bytes;

    /// <summary>Bytes were received that belong to no reply asked for.</summary>
    public bool HasBuffered => _end > _start;

    /// <summary>Sends a command and reads its reply.</summary>
    public Task<SmtpRead> AskAsync(string command) => AskAsync(command, options.StepTimeout);

    /// <summary>Sends a command and reads its reply within a time.</summary>
    public async Task<SmtpRead> AskAsync(string command, TimeSpan timeout)
    {
        log.Client(command);
        var bytes = Encoding.ASCII.GetBytes(command + "\r\n");
        return await LimitedAsync(timeout, async token =>
        {
            await stream.WriteAsync(bytes, token).ConfigureAwait(false);
            await stream.FlushAsync(token).ConfigureAwait(false);
            return await ReadReplyAsync(token).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Reads the greeting.</summary>
    public Task<SmtpRead> GreetingAsync() => LimitedAsync(options.GreetingTimeout, ReadReplyAsync);

    /// <summary>Says good-bye and does not wait long for the answer: everything wanted is known.</summary>
    public async Task QuitAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, total);
        log.Client("QUIT");
        try
        {
            await stream.WriteAsync("QUIT\r\n"u8.ToArray(), both.Token).ConfigureAwait(false);
            await stream.FlushAsync(both.Token).ConfigureAwait(false);
            await ReadReplyAsync(both.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            caller.ThrowIfCancellationRequested();
        }
    }

    private async Task<SmtpRead> LimitedAsync(TimeSpan timeout, Func<CancellationToken, Task<SmtpRead>> step)
    {
        using var patience = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, total);
        try
        {
            return await step(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            caller.ThrowIfCancellationRequested();
            var seconds = Math.Min(timeout.TotalSeconds, log.Elapsed.TotalSeconds).ToString("0.#", CultureInfo.InvariantCulture);
            return SmtpRead.Failed(SmtpFailure.TimedOut, $"no complete reply within {seconds} s");
        }
        catch (IOException e)
        {
            return SmtpRead.Failed(SmtpFailure.Closed, (e.InnerException ?? e).Message);
        }
    }

    private async Task<SmtpRead> ReadReplyAsync(CancellationToken token)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        while (true)
        {
            var (line, failure) = await ReadLineAsync(token).ConfigureAwait(false);
            if (line is null)
            {
                return failure!;
            }

            log.Server(line);
            lines.Add(ConversationLog.Clean(line));
            if (SmtpReply.ParseLine(line) is not { } parsed)
            {
                return SmtpRead.Failed(SmtpFailure.NotSmtp, ConversationLog.Clean(line));
            }

            if (parsed.IsLast)
            {
                return SmtpRead.Of(new SmtpReply(parsed.Code, lines.ToImmutable()));
            }

            if (lines.Count >= options.ReplyLineLimit)
            {
                return SmtpRead.Failed(SmtpFailure.TooLong, $"a reply of more than {options.ReplyLineLimit} lines");
            }
        }
    }

    private async ValueTask<(string? Line, SmtpRead? Failure)> ReadLineAsync(CancellationToken token)
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
                log.Server(line.ToString());
                return (null, SmtpRead.Failed(SmtpFailure.TooLong, $"a line of more than {options.LineLimit} characters"));
            }

            if (newLine >= 0)
            {
                return (line.ToString().TrimEnd('\r'), null);
            }

            _start = 0;
            _end = await stream.ReadAsync(_buffer, token).ConfigureAwait(false);
            _bytes += _end;
            if (_end == 0)
            {
                return (null, SmtpRead.Failed(SmtpFailure.Closed, "connection closed"));
            }

            if (_bytes > options.ByteLimit)
            {
                return (null, SmtpRead.Failed(SmtpFailure.TooLong, $"more than {options.ByteLimit} bytes"));
            }
        }
    }
}
