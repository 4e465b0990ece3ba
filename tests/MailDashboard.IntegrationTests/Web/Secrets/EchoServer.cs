using System.Net;
using System.Text;
using MailDashboard.IntegrationTests.Checks.Smtp;

namespace MailDashboard.IntegrationTests.Web.Secrets;

/// <summary>A mail server that lets nobody in, and repeats in its refusal whatever it was told, in every encoding.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private readonly string _mechanisms;

    private EchoServer(string mechanisms, bool isImap)
    {
        _mechanisms = mechanisms;
        _server = new LoopbackServer(isImap ? ImapAsync : SmtpAsync);
    }

    public int Port => _server.Port;

    /// <summary>A submission server.</summary>
    /// <param name="mechanisms">That it offers, separated by spaces.</param>
    public static EchoServer Smtp(string mechanisms) => new(mechanisms, isImap: false);

    public static EchoServer Imap() => new("", isImap: true);

    /// <summary>What was told, and all that is in it: as it is, and in every encoding.</summary>
    public static string Repeat(params IEnumerable<string> told) => string.Join(' ', told.SelectMany(Parts).Distinct().SelectMany(p => new[]
    {
        p, Base64(p), Base64($"x{p}"), Base64($"\0anna\0{p}"), Convert.ToHexString(Encoding.UTF8.GetBytes(p)), Convert.ToHexStringLower(Encoding.UTF8.GetBytes(p)), Uri.EscapeDataString(p), WebUtility.HtmlEncode(p),
    }));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static IEnumerable<string> Parts(string told)
    {
        var bytes = new byte[told.Length];
        var decoded = Convert.TryFromBase64String(told, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : told;
        return decoded.Split('\0', '\u0001').SelectMany(p => new[] { p, p.Split(' ')[^1] }).Where(p => p.Length > 0);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private async Task SmtpAsync(Stream stream, CancellationToken stop)
    {
        await LoopbackServer.SendAsync(stream, "220 echo.test ESMTP\r\n", stop);
        while (await LoopbackServer.CommandAsync(stream, stop) is { } line)
        {
            var words = line.Split(' ');
            switch (words[0].ToUpperInvariant())
            {
                case "EHLO":
                    await LoopbackServer.SendAsync(stream, $"250-echo.test\r\n250 AUTH {_mechanisms}\r\n", stop);
                    break;
                case "AUTH":
                    var told = words[2..].ToList();
                    for (var asked = told.Count; asked < (words[1] == "LOGIN" ? 2 : 1); asked++)
                    {
                        await LoopbackServer.SendAsync(stream, $"334 {Base64(asked == 0 ? "Username:" : "Password:")}\r\n", stop);
                        told.Add(await LoopbackServer.CommandAsync(stream, stop) ?? "");
                    }

                    // In two pieces, as a network may bring it.
                    var said = $"535-5.7.8 not {string.Join(' ', told)}\r\n535 5.7.8 that is {Repeat(told)}\r\n";
                    await LoopbackServer.SendAsync(stream, said[..(said.Length / 2)], stop);
                    await LoopbackServer.SendAsync(stream, said[(said.Length / 2)..], stop);
                    break;
                default:
                    await LoopbackServer.SendAsync(stream, words[0] == "QUIT" ? "221 bye\r\n" : "530 5.7.0 not without AUTH\r\n", stop);
                    break;
            }
        }
    }

    private static async Task ImapAsync(Stream stream, CancellationToken stop)
    {
        const string Offer = "CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR";
        await LoopbackServer.SendAsync(stream, $"* OK [{Offer}] echo.test\r\n", stop);
        while (await LoopbackServer.CommandAsync(stream, stop) is { } line)
        {
            var words = line.Split(' ');
            await LoopbackServer.SendAsync(
                stream,
                words[1] switch
                {
                    "CAPABILITY" => $"* {Offer}\r\n{words[0]} OK done\r\n",
                    "LOGOUT" => $"* BYE\r\n{words[0]} OK done\r\n",
                    _ => $"{words[0]} NO [AUTHENTICATIONFAILED] that is {Repeat(words[2..].Select(w => w.Trim('"')))}\r\n",
                },
                stop);
        }
    }
}
