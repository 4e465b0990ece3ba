using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace MailDashboard.IntegrationTests.Servers.Mail;

/// <summary>
/// Speaks as much IMAP as a look needs, with Gmail's extension X-GM-EXT-1, which no server of Debian has: one message, which lies in the inbox
/// and shows its tab to a search by <c>X-GM-RAW</c> only.
/// </summary>
public sealed partial class GmailServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _commands = [];
    private readonly string _messageId;
    private readonly string? _tab;
    private readonly Task _serving;
    private bool _isInbox;

    private GmailServer(string messageId, string? tab)
    {
        (_messageId, _tab) = (messageId, tab);
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What was asked, without tags.</summary>
    public IReadOnlyList<string> Commands => _commands;

    /// <param name="messageId">Of the message.</param>
    /// <param name="tab">Its category; null for the first tab.</param>
    public static GmailServer Start(string messageId, string? tab) => new(messageId, tab);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                await ConverseAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
        }
    }

    private async Task ConverseAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        await SayAsync("* OK Gimap ready\r\n");
        while (await reader.ReadLineAsync(_stopping.Token) is { } line && line.Split(' ', 2) is [var tag, var command])
        {
            _commands.Add(command);
            _isInbox = Opens().IsMatch(command) ? command.EndsWith("INBOX", StringComparison.Ordinal) : _isInbox;
            await SayAsync($"{Answer(command)}{tag} OK {(command.StartsWith("EXAMINE", StringComparison.Ordinal) ? "[READ-ONLY]" : "[READ-WRITE]")} done\r\n");
            if (command == "LOGOUT")
            {
                return;
            }
        }

        async Task SayAsync(string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text), _stopping.Token);
    }

    private string Answer(string command)
    {
        var header = $"Message-Id: <{_messageId}>\r\nSubject: hello\r\n\r\n";
        return command switch
        {
            "CAPABILITY" => "* CAPABILITY IMAP4rev1 UIDPLUS MOVE SPECIAL-USE UNSELECT X-GM-EXT-1\r\n",
            "LIST \"\" \"\"" => "* LIST (\\Noselect) \"/\" \"\"\r\n",
            _ when command.StartsWith("LIST", StringComparison.Ordinal) && command.EndsWith("INBOX", StringComparison.OrdinalIgnoreCase) => "* LIST (\\HasNoChildren) \"/\" INBOX\r\n",
            _ when command.StartsWith("LIST", StringComparison.Ordinal) => "* LIST (\\HasNoChildren) \"/\" INBOX\r\n* LIST (\\All) \"/\" \"[Gmail]/All Mail\"\r\n* LIST (\\Junk) \"/\" \"[Gmail]/Spam\"\r\n* LIST (\\Trash) \"/\" \"[Gmail]/Bin\"\r\n",
            _ when Opens().IsMatch(command) => $"* FLAGS (\\Seen)\r\n* {(_isInbox ? 1 : 0)} EXISTS\r\n* OK [UIDVALIDITY 1]\r\n* OK [UIDNEXT 9]\r\n",
            _ when Category().Match(command) is { Success: true } asked => asked.Groups["tab"].Value == _tab ? "* SEARCH 7\r\n" : "* SEARCH\r\n",
            _ when command.StartsWith("UID SEARCH", StringComparison.Ordinal) => _isInbox && command.Contains(_messageId, StringComparison.Ordinal) ? "* SEARCH 7\r\n" : "* SEARCH\r\n",
            _ when command.StartsWith("UID FETCH", StringComparison.Ordinal) =>
                $"* 1 FETCH (UID 7 INTERNALDATE \"24-Nov-2026 10:00:00 +0000\" RFC822.SIZE {header.Length} BODY[HEADER] {{{header.Length}}}\r\n{header})\r\n",
            _ => "",
        };
    }

    [GeneratedRegex("^(EXAMINE|SELECT) ")]
    private static partial Regex Opens();

    [GeneratedRegex("X-GM-RAW \"?category:(?<tab>[a-z]+)")]
    private static partial Regex Category();
}
