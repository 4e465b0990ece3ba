using System.Collections.Immutable;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>What was said before, or after, a handshake.</summary>
internal sealed record TlsTalk(TlsPreludeEnd End)
{
    public string? Failure { get; init; }

    public ImmutableArray<string> Greeting { get; init; } = [];

    public ImmutableArray<string> Capabilities { get; init; } = [];

    public static TlsTalk Failed(string why) => new(TlsPreludeEnd.Failed) { Failure = why };
}

/// <summary>As much IMAP and POP3 as leads to a handshake, and to the capabilities.</summary>
internal static class TlsPreludeTalk
{
    private const string Ended = "the connection ended in the middle of the conversation";

    /// <summary>Greeting, capabilities where wanted, and the command that begins TLS.</summary>
    public static async Task<TlsTalk> UpToTlsAsync(TlsPrelude prelude, ClearDialogue dialogue, bool wantsCapabilities, CancellationToken cancellationToken)
    {
        var talk = await GreetingAsync(prelude, dialogue, cancellationToken).ConfigureAwait(false);
        if (talk.End == TlsPreludeEnd.Ready && wantsCapabilities)
        {
            talk = await CapabilitiesAsync(prelude, dialogue, talk, cancellationToken).ConfigureAwait(false);
        }

        if (talk.End != TlsPreludeEnd.Ready)
        {
            return talk;
        }

        await dialogue.SendAsync(prelude == TlsPrelude.Imap ? "a2 STARTTLS" : "STLS", cancellationToken).ConfigureAwait(false);
        if (await dialogue.LinesAsync(l => IsReply(prelude, "a2", l), cancellationToken).ConfigureAwait(false) is not [.., var reply])
        {
            return talk with { End = TlsPreludeEnd.Failed, Failure = Ended };
        }

        if (!IsPositive(prelude, reply))
        {
            // IMAP says BAD to a command that it does not know, NO to one that it cannot do now.
            var isKnown = talk.Capabilities.Any(c => c.Equals("STARTTLS", StringComparison.OrdinalIgnoreCase) || c.Equals("STLS", StringComparison.OrdinalIgnoreCase));
            return talk with { End = isKnown ? TlsPreludeEnd.Refused : TlsPreludeEnd.NotOffered, Failure = reply };
        }

        return dialogue.HasBuffered
            ? talk with { End = TlsPreludeEnd.Failed, Failure = "clear text after the answer to STARTTLS" }
            : talk;
    }

    /// <summary>The greeting where TLS came first, and the capabilities.</summary>
    public static async Task<TlsTalk> AfterTlsAsync(TlsPrelude protocol, ClearDialogue dialogue, bool greets, CancellationToken cancellationToken)
    {
        var talk = greets ? await GreetingAsync(protocol, dialogue, cancellationToken).ConfigureAwait(false) : new TlsTalk(TlsPreludeEnd.Ready);
        return talk.End == TlsPreludeEnd.Ready ? await CapabilitiesAsync(protocol, dialogue, talk, cancellationToken).ConfigureAwait(false) : talk;
    }

    private static async Task<TlsTalk> GreetingAsync(TlsPrelude prelude, ClearDialogue dialogue, CancellationToken cancellationToken)
    {
        if (await dialogue.LineAsync(cancellationToken).ConfigureAwait(false) is not { } line)
        {
            return TlsTalk.Failed(Ended);
        }

        var isGreeting = prelude == TlsPrelude.Imap
            ? line.StartsWith("* OK", StringComparison.OrdinalIgnoreCase) || line.StartsWith("* PREAUTH", StringComparison.OrdinalIgnoreCase)
            : line.StartsWith("+OK", StringComparison.OrdinalIgnoreCase);
        return new TlsTalk(isGreeting ? TlsPreludeEnd.Ready : TlsPreludeEnd.Failed) { Greeting = [line], Failure = isGreeting ? null : line };
    }

    private static async Task<TlsTalk> CapabilitiesAsync(TlsPrelude prelude, ClearDialogue dialogue, TlsTalk talk, CancellationToken cancellationToken)
    {
        if (prelude == TlsPrelude.Imap)
        {
            await dialogue.SendAsync("a1 CAPABILITY", cancellationToken).ConfigureAwait(false);
            var lines = await dialogue.LinesAsync(l => IsReply(prelude, "a1", l), cancellationToken).ConfigureAwait(false);
            const string Untagged = "* CAPABILITY ";
            return lines is null ? talk with { End = TlsPreludeEnd.Failed, Failure = Ended } : talk with
            {
                Capabilities = [.. lines.Value.Where(l => l.StartsWith(Untagged, StringComparison.OrdinalIgnoreCase)).SelectMany(l => l[Untagged.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))],
            };
        }

        await dialogue.SendAsync("CAPA", cancellationToken).ConfigureAwait(false);
        var reply = await dialogue.LineAsync(cancellationToken).ConfigureAwait(false);
        if (reply is null || !IsPositive(prelude, reply))
        {
            // A server may know no CAPA (RFC 2449): nothing is told then.
            return reply is null ? talk with { End = TlsPreludeEnd.Failed, Failure = Ended } : talk;
        }

        var list = await dialogue.LinesAsync(l => l == ".", cancellationToken).ConfigureAwait(false);
        return list is null ? talk with { End = TlsPreludeEnd.Failed, Failure = Ended } : talk with { Capabilities = [.. list.Value.SkipLast(1)] };
    }

    private static bool IsReply(TlsPrelude prelude, string tag, string line) =>
        prelude != TlsPrelude.Imap || line.StartsWith(tag + " ", StringComparison.Ordinal);

    private static bool IsPositive(TlsPrelude prelude, string reply) => prelude == TlsPrelude.Imap
        ? reply[(reply.IndexOf(' ', StringComparison.Ordinal) + 1)..].StartsWith("OK", StringComparison.OrdinalIgnoreCase)
        : reply.StartsWith("+OK", StringComparison.OrdinalIgnoreCase);
}
