using System.IO.Compression;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Messages;
using MailDashboard.Mail.Messages.Content;

namespace MailDashboard.Tests.Mail.Messages;

public class ContentJudgementTests
{
    private const string Html = "<p>Dear colleagues, here are the <a href=\"https://www.good.example/minutes\">minutes</a> of our meeting on Monday.</p>";
    private const string Plain = "Dear colleagues, here are the minutes of our meeting on Monday.";

    private readonly WellWorld _world = new();

    [Theory]
    [InlineData("<img src=\"https://www.good.example/o?u=1\" width=1 height=1>", "MSG125:0.2")]
    [InlineData("<script>alert(1)</script>", "MSG126:1")]
    [InlineData("<b onclick=\"x()\">a</b>", "MSG126:1")]
    [InlineData("<form action=\"https://www.good.example/\"><input name=a></form>", "MSG127:0.5")]
    [InlineData("<img src=\"https://www.good.example/a.png\">", "MSG128:0.2")]
    [InlineData("<a href=\"https://bit.ly/abc\">more</a>", "MSG129:0.5")]
    [InlineData("<a href=\"https://www.good.example/x\">www.bank.example</a>", "MSG130:1.5")]
    [InlineData("<a href=\"https://www.bank.example@www.good.example/x\">more</a>", "MSG130:1.5")]
    [InlineData("<a href=\"https:\\\\www.good.example\\x\">www.bank.example</a>", "MSG130:1.5")]
    [InlineData("<a href=\"java&#9;script:alert(1)\">more</a>", "MSG126:1")]
    [InlineData("<a href=\"data:text/html,x\">more</a>", "MSG126:1")]
    [InlineData("<a href=\"https://www.good.example/x\">Node.js</a>", "")]
    [InlineData("<a href=\"https://www.good.example/x\">https://good.example/x</a>", "")]
    [InlineData("<a href=\"https://www.good.example/x\">report.pdf</a>", "")]
    [InlineData("<a href=\"http://www.good.example/x\">more</a>", "MSG131:0.2")]
    [InlineData("<a href=\"https://203.0.113.99/x\">more</a>", "MSG132:1")]
    [InlineData("<a href=\"https://gone.example/x\">more</a>", "MSG133:0.5")]
    [InlineData("<a href=\"mailto:a@gone.example\">more</a>", "")]
    public async Task Html_OneThing_CostsAlone(string more, string costs)
    {
        _world.Dns.A("bit.ly", "203.0.113.81");

        Assert.Equal(costs, WellWorld.Costs(await JudgeAsync(Html, Html + more)));
    }

    [Fact]
    public async Task LinkHost_CouldNotAsk_CostsNothing()
    {
        _world.Dns.Remove("www.good.example").Fail("www.good.example", DnsRecordType.A, DnsStatus.Timeout);

        Assert.Equal(10m, (await _world.JudgeAsync()).Score);
    }

    [Fact]
    public async Task ManyHosts_CostsAlone()
    {
        for (var i = 0; i < 12; i++)
        {
            _world.Dns.A($"www.h{i}.example", "203.0.113.80");
        }

        Assert.Equal("MSG134:0.3", WellWorld.Costs(await JudgeAsync(Html, Html + string.Concat(Enumerable.Range(0, 12).Select(i => $"<a href=\"https://www.h{i}.example/\">more</a>\n")))));
    }

    [Fact]
    public async Task OnlyPictures_CostsAlone() =>
        Assert.Equal("MSG124:1", WellWorld.Costs(await JudgeAsync(Html, "<img alt=\"\" src=\"https://www.good.example/a.png\">")));

    [Fact]
    public async Task OtherText_CostsAlone() =>
        Assert.Equal("MSG121:0.5", WellWorld.Costs(await JudgeAsync(Plain, "Completely different words stand here: nobody would find them elsewhere.")));

    [Fact]
    public async Task NoPlainText_CostsAlone()
    {
        _world.Text = _world.Text.Replace("multipart/alternative; boundary=b", "text/html; charset=utf-8", StringComparison.Ordinal);
        _world.Text = _world.Text[..(_world.Text.IndexOf("\n\n", StringComparison.Ordinal) + 2)] + Html + "\n";

        Assert.Equal("MSG120:0.5", WellWorld.Costs(await _world.JudgeAsync()));
    }

    [Theory]
    [InlineData("charset=klingon")]
    [InlineData("charset=utf-7")]
    [InlineData("charset=us-ascii")]
    public async Task Charset_Wrong_CostsAlone(string charset)
    {
        _world.Text = _world.Text.Replace("text/plain; charset=utf-8", $"text/plain; {charset}", StringComparison.Ordinal).Replace(Plain, Plain + " Größe", StringComparison.Ordinal);

        Assert.Equal("MSG122:0.5", WellWorld.Costs(await _world.JudgeAsync()));
    }

    [Theory]
    [InlineData("text/calendar; method=REQUEST; charset=utf-8", "BEGIN:VCALENDAR")]
    [InlineData("text/csv; charset=utf-8", "a,b")]
    [InlineData("multipart/mixed; boundary=b", "--b\n\n--b\n\nHello\n--b--")]
    public async Task Body_OfAnotherText_IsNotEmpty(string type, string body)
    {
        _world.Text = _world.Text.Replace("multipart/alternative; boundary=b", type, StringComparison.Ordinal);
        _world.Text = _world.Text[..(_world.Text.IndexOf("\n\n", StringComparison.Ordinal) + 2)] + body + "\n";

        Assert.Equal("", WellWorld.Costs(await _world.JudgeAsync()));
    }

    [Fact]
    public async Task SameText_WithoutBlanksBetweenWords_IsTheSame()
    {
        _world.Text = _world.Text.Replace(Plain, "同僚の皆様、月曜日の会議の議事録です。", StringComparison.Ordinal);

        Assert.Equal("", WellWorld.Costs(await JudgeAsync(Html, "<p>同僚の皆様、月曜日の<b>会議</b>の議事録です。</p>")));
    }

    [Fact]
    public async Task EmptyBody_CostsAlone()
    {
        _world.Text = _world.Text.Replace("multipart/alternative; boundary=b", "text/plain", StringComparison.Ordinal);
        _world.Text = _world.Text[..(_world.Text.IndexOf("\n\n", StringComparison.Ordinal) + 2)];

        Assert.Equal("MSG123:1", WellWorld.Costs(await _world.JudgeAsync()));
    }

    [Theory]
    [InlineData("run.exe", "text", "MSG140:2")]
    [InlineData("invoice.pdf.js", "text", "MSG141:2")]
    [InlineData("invoice.pdf", "MZ", "MSG142:2")]
    [InlineData("plan.docm", "text", "MSG144:0.5")]
    [InlineData("notes.txt", "text", "")]
    [InlineData("notes.rar", "text", "")]
    public async Task Attachment_OfItsKind(string name, string content, string costs) => Assert.Equal(costs, WellWorld.Costs(await AttachAsync(name, Octets(content))));

    [Fact]
    public async Task Attachment_ProgramInArchiveInArchive_IsFound() =>
        Assert.Equal("MSG140:2", WellWorld.Costs(await AttachAsync("a.zip", Zip("b.zip", Zip("run.exe", "MZ"u8.ToArray())))));

    [Fact]
    public async Task Attachment_ProgramInAnAttachedMessage_IsFound()
    {
        const string inner = "From: ben@good.example\nContent-Type: application/octet-stream; name=run.exe\nContent-Disposition: attachment; filename=run.exe\n\nx";
        _world.Text = _world.Text.Replace("multipart/alternative", "multipart/mixed", StringComparison.Ordinal)
            .Replace("--b--", $"--b\nContent-Type: message/rfc822\n\n{inner}\n--b--", StringComparison.Ordinal);

        Assert.Equal("MSG140:2", WellWorld.Costs(await _world.JudgeAsync()));
    }

    [Fact]
    public async Task Attachment_EncryptedArchive_CostsAlone()
    {
        var zip = Zip("plan.txt", "x"u8.ToArray());
        var entry = zip.AsSpan().IndexOf("PK\u0001\u0002"u8);
        zip[entry + 8] |= 1;

        Assert.Equal("MSG143:0.5", WellWorld.Costs(await AttachAsync("a.zip", zip)));
    }

    [Theory]
    [InlineData("526172211a070100", "a.pdf", "RAR")]
    [InlineData("526172211a0700", "a.bin", "RAR")]
    [InlineData("377abcaf271c", "a.pdf", "7z")]
    [InlineData("1f8b08", "a.pdf", "gzip")]
    [InlineData("fd377a585a00", "a", "xz")]
    [InlineData("00", "backup.tar", "tar")]
    public async Task Attachment_ArchiveOfAnotherKind_IsNamedAndCostsNothing(string start, string name, string kind)
    {
        byte[] octets = [.. Convert.FromHexString(start), .. new byte[100]];
        foreach (var (file, content) in new[] { (name, octets), ("outer.zip", Zip(name, octets)) })
        {
            _world.Text = new WellWorld().Text;
            var verdict = await AttachAsync(file, content);

            Assert.Equal("", WellWorld.Costs(verdict));
            var unread = Assert.Single(verdict.Undetermined);
            Assert.Equal(("ArchiveUnread", kind), (unread.Reason.Key, unread.Reason.Arguments[0]));
            Assert.EndsWith(name, unread.Subject.Name, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("526172211a0701000000000005040000", "RAR")]
    [InlineData("526172211a07000000738000", "RAR")]
    [InlineData("377abcaf271c0004000000000000000000000000040000000000000000000000" + "06f10701", "7z")]
    public async Task Attachment_EncryptedArchiveOfAnotherKind_CostsAsAnyDoes(string octets, string kind)
    {
        var verdict = await AttachAsync("a.bin", [.. Convert.FromHexString(octets), .. new byte[20]]);

        Assert.Equal("MSG143:0.5", WellWorld.Costs(verdict));
        Assert.Equal(kind, Assert.Single(verdict.Undetermined, u => u.Reason.Key == "ArchiveEncrypted").Reason.Arguments[0]);
    }

    [Fact]
    public async Task Attachment_ProgramUnderAnotherNameInAnArchive_IsFound() =>
        Assert.Equal("MSG142:2", WellWorld.Costs(await AttachAsync("a.zip", Zip("report.pdf", Octets("MZ")))));

    [Fact]
    public async Task Attachment_Bomb_IsBounded()
    {
        var verdict = await AttachAsync("a.zip", Zip("b.zip", new byte[MessageLimits.ArchiveOctets + 1]));

        Assert.Contains(verdict.Marks, m => m.Code == "MSG001" && m.Subject.Name == "archiveOctets");
        Assert.Equal(10m, verdict.Score);
    }

    [Fact]
    public void Zip_Random_NeverThrows()
    {
        var random = new Random(7);
        var zip = Zip("b.zip", Zip("run.exe", "MZ"u8.ToArray()));
        for (var i = 0; i < 20_000; i++)
        {
            var broken = (byte[])zip.Clone();
            for (var change = random.Next(1, 10); change > 0; change--)
            {
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            }

            var directory = ZipDirectory.Read(broken, 100);
            foreach (var entry in directory?.Entries ?? [])
            {
                var left = 10_000L;
                directory!.Unpack(entry, ref left);
            }
        }
    }

    private static byte[] Octets(string content) => content == "MZ" ? [(byte)'M', (byte)'Z', .. new byte[58], 128, 0, 0, 0, .. new byte[200]] : System.Text.Encoding.ASCII.GetBytes(content);

    private static byte[] Zip(string name, byte[] content)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            using var entry = archive.CreateEntry(name).Open();
            entry.Write(content);
        }

        return stream.ToArray();
    }

    private Task<MessageVerdict> AttachAsync(string name, byte[] content)
    {
        var lines = string.Join('\n', Convert.ToBase64String(content).Chunk(76).Select(c => new string(c)));
        _world.Text = _world.Text.Replace("multipart/alternative", "multipart/mixed", StringComparison.Ordinal)
            .Replace("--b--", $"--b\nContent-Type: application/octet-stream; name=\"{name}\"\nContent-Disposition: attachment; filename=\"{name}\"\nContent-Transfer-Encoding: base64\n\n{lines}\n--b--", StringComparison.Ordinal);
        return _world.JudgeAsync();
    }

    private Task<MessageVerdict> JudgeAsync(string before, string after)
    {
        _world.Text = _world.Text.Replace(before, after, StringComparison.Ordinal);
        return _world.JudgeAsync();
    }
}
