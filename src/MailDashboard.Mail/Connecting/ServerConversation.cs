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

    private readonly List<string> _lines = [];
    private bool _inMessage;
    private long _messageBytes;

    /// <summary>While a message is fetched: it is not part of what was said.</summary>
    public bool IsSilent { get; set; }

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    public ImmutableArray<string> Lines => [.. _lines];

    /// <summary>The text without our secrets, should a server have echoed it.</summary>
    public string Hide(string text) => signIn.Secrets.Aggregate(text, (t, secret) => t.Replace(secret, "********", StringComparison.Ordinal));

    public void Note(string text) => Add("* ", text);

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

        var hidden = AuthenticationSecretDetector?.DetectSecrets(buffer, offset, count) ?? [];
        var bytes = buffer.AsSpan(offset, count).ToArray();
        foreach (var secret in hidden)
        {
            bytes.AsSpan(secret.StartIndex - offset, secret.Length).Fill((byte)'*');
        }

        foreach (var line in Split(bytes))
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

        foreach (var line in Split(buffer.AsSpan(offset, count).ToArray()))
        {
            // 354 asks for the message; any other reply comes after it.
            if (_inMessage && !line.StartsWith("354", StringComparison.Ordinal))
            {
                Note($"the message, {_messageBytes} bytes");
                _inMessage = false;
            }

            Add("< ", line);
        }
    }

    public void Dispose()
    {
    }

    private static string[] Split(byte[] bytes) =>
        Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

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
