using MailDashboard.Mail.Headers;

namespace MailDashboard.Tests.Mail.Headers;

public class HeaderFuzzTests
{
    private static readonly string[] Pieces =
    [
        "Received:", " from ", " by ", " with ", "ESMTPS", "(", ")", ";", "Tue, 24 Nov 2026 10:00:00 +0000", "\n", "\r\n", "\n ", "Authentication-Results:", "dkim=pass", " header.d=", "example.org",
        "ARC-Seal:", "i=1", "cv=none", "ARC-Authentication-Results:", "From:", "=?utf-8?B?", "?=", "<", ">", "@", ",", "\"", "\0", "\uD83D", "\u202E", "é", "List-Unsubscribe:", "DKIM-Signature:", "h=a:b:c",
        "TLS1_3", "cipher=", "Date:", "=", ":", "99999999999999999999",
    ];

    [Fact]
    public void Analyze_RandomPieces_NeverThrows()
    {
        var random = new Random(20261124);
        for (var i = 0; i < 10_000; i++)
        {
            var analysis = HeaderAnalyzer.Analyze(string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => Pieces[random.Next(Pieces.Length)])));
            Assert.False(analysis.Hops.IsDefault);
        }
    }

    [Fact]
    public void Analyze_MutatedHeader_NeverThrows()
    {
        const string header = "Received: from a.example ([192.0.2.1]) by b.example (Postfix) with ESMTPS id 1 (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384); Tue, 24 Nov 2026 10:00:00 +0000\r\nAuthentication-Results: b.example; spf=pass smtp.mailfrom=a@example.org; dkim=pass header.d=example.org\r\nFrom: =?utf-8?Q?=C3=89?= <a@example.org>\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\n";
        var random = new Random(11);
        for (var i = 0; i < 10_000; i++)
        {
            var text = header.ToCharArray();
            for (var change = random.Next(1, 8); change > 0; change--)
            {
                text[random.Next(text.Length)] = (char)random.Next(random.Next(2) == 0 ? 128 : 0xFFFF);
            }

            _ = HeaderAnalyzer.Analyze(new string(text));
        }
    }

    [Theory]
    [InlineData("Received: from a by b; Tue, 24 Nov 2026 10:00:00 +0000\n", "")]
    [InlineData("(", "Received: ")]
    [InlineData("=?utf-8?B?QUFBQUFBQUFBQUFB?= ", "Subject: ")]
    [InlineData("=?utf-8?Q?=C3", "From: ")]
    [InlineData("<", "From: ")]
    [InlineData("a:", "From: ")]
    [InlineData("(", "From: ")]
    [InlineData("dkim=pass header.d=a; ", "Authentication-Results: a; ")]
    [InlineData("(", "Authentication-Results: a; dkim=pass ")]
    [InlineData("i=1;", "ARC-Seal: ")]
    [InlineData("X: y\n", "")]
    [InlineData("\n ", "From: a")]
    [InlineData("<a>", "List-Unsubscribe: ")]
    [InlineData("TLS ", "Received: by x with ")]
    [InlineData("cipher=", "Received: by x with ")]
    [InlineData("From: a@b.example\n", "")]
    public void Analyze_OverAMegabyte_IsBounded(string piece, string before)
    {
        var text = before + string.Concat(Enumerable.Repeat(piece, 2 * HeaderAnalyzer.MaximumLength / piece.Length));

        var bound = TimeSpan.FromSeconds(3);

        Assert.InRange(Fastest.Of(bound, () => HeaderAnalyzer.Analyze(text)), TimeSpan.Zero, bound);
        Assert.True(HeaderAnalyzer.Analyze(text).Hops.Length <= HeaderAnalyzer.MaximumHops);
    }

    [Fact]
    public void Analyze_TenThousandHops_SaysHowManyAreNotRead()
    {
        var analysis = HeaderAnalyzer.Analyze(string.Concat(Enumerable.Repeat("Received: from a.example by b.example; x\n", 10_000)));

        Assert.Equal("10000", Assert.Single(analysis.Notes, n => n.Oddity == HeaderOddity.TooManyHops).Arguments[0]);
    }
}
