using System.Net;
using System.Net.Sockets;
using System.Text;
using MailDashboard.IntegrationTests.Servers.Mail;

namespace MailDashboard.Lab;

/// <summary>Carries out what <c>tests/lab.sh list|delist|mail</c> asks: one line in, text out, end.</summary>
public sealed class LabControl(LabServers servers)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(LabAddresses.Control);
        listener.Start();
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync(cancellationToken);
            try
            {
                using var reader = new StreamReader(client.GetStream(), leaveOpen: true);
                var answer = await DoAsync((await reader.ReadLineAsync(cancellationToken) ?? "").Split(' '), cancellationToken);
                await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{answer}\n"), cancellationToken);
            }
            catch (IOException)
            {
                // Whoever asked went away.
            }
        }
    }

    private static string Show(Maildir mailbox)
    {
        var text = new StringBuilder();
        foreach (var message in mailbox.Messages)
        {
            text.AppendLine(new string('-', 72))
                .Append("From: ").AppendLine(message.From.ToString())
                .Append("To: ").AppendLine(message.To.ToString())
                .Append("Subject: ").AppendLine(message.Subject)
                .Append("Message-Id: ").AppendLine(message.MessageId)
                .AppendLine()
                .AppendLine(message.TextBody ?? message.HtmlBody);
        }

        return text.ToString();
    }

    private async Task<string> DoAsync(string[] order, CancellationToken cancellationToken)
    {
        switch (order)
        {
            case ["list", var subject]:
                var (zone, entry) = Entry(subject);
                await servers.Lists.ListAsync(zone, entry, reason: $"{subject} was listed by hand", cancellationToken: cancellationToken);
                return $"{subject} is on {zone} now. The resolver may keep an older answer for 5 seconds.";
            case ["delist", var subject]:
                (zone, entry) = Entry(subject);
                await servers.Lists.DelistAsync(zone, entry, cancellationToken);
                return $"{subject} is off {zone} now. The resolver may keep an older answer for 5 seconds.";
            case ["mail"]:
                var all = Show(servers.Recipient.Mailbox) + Show(servers.Submission.Mailbox);
                return all.Length == 0 ? "No mail has arrived." : all;
            default:
                return "Not understood: list ADDRESS|DOMAIN, delist ADDRESS|DOMAIN, mail.";
        }
    }

    private static (string Zone, string Entry) Entry(string subject) =>
        IPAddress.TryParse(subject, out _) ? (LabServers.AddressList, subject) : (LabServers.DomainList, $".{subject}");
}
