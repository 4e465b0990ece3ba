using System.Collections.Immutable;
using System.Text;
using MailDashboard.Mail.Sending;
using MailDashboard.Mail.SigningIn;
using MailKit;

namespace MailDashboard.Mail.Connecting;

/// <summary>
/// Keeps what client and server said, for the person who mends the profile or the mailbox. What MailKit recognises as a secret, and the
/// password or token however it is written, is hidden; the message itself is left out; a server that never stops is cut off.
/// </summary>
internal sealed class ServerConversation(SignIn signIn) : IProtocolLogger
{
    private const int MostLines = 300;
    private const int LongestLine = 1000;

    /// <summary>Octets of a line of the server that are kept: more than is shown, so that no secret is cut before it is hidden.</summary>
    private const int LongestHeld = 16_384;

    private readonly HiddenSecrets _secrets = new(signIn.Secrets);
    private readonly List<string> _lines = [];
    private readonly List<byte> _unfinished = [];
    private bool _inMessage;
    private long _messageBytes;

    /// <summary>While a message is fetched: it is not part of what was said.</summary>
    public bool IsSilent { get; set; }

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    public ImmutableArray<string> Lines
    {
        get
        {
            Finish();
            return [.. _lines];
        }
    }

    /// <summary>The text without our secrets, should a server have echoed it.</summary>
    public string Hide(string text) => _secrets.Hide(text);

    public void Note(string text)
    {
        Finish();
        Add("* ", text);
    }

    public void LogConnect(Uri uri) => Note($"connected to {uri.Host}:{uri.Port}");

    public void LogClient(byte[] buffer, int offset, int count)
    {
        if (IsSilent)
        {
            return;
        }

        if (_inMessage)
        {
            _messageBytes += count;
            return;
        }

        Finish();
        var hidden = AuthenticationSecretDetector?.DetectSecrets(buffer, offset, count) ?? [];
        var bytes = buffer.AsSpan(offset, count).ToArray();
        foreach (var secret in hidden)
        {
            bytes.AsSpan(secret.StartIndex - offset, secret.Length).Fill((byte)'*');
        }

        foreach (var line in Text(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Add("> ", line);
            if (line.Equals("DATA", StringComparison.OrdinalIgnoreCase) || line.StartsWith("BDAT ", StringComparison.OrdinalIgnoreCase))
            {
                (_inMessage, _messageBytes) = (true, 0);
                return;
            }
        }
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        if (IsSilent)
        {
            return;
        }

        // What arrives in pieces is read as the lines that it is: a secret in two pieces would not be found.
        foreach (var octet in buffer.AsSpan(offset, count))
        {
            if (octet == '\n')
            {
                Finish();
            }
            else if (_unfinished.Count < LongestHeld)
            {
                _unfinished.Add(octet);
            }
        }
    }

    public void Dispose()
    {
    }

    private void Finish()
    {
        var line = Text([.. _unfinished]).Trim();
        _unfinished.Clear();
        if (line.Length == 0)
        {
            return;
        }

        // 354 asks for the message; any other reply comes after it.
        if (_inMessage && !line.StartsWith("354", StringComparison.Ordinal))
        {
            _inMessage = false;
            Add("* ", $"the message, {_messageBytes} bytes");
        }

        Add("< ", line);
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private void Add(string prefix, string text)
    {
        if (_lines.Count > MostLines)
        {
            return;
        }

        var line = Hide(OutgoingMime.OneLine(_lines.Count == MostLines ? "…" : text));
        _lines.Add(prefix + (line.Length > LongestLine ? line[..LongestLine] + "…" : line));
    }
}
