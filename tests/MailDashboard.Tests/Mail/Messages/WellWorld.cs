using System.Globalization;
using System.Security.Cryptography;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Mail.Messages;
using MailDashboard.Mail.Messages.Filters;
using MailDashboard.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace MailDashboard.Tests.Mail.Messages;

/// <summary>A domain whose mail is as it should be, and a message from it; tests break one thing at a time.</summary>
internal sealed class WellWorld
{
    public const string From = "good.example";
    public const string Sender = "203.0.113.10";

    public static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly RSA Key = RSA.Create(2048);

    public FakeDns Dns { get; } = new FakeDns()
        .Txt(From, $"v=spf1 ip4:{Sender} -all")
        .Txt($"_dmarc.{From}", "v=DMARC1; p=reject; rua=mailto:dmarc@good.example")
        .Txt($"s1._domainkey.{From}", KeyRecord(Key))
        .A($"mx.{From}", Sender)
        .A($"www.{From}", "203.0.113.80")
        .Txt($"mx.{From}", "v=spf1 a -all")
        .Ptr(Sender, $"mx.{From}");

    public List<IMessageFilter> Filters { get; } = [];

    public BlocklistProbe? Blocklists { get; set; }

    /// <summary>Null where the mailbox notes none.</summary>
    public string? MailFrom { get; set; } = $"bounce@{From}";

    public string Received { get; set; } = $"from mx.{From} (mx.{From} [{Sender}]) by in.mailbox.example (Postfix) with ESMTPS id 1 (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384); Tue, 24 Nov 2026 10:00:00 +0000";

    public bool? IsBulk { get; set; }

    /// <summary>The text of a message that nothing is wrong with, before it is signed.</summary>
    public string Text { get; set; } = """
        Date: Tue, 24 Nov 2026 09:59:50 +0000
        From: Anna <anna@good.example>
        To: test@mailbox.example
        Subject: Minutes of the meeting
        Message-ID: <1@good.example>
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary=b

        --b
        Content-Type: text/plain; charset=utf-8

        Dear colleagues, here are the minutes of our meeting on Monday.
        --b
        Content-Type: text/html; charset=utf-8

        <p>Dear colleagues, here are the <a href="https://www.good.example/minutes">minutes</a> of our meeting on Monday.</p>
        --b--

        """;

    public static string KeyRecord(RSA key) => $"v=DKIM1; k=rsa; p={Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}";

    public static AsymmetricKeyParameter Private(RSA key) => DotNetUtilities.GetRsaKeyPair(key.ExportParameters(true)).Private;

    /// <summary>Signs as the domain does, or otherwise.</summary>
    public byte[] Signed(string domain = From, string selector = "s1", RSA? key = null, IList<string>? fields = null, Action<DkimSigner>? change = null)
    {
        using var stream = new MemoryStream(Crlf(Text));

        // In one piece: signers sign what is there, not what a reader makes of it.
        var message = MimeMessage.Load(new ParserOptions { MaxMimeDepth = 0 }, stream);
        var signer = new DkimSigner(Private(key ?? Key), domain, selector, DkimSignatureAlgorithm.RsaSha256) { HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed, BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed };
        change?.Invoke(signer);
        signer.Sign(message, fields ?? ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]);
        using var signed = new MemoryStream();
        var options = FormatOptions.Default.Clone();
        options.NewLineFormat = NewLineFormat.Dos;
        message.WriteTo(options, signed);
        return signed.ToArray();
    }

    /// <summary>Signed, and then something in it is changed on the way.</summary>
    public byte[] SignedAndChanged(string before, string after)
    {
        var text = System.Text.Encoding.UTF8.GetString(Signed());
        Assert.Contains(before, text, StringComparison.Ordinal);
        return System.Text.Encoding.UTF8.GetBytes(text.Replace(before, after, StringComparison.Ordinal));
    }

    /// <summary>A signature with a key that fits the algorithm, for Ed25519.</summary>
    public byte[] SignedEd25519()
    {
        var key = new Ed25519PrivateKeyParameters(new SecureRandom());
        Dns.Txt($"ed._domainkey.{From}", $"v=DKIM1; k=ed25519; p={Convert.ToBase64String(key.GeneratePublicKey().GetEncoded())}");
        using var stream = new MemoryStream(Crlf(Text));
        var message = MimeMessage.Load(stream);
        new DkimSigner(key, From, "ed", DkimSignatureAlgorithm.Ed25519Sha256).Sign(message, ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]);
        using var signed = new MemoryStream();
        var options = FormatOptions.Default.Clone();
        options.NewLineFormat = NewLineFormat.Dos;
        message.WriteTo(options, signed);
        return signed.ToArray();
    }

    public byte[] Delivered(byte[] message) => [.. Crlf($"{(MailFrom is null ? "" : $"Return-Path: <{MailFrom}>\n")}Received: {Received}\n"), .. message];

    public Task<MessageObservation> ObserveAsync(byte[]? message = null) => Judge().ObserveAsync(Request(message), TestContext.Current.CancellationToken);

    public async Task<MessageVerdict> JudgeAsync(byte[]? message = null, TimeProvider? time = null) => (await Judge(time).JudgeAsync(Request(message), TestContext.Current.CancellationToken)).Verdict;

    public static byte[] Crlf(string text) => System.Text.Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    /// <summary>The codes that cost, with their points.</summary>
    public static string Costs(MessageVerdict verdict) => string.Join(' ', verdict.Marks.Where(m => m.Costs).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Code}:{m.Points}")));

    private MessageRequest Request(byte[]? message) => new(Delivered(message ?? Signed()), Now) { TrustedHosts = ["mailbox.example"], IsBulk = IsBulk };

    private MessageJudge Judge(TimeProvider? time = null) => new(Dns, Blocklists, Filters, time ?? new FakeTimeProvider(Now));
}
