using System.Text;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.IntegrationTests.Servers.Mail;
using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Mailboxes;
using MailDashboard.Mail.SigningIn;
using MimeKit;

namespace MailDashboard.IntegrationTests.Mail;

/// <summary>Looks into the mailboxes of a real Dovecot, into which a real Postfix delivers through sieve.</summary>
public sealed class MailboxReaderTests
{
    private const string Secret = "what-is-in-the-body";

    private static readonly MailboxReader Reader = new(new NoDns(), TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Hello", "INBOX", FolderKind.Inbox)]
    [InlineData(MailboxServer.JunkMark, "Junk", FolderKind.Spam)]
    [InlineData(MailboxServer.FolderMark, MailboxServer.Folder, FolderKind.Other)]
    public async Task Find_DeliveredAndFiled_SaysWhereAndWhen(string subject, string folder, FolderKind kind)
    {
        await using var server = await MailboxServer.StartAsync(cancellationToken: Token);
        await using var postfix = await server.ExchangerAsync(cancellationToken: Token);
        var before = TimeProvider.System.GetUtcNow().AddSeconds(-2);
        await SendAsync(postfix, Message(subject, $"anna@{MailboxServer.Domain}", "abc@sender.test"));

        var (found, look) = await WaitAsync(Imap(server), new MailboxQuery.MessageId("abc@sender.test"));

        Assert.Equal((folder, kind, true), (found.Folder, found.Kind, look.IsComplete));
        Assert.InRange(found.ArrivedAt!.Value, before, TimeProvider.System.GetUtcNow().AddSeconds(2));
        Assert.Equal(found.Size, found.Message.Length);
        Assert.Contains(Secret, Encoding.UTF8.GetString(found.Message.Span), StringComparison.Ordinal);
        Assert.Contains("Delivered-To: ", Encoding.UTF8.GetString(found.Header.Span), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, Encoding.UTF8.GetString(found.Header.Span), StringComparison.Ordinal);
        Assert.Equal(["INBOX", "Junk", MailboxServer.Folder], look.Folders);
        Private(look);
    }

    [Fact]
    public async Task Find_Discarded_IsNotThere()
    {
        await using var server = await MailboxServer.StartAsync(cancellationToken: Token);
        await using var postfix = await server.ExchangerAsync(cancellationToken: Token);
        var address = $"anna@{MailboxServer.Domain}";
        await SendAsync(postfix, Message(MailboxServer.DiscardMark, address, "gone@sender.test"));
        await SendAsync(postfix, Message("after it", address, "kept@sender.test"));
        await WaitAsync(Imap(server), new MailboxQuery.MessageId("kept@sender.test"));

        var look = await Reader.FindAsync(Imap(server), [new MailboxQuery.MessageId("gone@sender.test")], whole: false, Token);

        Assert.True(look.IsComplete);
        Assert.Empty(look.Found);
    }

    [Theory]
    [InlineData(MailboxProtocol.Imap, true)]
    [InlineData(MailboxProtocol.Imap, false)]
    [InlineData(MailboxProtocol.Pop3, true)]
    [InlineData(MailboxProtocol.Pop3, false)]
    public async Task Find_ByToken_InToOrOnlyInTheEnvelope(MailboxProtocol protocol, bool isInTo)
    {
        await using var server = await MailboxServer.StartAsync(cancellationToken: Token);
        await using var postfix = await server.ExchangerAsync(cancellationToken: Token);
        var address = $"anna+k7f3q9@{MailboxServer.Domain}";
        await SendAsync(postfix, Message("one", isInTo ? address : "undisclosed@elsewhere.test", "1@sender.test"), address);
        await SendAsync(postfix, Message("two", $"anna+zzzzzz@{MailboxServer.Domain}", "2@sender.test"));

        var (found, look) = await WaitAsync(Settings(server, protocol), new MailboxQuery.SentTo("K7F3q9"));

        Assert.Contains("Message-Id: <1@sender.test>", Encoding.UTF8.GetString(found.Header.Span), StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(found.ArrivedAt);
        Private(look);
    }

    [Fact]
    public async Task Find_CatchAll_ByTokenInTo()
    {
        await using var server = await MailboxServer.StartAsync(cancellationToken: Token);
        await using var postfix = await server.ExchangerAsync("catch.test", cancellationToken: Token);
        await SendAsync(postfix, Message("one", "k7f3q9@catch.test", "1@sender.test"));

        var (found, _) = await WaitAsync(Imap(server), new MailboxQuery.SentTo("k7f3q9"));

        Assert.Equal(FolderKind.Inbox, found.Kind);
    }

    [Fact]
    public async Task Find_SeveralAtOnce_OneConnection()
    {
        await using var server = await MailboxServer.StartAsync(cancellationToken: Token);
        await server.PutAsync("anna", "INBOX", Message("one", "a@b.test", "1@sender.test"), Token);
        await server.PutAsync("anna", "Junk", Message("two", "a@b.test", "2@sender.test"), Token);
        MailboxQuery[] queries = [new MailboxQuery.MessageId("1@sender.test"), new MailboxQuery.MessageId("2@sender.test"), new MailboxQuery.MessageId("3@sender.test")];

        var look = await Reader.FindAsync(Imap(server), queries, whole: true, Token);

        Assert.Equal([FolderKind.Inbox, FolderKind.Spam], queries[..2].Select(q => look.Found[q].Kind));
        Assert.DoesNotContain(queries[2], look.Found.Keys);
        Assert.Single(look.Conversation, l => l.Contains("connecting to", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(MailboxProtocol.Imap)]
    [InlineData(MailboxProtocol.Pop3)]
    public async Task Find_FiftyMegabytes_FetchesTheHeaderOnly(MailboxProtocol protocol)
    {
        await using var server = await MailboxServer.StartAsync(cancellationToken: Token);
        var large = Message("large", "a@b.test", "large@sender.test");
        ((TextPart)large.Body!).Text = string.Concat(Enumerable.Repeat(new string('x', 76) + "\n", (MailboxReader.LargestMessage / 77) + 1));
        await server.PutAsync("anna", "INBOX", large, Token);

        var look = await Reader.FindAsync(Settings(server, protocol), [new MailboxQuery.MessageId("large@sender.test")], whole: true, Token);

        var found = Assert.Single(look.Found.Values);
        Assert.True(found.Size > MailboxReader.LargestMessage);
        Assert.True(found.Message.IsEmpty);
        Assert.InRange(found.Header.Length, 1, MailboxReader.LongestHeader);
    }

    [Theory]
    [InlineData(MailboxProtocol.Imap)]
    [InlineData(MailboxProtocol.Pop3)]
    public async Task Remove_Tokens_LeavesEverythingElse(MailboxProtocol protocol)
    {
        await using var server = await MailboxServer.StartAsync(cancellationToken: Token);
        await server.PutAsync("anna", "INBOX", Message("mine", "anna+k7f3q9@b.test", "1@sender.test"), Token);
        await server.PutAsync("anna", "INBOX", Message("private", "anna@b.test", "2@sender.test"), Token);
        await server.PutAsync("anna", "Junk", Message("mine too", "anna+p2p2p2@b.test", "3@sender.test"), Token);

        var look = await Reader.RemoveAsync(Settings(server, protocol), [new MailboxQuery.SentTo("k7f3q9"), new MailboxQuery.SentTo("p2p2p2")], Token);

        Assert.True(look.IsComplete);
        Assert.Equal(protocol == MailboxProtocol.Imap ? 2 : 1, look.Removed);
        Assert.Equal(["private"], await server.SubjectsAsync("anna", cancellationToken: Token));
        Assert.Equal(protocol == MailboxProtocol.Imap ? [] : ["mine too"], await server.SubjectsAsync("anna", "Junk", Token));
        Private(look);
    }

    [Theory]
    [InlineData(MailboxProtocol.Imap)]
    [InlineData(MailboxProtocol.Pop3)]
    public async Task Try_WrongPassword_StopsAtSigningInAndHidesIt(MailboxProtocol protocol)
    {
        await using var server = await MailboxServer.StartAsync(cancellationToken: Token);
        var settings = Settings(server, protocol) with { SignIn = SignIn.Of("anna", "not-" + MailboxServer.Password) };

        var look = await Reader.TryAsync(settings, Token);

        Assert.Equal(MailboxStage.SigningIn, look.Stage);
        Assert.NotEmpty(look.Detail);
        Private(look);
    }

    [Fact]
    public async Task Try_ClosedPort_StopsAtConnecting()
    {
        var settings = new MailboxSettings(MailboxProtocol.Imap, "127.0.0.1", LoopbackPorts.Free().Port, ServerSecurity.None, SignIn.Of("anna", MailboxServer.Password));

        var look = await Reader.TryAsync(settings, Token);

        Assert.Equal(MailboxStage.Connecting, look.Stage);
        Assert.False(look.IsComplete);
    }

    [Theory]
    [InlineData(MailboxProtocol.Imap)]
    [InlineData(MailboxProtocol.Pop3)]
    public async Task Try_CertificateThatNobodyTrusts_StopsBeforeThePassword(MailboxProtocol protocol)
    {
        using var authority = new TestCertificates();
        await using var server = await MailboxServer.StartAsync(authority.SelfSigned("localhost"), Token);

        var look = await Reader.TryAsync(Settings(server, protocol) with { Security = ServerSecurity.StartTls }, Token);

        Assert.Equal(MailboxStage.Encrypting, look.Stage);
        Assert.Equal((CertificateFault.Untrusted, "localhost"), (look.Certificate!.Fault, Assert.Single(look.Certificate.Names)));
        Assert.DoesNotContain(look.Conversation, l => l.Contains("LOGIN ", StringComparison.Ordinal) || l.Contains("AUTH", StringComparison.Ordinal) && l.StartsWith('>'));
        Private(look);
    }

    private static void Private(MailboxLook look)
    {
        var said = string.Join('\n', look.Conversation.Append(look.Detail));
        Assert.DoesNotContain(MailboxServer.Password, said, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0anna@{MailboxServer.Domain}\0{MailboxServer.Password}")), said, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, said, StringComparison.Ordinal);
        Assert.DoesNotContain("Return-Path", said, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<(FoundMessage Found, MailboxLook Look)> WaitAsync(MailboxSettings settings, MailboxQuery query)
    {
        MailboxLook? look = null;
        await Eventually.TrueAsync(
            "the message is there",
            async token => (look = await Reader.FindAsync(settings, [query], whole: true, token)).Found.Count > 0,
            cancellationToken: Token);
        return (look!.Found[query], look);
    }

    [Theory]
    [InlineData("promotions", "promotions", FolderKind.Other)]
    [InlineData(null, "INBOX", FolderKind.Inbox)]
    public async Task Find_InATabOfGmail_SaysWhichTab(string? tab, string folder, FolderKind kind)
    {
        await using var server = GmailServer.Start("abc@sender.test", tab);
        var settings = new MailboxSettings(MailboxProtocol.Imap, "localhost", server.Port, ServerSecurity.None, SignIn.Of("anna", MailboxServer.Password));

        var look = await Reader.FindAsync(settings, [new MailboxQuery.MessageId("abc@sender.test")], whole: false, Token);
        var removal = await Reader.RemoveAsync(settings, [new MailboxQuery.MessageId("abc@sender.test")], Token);

        Assert.Equal((MailboxStage.Done, ""), (look.Stage, look.Detail));
        Assert.Equal((folder, kind), (Assert.Single(look.Found.Values).Folder, look.Found.Values.Single().Kind));
        Assert.Equal(["INBOX", "[Gmail]/Spam"], look.Folders);
        Assert.Equal((MailboxStage.Done, 1), (removal.Stage, removal.Removed));
        Assert.Contains("UID MOVE 7 [Gmail]/Bin", server.Commands.Select(c => c.Replace("\"", "", StringComparison.Ordinal)));
    }

    private static MailboxSettings Imap(MailboxServer server) => Settings(server, MailboxProtocol.Imap);

    private static MailboxSettings Settings(MailboxServer server, MailboxProtocol protocol) => new(
        protocol, "localhost", (protocol == MailboxProtocol.Imap ? server.Imap : server.Pop3).Port, ServerSecurity.None, SignIn.Of($"anna@{MailboxServer.Domain}", MailboxServer.Password));

    private static MimeMessage Message(string subject, string to, string id) => new()
    {
        From = { MailboxAddress.Parse("shop@sender.test") },
        To = { MailboxAddress.Parse(to) },
        Subject = subject,
        MessageId = id,
        Body = new TextPart("plain") { Text = Secret },
    };

    private static async Task SendAsync(PostfixServer postfix, MimeMessage message, string? recipient = null)
    {
        using var client = new MailKit.Net.Smtp.SmtpClient();
        await client.ConnectAsync(postfix.EndPoint.Address.ToString(), postfix.EndPoint.Port, MailKit.Security.SecureSocketOptions.None, Token);
        await client.SendAsync(message, message.From.Mailboxes.Single(), recipient is null ? message.To.Mailboxes : [MailboxAddress.Parse(recipient)], Token);
        await client.DisconnectAsync(true, Token);
    }

    /// <summary>Localhost needs none.</summary>
    private sealed class NoDns : IDnsResolver
    {
        public Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, DnsOptions options, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"Nobody should ask for {name}.");
    }
}
