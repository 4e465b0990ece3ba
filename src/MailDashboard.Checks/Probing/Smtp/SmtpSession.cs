using System.Collections.Immutable;
using System.Net.Sockets;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.Probing.Smtp;

/// <summary>One connection, from the greeting to QUIT: each step adds to the observation or ends it with the reason.</summary>
/// <param name="mailboxes">Asked at the end of the whole conversation; null asks about none.</param>
internal sealed class SmtpSession(
    NetworkStream stream,
    SmtpProbeOptions options,
    CertificateInspector certificates,
    TimeProvider time,
    ConversationLog log,
    CancellationToken total,
    CancellationToken caller,
    MailboxQuestion? mailboxes = null)
{
    private readonly SmtpDialogue _dialogue = new(stream, options, time, log, total, caller);
    private readonly string _helloName = HelloName.For(options.HelloName, stream.Socket.LocalEndPoint);
    private readonly TimeSpan _connected = log.Elapsed;

    /// <summary>The whole conversation.</summary>
    public async Task<SmtpObservation> RunAsync(SmtpObservation seen)
    {
        seen = await UpToStartTlsAsync(seen).ConfigureAwait(false);
        return seen is { Stage: SmtpStage.Handshake, Cause: SmtpFailure.None } ? await EncryptAsync(seen).ConfigureAwait(false) : seen;
    }

    /// <summary>Greeting, EHLO, STARTTLS. Stage Handshake without a cause means: the server waits for the handshake.</summary>
    public async Task<SmtpObservation> UpToStartTlsAsync(SmtpObservation seen)
    {
        var greeting = await _dialogue.GreetingAsync().ConfigureAwait(false);
        seen = seen with { GreetingDelay = log.Elapsed - _connected, Greeting = greeting.Reply?.Lines ?? [] };
        if (greeting.Reply is null)
        {
            return Ended(seen, SmtpStage.Greeting, greeting);
        }

        if (greeting.Reply.Code != 220)
        {
            return await RefusedAsync(seen, SmtpStage.Rejected, greeting.Reply).ConfigureAwait(false);
        }

        var asked = log.Elapsed;
        var hello = await _dialogue.AskAsync($"EHLO {_helloName}").ConfigureAwait(false);
        seen = seen with { HelloDelay = log.Elapsed - asked };
        if (hello.Reply is { IsPositive: false, Code: >= 500 })
        {
            hello = await _dialogue.AskAsync($"HELO {_helloName}").ConfigureAwait(false);
            seen = seen with { OnlyHelo = hello.Reply is { IsPositive: true } };
        }

        if (hello.Reply is null)
        {
            return Ended(seen, SmtpStage.Hello, hello);
        }

        if (!hello.Reply.IsPositive)
        {
            return await RefusedAsync(seen, SmtpStage.Hello, hello.Reply).ConfigureAwait(false);
        }

        seen = seen with { HelloName = NameIn(hello.Reply), Capabilities = seen.OnlyHelo ? [] : Keywords(hello.Reply) };
        return await AskForTlsAsync(seen).ConfigureAwait(false);
    }

    private async Task<SmtpObservation> AskForTlsAsync(SmtpObservation seen)
    {
        if (!seen.Capabilities.Any(c => c.Equals("STARTTLS", StringComparison.OrdinalIgnoreCase)))
        {
            return await MailboxesAsync(seen with { Stage = SmtpStage.NoStartTls }, _dialogue).ConfigureAwait(false);
        }

        var ready = await _dialogue.AskAsync("STARTTLS").ConfigureAwait(false);
        if (ready.Reply is null)
        {
            return Ended(seen, SmtpStage.StartTlsRefused, ready);
        }

        if (ready.Reply.Code != 220)
        {
            return await RefusedAsync(seen, SmtpStage.StartTlsRefused, ready.Reply).ConfigureAwait(false);
        }

        // The client speaks first in TLS: whatever is here already was put there in clear, by the server or by somebody between.
        var buffered = _dialogue.HasBuffered || stream.Socket.Available > 0;
        return buffered
            ? seen with { Stage = SmtpStage.Handshake, BufferedBeforeTls = true, Cause = SmtpFailure.Buffered, Failure = ready.Reply.ToString() }
            : seen with { Stage = SmtpStage.Handshake };
    }

    private async Task<SmtpObservation> EncryptAsync(SmtpObservation seen)
    {
        var tls = await MailHandshake.AsClientAsync(stream, seen.Host, certificates, options.StepTimeout, time, total, caller).ConfigureAwait(false);
        if (tls.Stream is null)
        {
            return seen with { Cause = tls.Cause, IsTransient = tls.IsTransient, Failure = tls.Failure };
        }

        await using (tls.Stream)
        {
            var encrypted = new SmtpDialogue(tls.Stream, options, time, log, total, caller);
            var hello = await encrypted.AskAsync($"EHLO {_helloName}").ConfigureAwait(false);
            seen = seen with
            {
                Stage = SmtpStage.Encrypted,
                Tls = tls.Facts,
                CapabilitiesAfterTls = hello.Reply is { IsPositive: true } after ? Keywords(after) : [],
            };
            return hello.Reply is null ? seen : await MailboxesAsync(seen, encrypted).ConfigureAwait(false);
        }
    }

    /// <summary>The last questions, and good-bye.</summary>
    private async Task<SmtpObservation> MailboxesAsync(SmtpObservation seen, SmtpDialogue dialogue)
    {
        var (answers, isAlive) = mailboxes is null ? (null, true) : await mailboxes.AskAsync(dialogue).ConfigureAwait(false);
        if (isAlive)
        {
            await dialogue.QuitAsync().ConfigureAwait(false);
        }

        return seen with { Mailboxes = answers };
    }

    private async Task<SmtpObservation> RefusedAsync(SmtpObservation seen, SmtpStage stage, SmtpReply reply)
    {
        await _dialogue.QuitAsync().ConfigureAwait(false);
        return seen with
        {
            Stage = stage,
            Cause = SmtpFailure.Refused,
            RefusalCode = reply.Code,
            Failure = reply.ToString(),
            IsTransient = reply.Code < 500,
        };
    }

    private static SmtpObservation Ended(SmtpObservation seen, SmtpStage stage, SmtpRead read) => seen with
    {
        Stage = stage,
        Cause = read.Failure,
        Failure = read.Detail,
        IsTransient = read.Failure != SmtpFailure.NotSmtp,
    };

    private static string NameIn(SmtpReply reply) => reply.Texts.First().Split(' ', 2)[0];

    /// <summary>The first line of EHLO's reply is the server's name; the others are its extensions (RFC 5321 §4.1.1.1).</summary>
    private static ImmutableArray<string> Keywords(SmtpReply reply) => [.. reply.Texts.Skip(1).Select(t => t.Trim()).Where(t => t.Length > 0)];
}
