using System.Diagnostics;
using MailDashboard.Mail.Messages;
using MailDashboard.Mail.Messages.Content;

namespace MailDashboard.Tests.Mail.Messages;

/// <summary>Hostile messages are judged within bounds of time, and what was left out is said.</summary>
public class MessageLimitTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly WellWorld _world = new();

    [Theory]
    [InlineData("parts")]
    [InlineData("fields")]
    [InlineData("nested")]
    [InlineData("octets")]
    [InlineData("header")]
    public async Task Bomb_IsBoundedAndSaid(string kind)
    {
        var header = "Date: Tue, 24 Nov 2026 09:59:50 +0000\nFrom: a@good.example\nMessage-ID: <1@good.example>\nSubject: Hello\nMIME-Version: 1.0\n";
        var text = kind switch
        {
            "parts" => header + "Content-Type: multipart/mixed; boundary=b\n\n" + string.Concat(Enumerable.Repeat("--b\n\nx\n", 200_000)) + "--b--\n",
            "fields" => header + string.Concat(Enumerable.Repeat("X-A: b\n", 30_000)) + "\nx\n",
            "nested" => header + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n")) + "\nx\n",
            "octets" => header + "\n" + new string('x', MessageLimits.Octets),
            _ => header + "X-Long: " + string.Concat(Enumerable.Repeat("abc \n ", 300_000)) + "\n\nx\n",
        };
        var started = Stopwatch.GetTimestamp();

        var verdict = await _world.JudgeAsync(WellWorld.Crlf(text));

        Assert.True(Stopwatch.GetElapsedTime(started) < Bound);
        if (kind != "nested")
        {
            Assert.Contains(verdict.Marks, m => m.Code == "MSG001" && m.Subject.Name == kind);
        }
    }

    [Theory]
    [InlineData("<div>", 200_000)]
    [InlineData("<b a=1><p>x", 50_000)]
    [InlineData("<div><b></div>", 20_000)]
    [InlineData("<p>x</p>", 60_000)]
    [InlineData("<table><tr><td>", 5_000)]
    public void Html_MadeToExhaust_IsGivenUp(string piece, int count)
    {
        var started = Stopwatch.GetTimestamp();

        Assert.Null(GuardedHtml.Parse(string.Concat(Enumerable.Repeat(piece, count)), TimeProvider.System));
        Assert.True(Stopwatch.GetElapsedTime(started) < Bound);
    }

    [Fact]
    public void Html_OfANewsletter_IsRead()
    {
        var rows = string.Concat(Enumerable.Repeat("<tr><td><table><tr><td><p>Text<p>More<br><img src=a alt=b></td><td>x</table></td></tr>", 800));

        Assert.NotNull(GuardedHtml.Parse($"<html><body><table>{rows}</table></body></html>", TimeProvider.System));
    }

    [Fact]
    public async Task Mutated_NeverThrows()
    {
        var signed = _world.Signed();
        var random = new Random(20261124);
        for (var i = 0; i < 300; i++)
        {
            var broken = (byte[])signed.Clone();
            for (var change = random.Next(1, 20); change > 0; change--)
            {
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            }

            var verdict = await _world.JudgeAsync(broken);
            Assert.InRange(verdict.Score, 0m, 10m);
        }
    }
}
