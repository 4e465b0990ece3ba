using System.Net;
using System.Net.Sockets;
using MailDashboard.Checks.Probing.Connecting;

namespace MailDashboard.Checks.Probing.Smtp;

/// <summary>
/// Offers a server a sender and a recipient that are nobody's (RFC 2606), and takes them back: <c>RSET</c> follows whatever it says,
/// <c>DATA</c> never does.
/// </summary>
/// <param name="connector">Opens the connection, past the address guard.</param>
public sealed class RelayProbe(IConnector connector, SmtpProbeOptions options, TimeProvider time) : IRelayProbe
{
    /// <summary>The sender.</summary>
    public const string Sender = "relay-test@example.com";

    /// <summary>The recipient.</summary>
    public const string Recipient = "relay-test@example.net";

    /// <inheritdoc/>
    public async Task<RelayObservation> TestAsync(string host, IPAddress address, CancellationToken cancellationToken)
    {
        var log = new ConversationLog(time);
        var at = time.GetUtcNow();
        var connection = await connector.ConnectAsync(new IPEndPoint(address, options.Port), cancellationToken).ConfigureAwait(false);
        if (connection.Socket is null)
        {
            var end = connection.Status == ConnectStatus.Refused ? RelayEnd.Refused : RelayEnd.Unclear;
            return new RelayObservation(host, address, end, connection.Detail ?? connection.Status.ToString(), IsFromInside: false);
        }

        using var patience = new CancellationTokenSource(options.TotalTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await using var stream = new NetworkStream(connection.Socket, ownsSocket: true);
        var local = (connection.Socket.LocalEndPoint as IPEndPoint)?.Address;
        var dialogue = new SmtpDialogue(stream, options, time, log, both.Token, cancellationToken);
        var hello = HelloName.For(options.HelloName, connection.Socket.LocalEndPoint);
        var seen = await TalkAsync(new RelayObservation(host, address, RelayEnd.Unclear, "", Vicinity.IsNear(local, address)), dialogue, hello).ConfigureAwait(false);
        return seen with
        {
            Conversation = new HostConversation("smtp", host, address, options.Port, seen.End == RelayEnd.Unclear ? seen.Said : null, at, log.Elapsed, log.Lines),
        };
    }

    private static async Task<RelayObservation> TalkAsync(RelayObservation seen, SmtpDialogue dialogue, string hello)
    {
        var greeting = await dialogue.GreetingAsync().ConfigureAwait(false);
        if (greeting.Reply is not { Code: 220 })
        {
            return await EndAsync(seen, dialogue, greeting).ConfigureAwait(false);
        }

        var introduced = await dialogue.AskAsync($"EHLO {hello}").ConfigureAwait(false);
        if (introduced.Reply is not { IsPositive: true })
        {
            return await EndAsync(seen, dialogue, introduced).ConfigureAwait(false);
        }

        var sender = await dialogue.AskAsync($"MAIL FROM:<{Sender}>").ConfigureAwait(false);
        if (sender.Reply is not { IsPositive: true })
        {
            return await EndAsync(seen, dialogue, sender, judges: true).ConfigureAwait(false);
        }

        var recipient = await dialogue.AskAsync($"RCPT TO:<{Recipient}>").ConfigureAwait(false);
        if (recipient.Reply is not null)
        {
            await dialogue.AskAsync("RSET").ConfigureAwait(false);
        }

        return recipient.Reply is { IsPositive: true } accepted
            ? await EndAsync(seen with { End = RelayEnd.Accepted }, dialogue, recipient).ConfigureAwait(false) with { Said = accepted.ToString() }
            : await EndAsync(seen, dialogue, recipient, judges: true).ConfigureAwait(false);
    }

    /// <summary>Says good-bye where somebody listens. A permanent refusal of sender or recipient is what a closed relay says.</summary>
    private static async Task<RelayObservation> EndAsync(RelayObservation seen, SmtpDialogue dialogue, SmtpRead last, bool judges = false)
    {
        if (last.Reply is not null)
        {
            await dialogue.QuitAsync().ConfigureAwait(false);
        }

        // 530 wants TLS or a log-in first, 50x is about the command: neither says what would have become of the recipient.
        var isRefusal = judges && last.Reply is { Code: >= 510 and not 530 };
        return seen with { End = isRefusal ? RelayEnd.Refused : seen.End, Said = last.Reply?.ToString() ?? last.Detail };
    }
}
