using System.Security.Cryptography;
using MailDashboard.Mail.Messages;
using MimeKit;
using MimeKit.Cryptography;

namespace MailDashboard.Tests.Mail.Messages;

/// <summary>A list takes the message, adds a footer and sends it on from its own address.</summary>
public class ForwardedJudgementTests
{
    private readonly WellWorld _world = new();

    [Fact]
    public async Task Forwarded_WithValidArc_IsExplainedAndCostsNothing()
    {
        var verdict = await ForwardedAsync(breakSeal: false);

        Assert.Equal("", WellWorld.Costs(verdict));
        Assert.Contains(verdict.Fine, f => f is { Key: "arc", Value: "forward.example" });
        Assert.All(verdict.Marks, m => Assert.Equal("MSG051", m.Code));
        Assert.NotEmpty(verdict.Marks);
    }

    [Fact]
    public async Task Forwarded_WithBrokenArc_CostsSpfAndDkim()
    {
        var verdict = await ForwardedAsync(breakSeal: true);

        Assert.Equal("MSG010:2 MSG021:2", WellWorld.Costs(verdict));
        Assert.Contains(verdict.Marks, m => m.Code == "MSG050");
    }

    [Theory]
    [InlineData("dkim=fail header.d=other.example; dkim=pass header.d=good.example; spf=pass; dmarc=pass", "")]
    [InlineData("dkim=pass header.d=other.example; dkim=fail header.d=good.example; spf=pass; dmarc=fail", "MSG021:2")]
    public async Task Forwarded_TheFirstSawSeveralSignatures_ItsOwnCounts(string seen, string costs) => Assert.Equal(costs, WellWorld.Costs(await ForwardedAsync(breakSeal: false, seen)));

    /// <summary>Fastmail's way to write them; what is sealed is the text, whether one can parse it or not.</summary>
    [Fact]
    public async Task Forwarded_ResultsOutsideTheGrammar_DoNotBreakTheChain()
    {
        const string odd = "i=1; forward.example; dkim=pass (2048-bit rsa key sha256) header.d=good.example x-bits=2048; spf=pass; dmarc=pass";

        Assert.Equal("", WellWorld.Costs(await ForwardedAsync(breakSeal: false, odd: odd)));
        Assert.Equal("MSG010:2 MSG021:2", WellWorld.Costs(await ForwardedAsync(breakSeal: true, odd: odd)));
    }

    private async Task<MessageVerdict> ForwardedAsync(bool breakSeal, string seen = "spf=pass; dkim=pass; dmarc=pass", string? odd = null)
    {
        using var key = RSA.Create(2048);
        _world.Dns.Txt("arc._domainkey.forward.example", WellWorld.KeyRecord(key))
            .A("out.forward.example", "198.51.100.7").Ptr("198.51.100.7", "out.forward.example");
        _world.Received = "from out.forward.example (out.forward.example [198.51.100.7]) by in.mailbox.example with ESMTPS id 2 (version=TLS1_3); Tue, 24 Nov 2026 10:00:00 +0000";
        using var stream = new MemoryStream(_world.SignedAndChanged("Monday.", "Monday.\r\n-- \r\nThis list"));
        var message = MimeMessage.Load(stream);
        new Sealer(WellWorld.Private(key), seen).Sign(message, ["From", "To", "Subject", "Date"]);
        if (odd is not null)
        {
            Reseal(message, key, odd);
        }

        if (breakSeal)
        {
            var seal = message.Headers.First(h => h.Id == HeaderId.ArcSeal);
            seal.Value = seal.Value.Replace("cv=none", "cv=fail", StringComparison.Ordinal);
        }

        using var forwarded = new MemoryStream();
        message.WriteTo(forwarded);
        return await _world.JudgeAsync(WellWorld.Crlf(System.Text.Encoding.UTF8.GetString(forwarded.ToArray())));
    }

    /// <summary>By hand (RFC 8617 §5.1.1): MimeKit neither writes nor reads such results.</summary>
    private static void Reseal(MimeMessage message, RSA key, string results)
    {
        var fields = new[] { HeaderId.ArcAuthenticationResults, HeaderId.ArcMessageSignature, HeaderId.ArcSeal }.Select(id => message.Headers.First(h => h.Id == id)).ToList();
        var seal = Squeezed(fields[2]);
        Write(fields[0], results);
        Write(fields[2], seal[..(seal.IndexOf("; b=", StringComparison.Ordinal) + 4)]);
        var text = string.Join("\r\n", fields.Select(f => $"{f.Field.ToLowerInvariant()}:{Squeezed(f)}"));
        Write(fields[2], Squeezed(fields[2]) + Convert.ToBase64String(key.SignData(System.Text.Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
    }

    private static string Squeezed(Header field) => string.Join(' ', System.Text.Encoding.ASCII.GetString(field.RawValue).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static void Write(Header field, string value) => field.SetRawValue(System.Text.Encoding.ASCII.GetBytes($" {value}\r\n"));

    private sealed class Sealer(Org.BouncyCastle.Crypto.AsymmetricKeyParameter key, string seen) : ArcSigner(key, "forward.example", "arc", DkimSignatureAlgorithm.RsaSha256)
    {
        protected override AuthenticationResults GenerateArcAuthenticationResults(FormatOptions options, MimeMessage message, CancellationToken cancellationToken)
        {
            Assert.True(AuthenticationResults.TryParse(System.Text.Encoding.ASCII.GetBytes($"forward.example; {seen}"), out var results));
            return results;
        }

        protected override Task<AuthenticationResults> GenerateArcAuthenticationResultsAsync(FormatOptions options, MimeMessage message, CancellationToken cancellationToken) =>
            Task.FromResult(GenerateArcAuthenticationResults(options, message, cancellationToken));
    }
}
