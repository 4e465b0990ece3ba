using MailDashboard.Mail.Messages.Content;
using MimeKit;

namespace MailDashboard.Tests.Mail.Messages;

public class HtmlPreviewTests
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 1, 2, 3];

    [Theory]
    [InlineData("<script>alert(1)</script>", "script")]
    [InlineData("<img src=x onerror=alert(1)>", "onerror")]
    [InlineData("<img src=\"https://track.example/p.gif\">", "track.example")]
    [InlineData("<img src=\"data:image/png;base64,AAAA\">", "data:")]
    [InlineData("<a href=\"https://evil.example/\">x</a>", "evil.example")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>", "javascript")]
    [InlineData("<p style=\"background:url(https://track.example/a)\">x</p>", "track.example")]
    [InlineData("<p style=\"background-image:url(//track.example/a)\">x</p>", "track.example")]
    [InlineData("<p style=\"color:red;content:url(https://track.example)\">x</p>", "track.example")]
    [InlineData("<p style=\"position:fixed;top:0\">x</p>", "fixed")]
    [InlineData("<style>@import 'https://track.example/a.css';</style>x", "track.example")]
    [InlineData("<link rel=stylesheet href=\"https://track.example/a.css\">x", "track.example")]
    [InlineData("<iframe src=\"https://evil.example\"></iframe>x", "evil.example")]
    [InlineData("<form action=\"https://evil.example\"><input></form>x", "evil.example")]
    [InlineData("<svg><image href=\"https://track.example/a\"/></svg>x", "track.example")]
    [InlineData("<video poster=\"https://track.example/a\"></video>x", "track.example")]
    [InlineData("<img srcset=\"https://track.example/a 2x\">", "track.example")]
    [InlineData("<table background=\"https://track.example/a\"><tr><td>x</table>", "track.example")]
    [InlineData("<meta http-equiv=refresh content=\"0;url=https://evil.example\">x", "evil.example")]
    [InlineData("<base href=\"https://evil.example/\">x", "evil.example")]
    public void Clean_TakesAwayWhatActsOrLoads(string html, string gone) =>
        Assert.DoesNotContain(gone, HtmlPreview.Clean(html, new MimeMessage(), TimeProvider.System), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Clean_KeepsTextAndSafeStyle()
    {
        var clean = HtmlPreview.Clean("<h1 style=\"color:red\">Größe</h1>", new MimeMessage(), TimeProvider.System);

        Assert.Contains("Größe", clean, StringComparison.Ordinal);
        Assert.Contains("color", clean, StringComparison.Ordinal);
    }

    [Fact]
    public void Clean_PictureOfTheMessage_IsInlinedIfRaster()
    {
        var raster = HtmlPreview.Clean("<img src=\"cid:a\">", With(Png), TimeProvider.System);
        var vector = HtmlPreview.Clean("<img src=\"cid:a\">", With("<svg onload='x'/>"u8.ToArray()), TimeProvider.System);

        Assert.Contains("data:image/png;base64,", raster, StringComparison.Ordinal);
        Assert.DoesNotContain("data:", vector, StringComparison.Ordinal);
    }

    private static MimeMessage With(byte[] picture) => new()
    {
        Body = new MimePart("image", "png") { ContentId = "a", Content = new MimeContent(new MemoryStream(picture)) },
    };
}
