using System.Text;
using MailDashboard.Checks.Bimi;

namespace MailDashboard.Tests.Checks.Bimi;

public class BimiLogoReaderTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_RightLogo_HasNoFault(bool compressed)
    {
        var file = Encoding.UTF8.GetBytes(Marks.Logo);

        var logo = BimiLogoReader.Read(compressed ? Marks.Gzip(file) : file);

        Assert.Equal((null, true, "Example", file.Length), (logo.Unreadable, logo.IsSquare, logo.Title, logo.Octets));
        Assert.Empty(logo.Faults);
    }

    [Theory]
    [InlineData("<desc>A dot</desc>", "<script>alert(1)</script>", "<script>")]
    [InlineData("<desc>A dot</desc>", "<animate attributeName='r'/>", "<animate>")]
    [InlineData("<desc>A dot</desc>", "<image xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='#x'/>", "<image>")]
    [InlineData("xlink:href=\"#c\"", "xlink:href=\"https://evil.test/x.svg\"", "xlink:href=\"https://evil.test/x.svg\"")]
    [InlineData("url(#g)", "url(https://evil.test/)", "fill=\"url(https://evil.test/)\"")]
    [InlineData("<svg ", "<svg onload=\"x()\" ", "onload=\"x()\"")]
    [InlineData("<desc>A dot</desc>", "<style>.a{fill:red}</style>", "<style>")]
    [InlineData("<desc>A dot</desc>", "<clipPath id='p'/>", "<clipPath>")]
    [InlineData("<desc>A dot</desc>", "<mask id='m'/>", "<mask>")]
    [InlineData("<desc>A dot</desc>", "<filter id='f'/>", "<filter>")]
    [InlineData("<desc>A dot</desc>", "<x:script xmlns:x='urn:x'/>", "<script>")]
    [InlineData("<desc>A dot</desc>", "<g style='fill:red'/>", "style=\"fill:red\"")]
    [InlineData("tiny-ps", "tiny", "<svg baseProfile=\"tiny\">")]
    [InlineData("version=\"1.2\"", "version=\"1.1\"", "<svg version=\"1.1\">")]
    [InlineData("viewBox", "x=\"0\" viewBox", "<svg x=\"0\">")]
    [InlineData("<svg ", "<?xml-stylesheet href='https://evil.test/'?><svg ", "<?xml-stylesheet")]
    public void Read_ForbiddenThing_IsThatFaultAlone(string from, string to, string fault) =>
        Assert.Equal([fault], BimiLogoReader.Read(Encoding.UTF8.GetBytes(Marks.Logo.Replace(from, to, StringComparison.Ordinal))).Faults);

    [Theory]
    [InlineData("<desc>A dot</desc><metadata><x:work xmlns:x='urn:x' x:style='none'/></metadata>")]
    [InlineData("<defs><solidColor id='s'/></defs><g><text><tspan>a</tspan></text><polyline points='0,0 1,1'/></g>")]
    public void Read_WhatTheProfileHas_IsNoFault(string part) =>
        Assert.Empty(BimiLogoReader.Read(Encoding.UTF8.GetBytes(Marks.Logo.Replace("<desc>A dot</desc>", part, StringComparison.Ordinal))).Faults);

    [Theory]
    [InlineData("0 0 100 99")]
    [InlineData("0 0 -5 -5")]
    [InlineData("")]
    [InlineData("0 0 100")]
    public void Read_ViewBox_IsNotSquare(string box) =>
        Assert.False(BimiLogoReader.Read(Encoding.UTF8.GetBytes(Marks.Logo.Replace("0 0 100 100", box, StringComparison.Ordinal))).IsSquare);

    [Theory]
    [InlineData("<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><svg xmlns='http://www.w3.org/2000/svg'>&b;</svg>", "<!DOCTYPE")]
    [InlineData("<!DOCTYPE svg SYSTEM 'file:///etc/passwd'><svg xmlns='http://www.w3.org/2000/svg'/>", "<!DOCTYPE")]
    [InlineData("<html></html>", "<html>")]
    [InlineData("<svg></svg>", "<svg>")]
    public void Read_NoSuchSvg_IsUnreadable(string text, string why) => Assert.Equal(why, BimiLogoReader.Read(Encoding.UTF8.GetBytes(text)).Unreadable);

    [Fact]
    public void Read_GzipBomb_IsUnreadableWithinBounds() => Assert.Equal("gzip", BimiLogoReader.Read(Marks.Gzip(new byte[50_000_000])).Unreadable);

    [Fact]
    public void Read_RandomAndMutatedFiles_NeverThrows()
    {
        var random = new Random(1);
        var right = Encoding.UTF8.GetBytes(Marks.Logo);
        var zipped = Marks.Gzip(right);
        for (var i = 0; i < 3000; i++)
        {
            var file = (byte[])(i % 2 == 0 ? right : zipped).Clone();
            for (var j = random.Next(8); j >= 0; j--)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            Assert.True(BimiLogoReader.Read(file.AsMemory(0, random.Next(file.Length))).Faults.Length <= 20);
            _ = BimiMarkReader.Read(file, null, DateTimeOffset.UnixEpoch);
        }
    }
}
