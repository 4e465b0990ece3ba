using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailDashboard.IntegrationTests.Servers.Mail;

/// <summary>Answers Postfix's question "is this the password?" in Dovecot's authentication protocol, for one user.</summary>
public sealed class SaslAuthority : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly string expected;
    private readonly string user;
    private readonly IReadOnlyList<string> mechanisms;
    private readonly Task accepting;

    private SaslAuthority(NetworkCredential login, IReadOnlyList<string> mechanisms)
    {
        this.mechanisms = mechanisms;
        user = login.UserName;
        expected = $"\0{login.UserName}\0{login.Password}";
        listener.Start();
        accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)listener.LocalEndpoint;

    /// <summary>Starts it. More mechanisms than PLAIN are offered and not understood.</summary>
    public static SaslAuthority Start(NetworkCredential login, IReadOnlyList<string> mechanisms) => new(login, mechanisms);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var clients = new List<Task>();
        try
        {
            while (true)
            {
                clients.Add(ServeAsync(await listener.AcceptTcpClientAsync(stopping.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            using var reader = new StreamReader(client.GetStream());
            var offered = string.Concat(mechanisms.Select(m => m is "PLAIN" or "LOGIN" ? $"MECH\t{m}\tplaintext\n" : $"MECH\t{m}\n"));
            await SayAsync(client, $"VERSION\t1\t1\n{offered}SPID\t1\nCUID\t1\nCOOKIE\t0123456789abcdef0123456789abcdef\nDONE\n");
            while (await reader.ReadLineAsync(stopping.Token) is { } line)
            {
                var fields = line.Split('\t');
                if (fields[0] == "AUTH" && fields.Length > 2)
                {
                    var given = fields.FirstOrDefault(field => field.StartsWith("resp=", StringComparison.Ordinal))?["resp=".Length..];
                    await SayAsync(client, IsRight(given) ? $"OK\t{fields[1]}\tuser={user}\n" : $"FAIL\t{fields[1]}\tuser={user}\n");
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The end of the test, or of the connection.
        }
    }

    // RFC 4616: authorisation identity (empty, or the user itself), user, password.
    private bool IsRight(string? base64)
    {
        var given = new byte[1024];
        if (base64 is null || !Convert.TryFromBase64String(base64, given, out var length))
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(given, 0, length);
        return text == expected || text == user + expected;
    }

    private async Task SayAsync(TcpClient client, string text) =>
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), stopping.Token);
}
