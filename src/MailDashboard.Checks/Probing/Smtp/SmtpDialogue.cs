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
    private static readonly TimeSpan QuitPatience = TimeSpan.FromSeconds(1);

    private readonly LineDialogue _lines = new(stream, options, time, log, total, caller);

    /// <summary>Bytes were received that belong to no reply asked for.</summary>
    public bool HasBuffered => _lines.HasBuffered;

    /// <summary>Sends a command and reads its reply.</summary>
    public Task<SmtpRead> AskAsync(string command) => AskAsync(command, options.StepTimeout);

    /// <summary>Sends a command and reads its reply within a time.</summary>
    public async Task<SmtpRead> AskAsync(string command, TimeSpan timeout) =>
        SmtpRead.Of(await _lines.ExchangeAsync(command, timeout, SmtpReply.KindOf).ConfigureAwait(false));

    /// <summary>Reads the greeting.</summary>
    public async Task<SmtpRead> GreetingAsync() =>
        SmtpRead.Of(await _lines.ExchangeAsync(null, options.GreetingTimeout, SmtpReply.KindOf).ConfigureAwait(false));

    /// <summary>Says good-bye and does not wait long for the answer: everything wanted is known.</summary>
    public Task QuitAsync() => _lines.ExchangeAsync("QUIT", QuitPatience, SmtpReply.KindOf);
}
