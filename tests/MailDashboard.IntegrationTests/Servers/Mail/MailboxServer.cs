using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Imap;
using MimeKit;

namespace MailDashboard.IntegrationTests.Servers.Mail;

/// <summary>
/// Dovecot with mailboxes: read by IMAP and POP3, filled by LMTP, filed by sieve. Everybody of <see cref="Domain"/> has one, with the same
/// password; <c>anna+anything</c> is anna's.
/// </summary>
public sealed class MailboxServer : IAsyncDisposable
{
    public const string Domain = "mailbox.test";
    public const string Password = "hunter2-Wq7";

    /// <summary>What the subject of a message has to contain for the filter to put it elsewhere.</summary>
    public const string JunkMark = "[junk]", FolderMark = "[news]", DiscardMark = "[gone]";

    /// <summary>Users to whom the same happens whatever the subject is.</summary>
    public const string JunkUser = "junk", FolderUser = "news", DiscardUser = "gone";

    /// <summary>Where <see cref="FolderMark"/> puts it.</summary>
    public const string Folder = "Newsletters";

    private readonly ServerFolder folder = new("mailboxes");
    private readonly TestCertificate? certificate;
    private ServerProcess? process;

    private MailboxServer(TestCertificate? certificate) => this.certificate = certificate;

    public IPEndPoint Imap { get; } = LoopbackPorts.Free();

    public IPEndPoint Pop3 { get; } = LoopbackPorts.Free();

    public IPEndPoint Lmtp { get; } = LoopbackPorts.Free();

    public string Output => process?.Output ?? "";

    /// <param name="certificate">With one it offers STARTTLS.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<MailboxServer> StartAsync(TestCertificate? certificate = null, CancellationToken cancellationToken = default)
    {
        var server = new MailboxServer(certificate);
        await Shell.RunAsync(["chown", "nobody", server.folder.Make("homes")], cancellationToken);
        await server.RestartAsync(cancellationToken);
        return server;
    }

    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await StopAsync();
        await LoopbackPorts.FreedAsync([Imap, Pop3, Lmtp], cancellationToken);
        process = await ServerProcess.StartAsync("dovecot", folder, ["/usr/sbin/dovecot", "-F", "-c", folder.Write("dovecot.conf", Config())], GreetsAsync, cancellationToken: cancellationToken);
    }

    public async Task StopAsync()
    {
        if (process is { } running)
        {
            process = null;
            await running.DisposeAsync();
        }
    }

    /// <summary>A Postfix that delivers into these mailboxes.</summary>
    public Task<PostfixServer> ExchangerAsync(string? catchAll = null, CancellationToken cancellationToken = default)
    {
        var parameters = new Dictionary<string, string>();
        Deliver(parameters, catchAll);
        return PostfixServer.StartAsync(new PostfixSettings { Parameters = parameters }, cancellationToken);
    }

    /// <summary>What makes a Postfix deliver into these mailboxes.</summary>
    /// <param name="parameters">Of its <c>main.cf</c>.</param>
    /// <param name="catchAll">A domain all of whose addresses are anna's.</param>
    public void Deliver(Dictionary<string, string> parameters, string? catchAll)
    {
        parameters["virtual_transport"] = $"lmtp:inet:{Lmtp.Address}:{Lmtp.Port}";
        parameters["recipient_delimiter"] = "+";
        if (catchAll is not null)
        {
            parameters["virtual_alias_maps"] = $"regexp:{folder.Write("catch-all", $"/@{catchAll.Replace(".", "\\.", StringComparison.Ordinal)}$/ anna@{Domain}\n")}";
        }
    }

    /// <summary>Puts a message somewhere, as a mail program would.</summary>
    public async Task PutAsync(string user, string name, MimeMessage message, CancellationToken cancellationToken = default)
    {
        using var client = await OpenAsync(user, cancellationToken);
        await (await client.GetFolderAsync(name, cancellationToken)).AppendAsync(message, MessageFlags.None, cancellationToken);
        await client.DisconnectAsync(true, cancellationToken);
    }

    /// <summary>Puts so many messages of strangers into the inbox.</summary>
    public async Task FillAsync(string user, int count, CancellationToken cancellationToken = default)
    {
        using var client = await OpenAsync(user, cancellationToken);
        for (var i = 0; i < count; i++)
        {
            using var message = new MimeMessage { Subject = $"stranger {i}", Body = new TextPart("plain") { Text = "hello" } };
            message.To.Add(MailboxAddress.Parse($"{user}+elsewhere@{Domain}"));
            await client.Inbox!.AppendAsync(message, MessageFlags.None, cancellationToken);
        }

        await client.DisconnectAsync(true, cancellationToken);
    }

    /// <summary>The subjects in a folder.</summary>
    public async Task<IReadOnlyList<string>> SubjectsAsync(string user, string name = "INBOX", CancellationToken cancellationToken = default)
    {
        using var client = await OpenAsync(user, cancellationToken);
        var read = await client.GetFolderAsync(name, cancellationToken);
        await read.OpenAsync(FolderAccess.ReadOnly, cancellationToken);
        var messages = await read.FetchAsync(0, -1, MessageSummaryItems.Envelope, cancellationToken);
        await client.DisconnectAsync(true, cancellationToken);
        return [.. messages.Select(m => m.Envelope?.Subject ?? "")];
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Dispose();
    }

    private async Task<ImapClient> OpenAsync(string user, CancellationToken cancellationToken)
    {
        var client = new ImapClient();
        await client.ConnectAsync(Imap.Address.ToString(), Imap.Port, MailKit.Security.SecureSocketOptions.None, cancellationToken);
        await client.AuthenticateAsync($"{user}@{Domain}", Password, cancellationToken);
        return client;
    }

    private string Config() => string.Create(CultureInfo.InvariantCulture, $$"""
        base_dir = {{folder.Make("run")}}
        state_dir = {{folder.Make("state")}}
        log_path = /dev/stderr
        protocols = imap pop3 lmtp
        listen = 127.0.0.1
        auth_mechanisms = plain login
        disable_plaintext_auth = no
        recipient_delimiter = +
        mail_location = maildir:~/Maildir
        {{Tls()}}
        service imap-login {
          inet_listener imap {
            port = {{Imap.Port}}
          }
          inet_listener imaps {
            port = 0
          }
        }
        service pop3-login {
          inet_listener pop3 {
            port = {{Pop3.Port}}
          }
          inet_listener pop3s {
            port = 0
          }
        }
        service lmtp {
          inet_listener lmtp {
            address = 127.0.0.1
            port = {{Lmtp.Port}}
          }
        }
        namespace inbox {
          inbox = yes
          mailbox Junk {
            auto = create
            special_use = \Junk
          }
          mailbox {{Folder}} {
            auto = create
          }
          mailbox Trash {
            auto = create
            special_use = \Trash
          }
        }
        passdb {
          driver = static
          args = password={{Password}}
        }
        userdb {
          driver = static
          args = uid=65534 gid=65534 home={{folder["homes"]}}/%n allow_all_users=yes
        }
        protocol lmtp {
          mail_plugins = sieve
        }
        plugin {
          sieve = {{folder.Write("filter.sieve", Filter)}}
        }
        """);

    private static string Filter => $$"""
        require ["fileinto", "envelope"];
        if anyof (header :contains "subject" "{{JunkMark}}", envelope :localpart "to" "{{JunkUser}}") { fileinto "Junk"; }
        elsif anyof (header :contains "subject" "{{FolderMark}}", envelope :localpart "to" "{{FolderUser}}") { fileinto "{{Folder}}"; }
        elsif anyof (header :contains "subject" "{{DiscardMark}}", envelope :localpart "to" "{{DiscardUser}}") { discard; }
        """;

    private string Tls() => certificate is null
        ? "ssl = no"
        : $"""
            ssl = yes
            ssl_cert = <{folder.Write("chain.pem", certificate.ChainPem)}
            ssl_key = <{folder.Write("key.pem", certificate.KeyPem)}
            """;

    private async Task<bool> GreetsAsync(CancellationToken cancellationToken)
    {
        foreach (var at in (IPEndPoint[])[Imap, Pop3, Lmtp])
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(at, cancellationToken);
                using var reader = new StreamReader(client.GetStream());
                if (await reader.ReadLineAsync(cancellationToken) is null)
                {
                    return false;
                }
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                return false;
            }
        }

        return true;
    }
}
