using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MailDashboard.Benchmarks.Connections;

/// <summary>
/// Mail servers that answer at once: SMTP, IMAP and POP3 on their usual ports, and a web server with a policy and a logo. TLS is the
/// system's library, as with any other server; the rest costs as little as can be.
/// </summary>
internal sealed class MailServers : IDisposable
{
    private readonly List<TcpListener> _listeners = [];
    private readonly SslServerAuthenticationOptions _tls;

    public MailServers(X509Certificate2 certificate, X509Certificate2 authority) =>
        _tls = new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(certificate, [authority], offline: true) };

    /// <summary>Every port of a mail host.</summary>
    public void Mail(string address, string name)
    {
        Listen(address, 25, isEncrypted: false, $"220 {name} ESMTP", (line, isEncrypted) => Smtp(name, line, isEncrypted));
        Listen(address, 587, isEncrypted: false, $"220 {name} ESMTP", (line, isEncrypted) => Submission(name, line, isEncrypted));
        Listen(address, 465, isEncrypted: true, $"220 {name} ESMTP", (line, isEncrypted) => Submission(name, line, isEncrypted));
        Listen(address, 143, isEncrypted: false, "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready", Imap);
        Listen(address, 993, isEncrypted: true, "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready", Imap);
        Listen(address, 110, isEncrypted: false, "+OK ready", Pop3);
        Listen(address, 995, isEncrypted: true, "+OK ready", Pop3);
    }

    /// <summary>A web server with these documents.</summary>
    public void Web(string address, IReadOnlyDictionary<string, (string Type, string Text)> documents) =>
        Listen(address, 443, socket => ServeAsync(socket, documents));

    public void Dispose() => _listeners.ForEach(l => l.Dispose());

    private void Listen(string address, int port, bool isEncrypted, string greeting, Func<string, bool, Said> answer) =>
        Listen(address, port, socket => TalkAsync(socket, isEncrypted, greeting, answer));

    private void Listen(string address, int port, Func<Socket, Task> serve)
    {
        var listener = new TcpListener(IPAddress.Parse(address), port);
        listener.Start(512);
        _listeners.Add(listener);
        _ = AcceptAsync(listener, serve);
    }

    private static async Task AcceptAsync(TcpListener listener, Func<Socket, Task> serve)
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync();
                _ = QuietlyAsync(socket, serve);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The benchmark is over.
        }
    }

    private static async Task QuietlyAsync(Socket socket, Func<Socket, Task> serve)
    {
        try
        {
            using (socket)
            {
                socket.NoDelay = true;
                await serve(socket);
            }
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException or SocketException or ObjectDisposedException)
        {
            // The client has gone, or wanted a version of TLS that is not to be had.
        }
    }

    private async Task TalkAsync(Socket socket, bool isEncrypted, string greeting, Func<string, bool, Said> answer)
    {
        Stream stream = new NetworkStream(socket);
        stream = isEncrypted ? await EncryptAsync(stream) : stream;
        await stream.WriteAsync(Encoding.ASCII.GetBytes(greeting + "\r\n"));
        var line = new StringBuilder();
        var buffer = new byte[1024];
        while (await stream.ReadAsync(buffer) is var length and > 0)
        {
            line.Append(Encoding.ASCII.GetString(buffer, 0, length));
            if (line[^1] != '\n')
            {
                continue;
            }

            var said = answer(line.ToString().TrimEnd(), stream is SslStream);
            line.Clear();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(said.Text + "\r\n"));
            if (said.HasEnded)
            {
                return;
            }

            stream = said.Encrypts ? await EncryptAsync(stream) : stream;
        }
    }

    private async Task ServeAsync(Socket socket, IReadOnlyDictionary<string, (string Type, string Text)> documents)
    {
        await using var stream = await EncryptAsync(new NetworkStream(socket));
        var buffer = new byte[4096];
        var length = await stream.ReadAsync(buffer);
        var path = Encoding.ASCII.GetString(buffer, 0, length).Split(' ', 3) is [_, var p, ..] ? p : "";
        var (status, type, text) = documents.TryGetValue(path, out var found) ? ("200 OK", found.Type, found.Text) : ("404 Not Found", "text/plain", "");
        var head = $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(text)}\r\nConnection: close\r\n\r\n{text}";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(head));
        await stream.ShutdownAsync();
    }

    private async Task<SslStream> EncryptAsync(Stream stream)
    {
        var encrypted = new SslStream(stream);
        await encrypted.AuthenticateAsServerAsync(_tls);
        return encrypted;
    }

    private static Said Smtp(string name, string line, bool isEncrypted) => Word(line) switch
    {
        "EHLO" => new Said($"250-{name}\r\n250-PIPELINING\r\n250-{(isEncrypted ? "SIZE 52428800" : "STARTTLS")}\r\n250 8BITMIME"),
        "STARTTLS" => new Said("220 go", Encrypts: true),
        "QUIT" => new Said("221 bye", HasEnded: true),
        _ => new Said("250 2.0.0 Ok"),
    };

    private static Said Submission(string name, string line, bool isEncrypted) =>
        Word(line) == "EHLO" && isEncrypted ? new Said($"250-{name}\r\n250-PIPELINING\r\n250 AUTH PLAIN LOGIN") : Smtp(name, line, isEncrypted);

    private static Said Imap(string line, bool isEncrypted)
    {
        var tag = line.Split(' ')[0];
        return Word(line[tag.Length..].Trim()) switch
        {
            "CAPABILITY" => new Said($"* CAPABILITY IMAP4rev1 {(isEncrypted ? "AUTH=PLAIN" : "STARTTLS LOGINDISABLED")}\r\n{tag} OK done"),
            "STARTTLS" => new Said($"{tag} OK go", Encrypts: true),
            "LOGOUT" => new Said($"* BYE\r\n{tag} OK bye", HasEnded: true),
            _ => new Said($"{tag} OK done"),
        };
    }

    private static Said Pop3(string line, bool isEncrypted) => Word(line) switch
    {
        "CAPA" => new Said(isEncrypted ? "+OK\r\nUSER\r\nSASL PLAIN\r\nUIDL\r\n." : "+OK\r\nSTLS\r\nUIDL\r\n."),
        "STLS" => new Said("+OK go", Encrypts: true),
        "QUIT" => new Said("+OK bye", HasEnded: true),
        _ => new Said("-ERR no"),
    };

    private static string Word(string line) => line.Split(' ')[0].ToUpperInvariant();

    private readonly record struct Said(string Text, bool Encrypts = false, bool HasEnded = false);
}
