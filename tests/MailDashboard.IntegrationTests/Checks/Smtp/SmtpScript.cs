using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using static MailDashboard.IntegrationTests.Checks.Smtp.LoopbackServer;

namespace MailDashboard.IntegrationTests.Checks.Smtp;

/// <summary>A server that behaves, with each reply open to change.</summary>
public sealed record SmtpScript
{
    public string Greeting { get; init; } = "220 mx.example.test ESMTP\r\n";

    public string Ehlo { get; init; } = "250-mx.example.test\r\n250-SIZE 1000\r\n250 STARTTLS\r\n";

    public string Helo { get; init; } = "250 mx.example.test\r\n";

    public string StartTls { get; init; } = "220 go ahead\r\n";

    public X509Certificate2? Certificate { get; init; }

    public List<string> Commands { get; } = [];

    public async Task TalkAsync(Stream stream, CancellationToken token)
    {
        await SendAsync(stream, Greeting, token);
        while (await CommandAsync(stream, token) is { } command)
        {
            Commands.Add(command);
            var verb = command.Split(' ')[0].ToUpperInvariant();
            await SendAsync(stream, verb switch { "EHLO" => Ehlo, "HELO" => Helo, "STARTTLS" => StartTls, "QUIT" => "221 bye\r\n", _ => "502 no\r\n" }, token);
            if (verb == "QUIT")
            {
                return;
            }

            if (verb == "STARTTLS" && StartTls.StartsWith('2'))
            {
                await EncryptAsync(stream, token);
                return;
            }
        }
    }

    private async Task EncryptAsync(Stream stream, CancellationToken token)
    {
        if (Certificate is null)
        {
            return;
        }

        await using var encrypted = new SslStream(stream);
        await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, token);
        while (await CommandAsync(encrypted, token) is { } command)
        {
            Commands.Add(command);
            await SendAsync(encrypted, command == "QUIT" ? "221 bye\r\n" : "250-mx.example.test\r\n250 AUTH PLAIN\r\n", token);
        }
    }
}
