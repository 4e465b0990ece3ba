using System.Collections.Immutable;
using System.Text;
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
