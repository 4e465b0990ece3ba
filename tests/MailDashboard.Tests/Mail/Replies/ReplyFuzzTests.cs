using MailDashboard.Mail.Replies;

namespace MailDashboard.Tests.Mail.Replies;

public class ReplyFuzzTests
{
    private static readonly string[] Pieces =
    [
        "550", "421", "250", "-", " ", "5.7.1", "4.7.0", "5.7.26", "\r\n", "\n", "smtp;", "Diagnostic-Code:", "Status:", "said:", "gsmtp", "OFR_", "LPN007_", "[TSS04]",
        "'", "\"", "(", "\0", "\uD800", "\u202E", "é", "dsn=", "X-Long:", "\t", "999", "5.5.5.5", "SFR_IN_1", "#",
    ];

    [Fact]
    public void Explain_RandomPieces_NeverThrows()
    {
        var random = new Random(20261124);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var explanation = ReplyDecoder.Explain(text, i % 2 == 0 ? "en" : "fr");
            Assert.True(explanation is null || explanation.Meaning.Length > 0);
        }
    }

    [Fact]
    public void Explain_RandomCharacters_NeverThrows()
    {
        var random = new Random(7);
        for (var i = 0; i < 5_000; i++)
        {
            _ = ReplyDecoder.Explain(new string([.. Enumerable.Range(0, random.Next(200)).Select(_ => (char)random.Next(0x250))]), "en");
        }
    }

    [Theory]
    [InlineData("550-")]
    [InlineData("550 ")]
    [InlineData("5.7.")]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("A: \n ")]
    [InlineData("550-x\n")]
    [InlineData("'550 5.7.1' ")]
    public void Explain_TwiceAsMuch_TakesAboutTwiceAsLong(string piece)
    {
        // Everything past the limit is cut, so a text a hundred times as long costs no more.
        var atLimit = Repeat(piece, ReplyDecoder.MaximumLength);
        _ = ReplyDecoder.Explain(atLimit, "en");

        var bound = TimeSpan.FromSeconds(2);
        var longer = Repeat(piece, 100 * ReplyDecoder.MaximumLength);

        Assert.InRange(Fastest.Of(bound, () => ReplyDecoder.Explain(longer, "en")), TimeSpan.Zero, bound);
    }

    private static string Repeat(string piece, int length) => string.Concat(Enumerable.Repeat(piece, length / piece.Length));
}
