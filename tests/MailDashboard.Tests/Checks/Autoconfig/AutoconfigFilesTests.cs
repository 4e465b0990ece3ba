using System.Collections.Immutable;
using System.Text;
using System.Xml.Linq;
using MailDashboard.Checks;
using MailDashboard.Checks.Autoconfig;
using MailDashboard.Checks.ClientAccess;

namespace MailDashboard.Tests.Checks.Autoconfig;

public class AutoconfigFilesTests
{
    private static readonly ImmutableArray<MailSetting> Settings =
    [
        new(ClientProtocol.Imap, "imap.example.test", 993, MailSecurity.Implicit),
        new(ClientProtocol.Pop3, "pop.example.test", 110, MailSecurity.StartTls),
        new(ClientProtocol.Submission, "smtp.example.test", 587, MailSecurity.StartTls),
    ];

    [Fact]
    public void ConfigXml_Written_ReadsBackTheSame() =>
        Assert.Equal(Settings, SettingsReader.ReadConfig(Encoding.UTF8.GetBytes(AutoconfigFiles.ConfigXml("example.test", Settings)), "example.test")!.Value);

    [Fact]
    public void AutodiscoverXml_Written_ReadsBackTheSame() =>
        Assert.Equal(Settings, SettingsReader.ReadAutodiscover(Encoding.UTF8.GetBytes(AutoconfigFiles.AutodiscoverXml(Settings)))!.Value);

    [Fact]
    public void SrvRecords_Settings_AreAsTyped() => Assert.Equal(
        ["_imaps._tcp.example.test 0 1 993 imap.example.test.", "_pop3._tcp.example.test 0 1 110 pop.example.test.", "_submission._tcp.example.test 0 1 587 smtp.example.test."],
        AutoconfigFiles.SrvRecords("example.test", Settings).Select(r => $"{r.Name} {r.Value}"));

    [Fact]
    public void Downloads_Settings_AreTheFilesWithTheirPlaces()
    {
        var files = Downloads(string.Join('\n', Settings));

        Assert.Equal(["config-v1.1.xml", "autodiscover.xml", "srv.zone", "apple.mobileconfig"], files.Select(f => f.File));
        Assert.Equal(["config-v1.1.xml", "autodiscover.xml", "example.test-srv.zone", "example.test.mobileconfig"], files.Select(f => f.SaveAs));
        Assert.Equal(Settings, SettingsReader.ReadConfig(Encoding.UTF8.GetBytes(files[0].Text), "example.test")!.Value);
        Assert.Equal(Settings, SettingsReader.ReadAutodiscover(Encoding.UTF8.GetBytes(files[1].Text))!.Value);
        Assert.Equal(
            "_imaps._tcp.example.test. IN SRV 0 1 993 imap.example.test.\n_pop3._tcp.example.test. IN SRV 0 1 110 pop.example.test.\n_submission._tcp.example.test. IN SRV 0 1 587 smtp.example.test.\n",
            files[2].Text);
        Assert.Contains("https://autoconfig.example.test/mail/config-v1.1.xml", files[0].Places);
        Assert.Equal(["https://autodiscover.example.test/autodiscover/autodiscover.xml"], files[1].Places);
        Assert.Empty(files[2].Places.Concat(files[3].Places));
    }

    [Fact]
    public void Downloads_AppleProfile_NamesTheServersAndStaysTheSame()
    {
        var profile = Downloads(string.Join('\n', Settings))[3].Text;

        var document = XDocument.Parse(profile);
        var account = document.Descendants("dict").Last().Elements().ToList();
        string Value(string key) => account[account.FindIndex(e => e is { Name.LocalName: "key" } && e.Value == key) + 1] is { Value.Length: > 0 } value ? value.Value : account[account.FindIndex(e => e.Value == key) + 1].Name.LocalName;
        Assert.Equal(
            ("EmailTypeIMAP", "imap.example.test", "993", "true", "smtp.example.test", "587", "true"),
            (Value("EmailAccountType"), Value("IncomingMailServerHostName"), Value("IncomingMailServerPortNumber"), Value("IncomingMailServerUseSSL"), Value("OutgoingMailServerHostName"), Value("OutgoingMailServerPortNumber"), Value("OutgoingMailServerUseSSL")));
        Assert.DoesNotContain(account, e => e.Value is "EmailAddress" or "IncomingPassword");
        Assert.Equal("-//Apple//DTD PLIST 1.0//EN", document.DocumentType!.PublicId);
        Assert.Equal(profile, Downloads(string.Join('\n', Settings))[3].Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("IMAP imap.example.test:993")]
    [InlineData("IMAP <b>:993 TLS")]
    [InlineData("IMAP imap.example.test:99999 TLS\nNEWS news.example.test:119 TLS\n7 a.test:1 TLS")]
    public void Downloads_NoSettings_AreNone(string fact) => Assert.Empty(Downloads(fact));

    [Fact]
    public void Downloads_OneDirectionOnly_HaveNoAppleProfile() =>
        Assert.DoesNotContain(Downloads("IMAP imap.example.test:993 TLS"), f => f.File == "apple.mobileconfig");

    private static ImmutableArray<AutoconfigDownload> Downloads(string fact) => AutoconfigDownloads.Of("example.test", [new Fact(Subject.Domain("example.test"), AutoconfigDownloads.FactKey, fact)]);

    [Theory]
    [InlineData("<html/>")]
    [InlineData("")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><clientConfig>&b;</clientConfig>")]
    public void Read_NoSuchFile_IsNull(string text) => Assert.Null(SettingsReader.ReadConfig(Encoding.UTF8.GetBytes(text), "example.test"));

    [Fact]
    public void Read_RandomAndMutatedFiles_NeverThrows()
    {
        var random = new Random(6186);
        byte[][] right = [Encoding.UTF8.GetBytes(AutoconfigFiles.ConfigXml("example.test", Settings)), Encoding.UTF8.GetBytes(AutoconfigFiles.AutodiscoverXml(Settings))];
        for (var i = 0; i < 3000; i++)
        {
            var file = (byte[])right[i % 2].Clone();
            for (var j = random.Next(6); j >= 0; j--)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            _ = SettingsReader.ReadConfig(file, "example.test");
            _ = SettingsReader.ReadAutodiscover(file);
        }

        Assert.Null(SettingsReader.ReadConfig(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<a>", 20_000))), "example.test"));
    }
}
