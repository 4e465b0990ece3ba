using System.Text;
using MailDashboard.Monitoring.Placement;

namespace MailDashboard.Tests.Monitoring.Placement;

/// <summary>Fields as the servers of providers write them.</summary>
public class ProviderSayingsTests
{
    private const string Microsoft = """
        Authentication-Results: spf=pass (sender IP is 203.0.113.10)
         smtp.mailfrom=harbour.example; dkim=pass (signature was verified)
         header.d=harbour.example;dmarc=pass action=none
         header.from=harbour.example;compauth=pass reason=100
        X-MS-Exchange-Organization-SCL: 1
        X-Forefront-Antispam-Report:
         CIP:203.0.113.10;CTRY:FR;LANG:en;SCL:5;SRV:;IPV:NLI;SFV:SPM;H:mx.harbour.example;PTR:mx.harbour.example;CAT:SPM;SFS:(13230040);DIR:INB;
        X-Microsoft-Antispam: BCL:4;ARA:13230040|366016;
        """;

    [Fact]
    public void Microsoft_LevelsAndAuthentication_AreReadAndMeanSomething() => Assert.Equal(
        ["Sfv SPM Spam", "Scl 5 Spam", "Bcl 4 Some", "Authentication spf=pass Pass", "Authentication dkim=pass Pass", "Authentication dmarc=pass Pass"], Read(Microsoft));

    [Theory]
    [InlineData("X-Forefront-Antispam-Report: CIP:192.0.2.1;SFV:NSPM;SCL:1;", "Sfv NSPM Clean|Scl 1 Clean")]
    [InlineData("X-Forefront-Antispam-Report: SFV:SKN;SCL:-1;", "Sfv SKN Skipped|Scl -1 Skipped")]
    [InlineData("X-Forefront-Antispam-Report: SFV:SKS;SCL:9;", "Sfv SKS Blocked|Scl 9 Sure")]
    [InlineData("X-Forefront-Antispam-Report: SFV:XYZ;SCL:many;", "Sfv XYZ Other|Scl many Other")]
    [InlineData("X-MS-Exchange-Organization-SCL: 6", "Scl 6 Spam")]
    [InlineData("X-Microsoft-Antispam: BCL:0;", "Bcl 0 None")]
    [InlineData("X-Microsoft-Antispam: BCL:9;", "Bcl 9 Many")]
    [InlineData("X-Spam-Status: No, score=-0.1 required=5.0 tests=DKIM_SIGNED,DKIM_VALID\n autolearn=ham autolearn_force=no version=4.0.1", "SpamAssassin -0.1 / 5.0 Clean")]
    [InlineData("X-Spam-Status: Yes, score=7.3 required=5.0 tests=BAYES_99", "SpamAssassin 7.3 / 5.0 Spam")]
    [InlineData("X-Spamd-Result: default: False [2.30 / 15.00];\n MIME_HTML_ONLY(0.20)[];\n R_SPF_ALLOW(-0.20)[+ip4:203.0.113.10]", "Rspamd 2.30 / 15.00 Clean")]
    [InlineData("X-Spamd-Result: default: True [16.10 / 15.00]; GTUBE(0.00)[]", "Rspamd 16.10 / 15.00 Spam")]
    [InlineData("X-Gm-Spam: 1", "Gmail 1 Spam")]
    [InlineData("Authentication-Results: mx.google.com;\n dkim=fail header.i=@harbour.example header.s=s1;\n spf=neutral (google.com: 203.0.113.10 is neither permitted nor denied) smtp.mailfrom=a@harbour.example;\n dmarc=fail (p=NONE) header.from=harbour.example", "Authentication dkim=fail Fail|Authentication spf=neutral Other|Authentication dmarc=fail Fail")]
    [InlineData("X-Spam-Status: <script>\nX-Spamd-Result: [\nAuthentication-Results: ;;;=\nX-Microsoft-Antispam: ;:;", "")]
    public void Field_OfAProvider_MeansSomething(string header, string said) => Assert.Equal(said, string.Join('|', Read(header)));

    [Fact]
    public void Field_ThereTwice_TheTopmostCounts() =>
        Assert.Equal(["SpamAssassin 1.0 / 5.0 Clean"], Read("X-Spam-Status: No, score=1.0 required=5.0\nX-Spam-Status: Yes, score=9.0 required=5.0"));

    [Fact]
    public void Meanings_HaveATextInBothLanguages()
    {
        var source = File.ReadAllText(Path.Combine(Folder(), "src", "MailDashboard.Monitoring", "Placement", "ProviderSayings.cs"));
        Dictionary<string, string[]> meanings = new()
        {
            ["Sfv"] = ["Clean", "Spam", "Blocked", "Skipped", "Other"], ["Scl"] = ["Skipped", "Clean", "Spam", "Sure", "Other"], ["Bcl"] = ["None", "Few", "Some", "Many", "Other"],
            ["SpamAssassin"] = ["Clean", "Spam"], ["Rspamd"] = ["Clean", "Spam"], ["Gmail"] = ["Clean", "Spam"], ["Authentication"] = ["Pass", "Fail", "Other"],
        };

        Assert.All(meanings.Keys, what => Assert.Contains($"(\"{what}\"", source, StringComparison.Ordinal));
        foreach (var file in new[] { "MessagesTexts.resx", "MessagesTexts.fr.resx" })
        {
            var texts = File.ReadAllText(Path.Combine(Folder(), "src", "MailDashboard.Web", "Messages", file));
            Assert.All(meanings.SelectMany(m => m.Value.Select(v => $"Said.{m.Key}.{v}").Append($"Said.{m.Key}")), key => Assert.Contains($"name=\"{key}\"", texts, StringComparison.Ordinal));
        }
    }

    private static IEnumerable<string> Read(string header) =>
        ProviderSayings.Of(PlacementHeaders.Read(Encoding.UTF8.GetBytes(header.ReplaceLineEndings("\r\n") + "\r\n\r\n"))).Select(s => $"{s.What} {s.Value} {s.Meaning}");

    private static string Folder([System.Runtime.CompilerServices.CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", ".."));
}
