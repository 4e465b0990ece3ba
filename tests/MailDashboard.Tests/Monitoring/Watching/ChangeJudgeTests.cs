using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Watching;

namespace MailDashboard.Tests.Monitoring.Watching;

public class ChangeJudgeTests
{
    private const string Domain = "example.org";
    private const string Key = "v=DKIM1; k=rsa; p=MIIB";

    [Theory]
    [InlineData("v=DMARC1; p=reject", "v=DMARC1; p=none", "CHG002", Severity.Error)]
    [InlineData("v=DMARC1; p=reject", "v=DMARC1; p=quarantine", "CHG002", Severity.Warning)]
    [InlineData("v=DMARC1; p=quarantine", "v=DMARC1; p=none", "CHG002", Severity.Error)]
    [InlineData("v=DMARC1; p=reject", "v=DMARC1; p=reject; t=y", "CHG002", Severity.Warning)]
    [InlineData("v=DMARC1; p=reject", "v=DMARC1; p=reject; sp=none", "CHG003", Severity.Warning)]
    [InlineData("v=DMARC1; p=reject", "v=DMARC1; p=reject; np=none", "CHG003", Severity.Warning)]
    [InlineData("v=DMARC1; p=reject", "", "CHG001", Severity.Error)]
    [InlineData("v=DMARC1; p=reject", "v=DMARC1; p=rejct", "CHG001", Severity.Error)]
    [InlineData("v=DMARC1; p=reject", "hello", "CHG001", Severity.Error)]
    [InlineData("v=DMARC1; p=none", "v=DMARC1; p=reject", null, null)]
    [InlineData("v=DMARC1; p=reject", "v=DMARC1;p=reject;rua=mailto:a@example.org", null, null)]
    [InlineData("v=DMARC1; p=reject; sp=none", "v=DMARC1; p=reject", null, null)]
    [InlineData("", "v=DMARC1; p=none", null, null)]
    public void Judge_DmarcOfTheDomain_IsWorseWhereLessIsAskedFor(string before, string after, string? code, Severity? severity) =>
        AssertWorse($"_dmarc.{Domain}", "TXT", before, after, code, severity);

    [Theory]
    [InlineData("v=DMARC1; p=reject", "v=DMARC1; p=none", "CHG002")]
    [InlineData("v=DMARC1; p=reject", "v=DMARC1; p=reject; sp=none", "CHG002")]
    [InlineData("v=DMARC1; p=none; sp=reject", "v=DMARC1; p=none; sp=none", "CHG002")]
    [InlineData("v=DMARC1; p=reject; sp=quarantine", "v=DMARC1; p=quarantine; sp=quarantine", null)]
    public void Judge_DmarcOfADomainAbove_GoesByItsPolicyForSubdomains(string before, string after, string? code) =>
        Assert.Equal(code, Judge("_dmarc.example.org", "TXT", before, after, domain: "shop.example.org")?.Worse?.Code);

    [Theory]
    [InlineData("v=spf1 mx -all", "v=spf1 mx +all", "CHG005", Severity.Error)]
    [InlineData("v=spf1 mx -all", "v=spf1 mx all", "CHG005", Severity.Error)]
    [InlineData("v=spf1 mx -all", "v=spf1 mx ?all", "CHG005", Severity.Warning)]
    [InlineData("v=spf1 mx -all", "v=spf1 mx", "CHG005", Severity.Warning)]
    [InlineData("v=spf1 mx ~all", "v=spf1 mx ?all", "CHG005", Severity.Warning)]
    [InlineData("v=spf1 mx -all", "", "CHG004", Severity.Error)]
    [InlineData("v=spf1 mx -all", "v=spf1 mx ~all", null, null)]
    [InlineData("v=spf1 mx -all", "v=spf1 redirect=_spf.example.net", null, null)]
    [InlineData("v=spf1 mx ?all", "v=spf1 a mx -all", null, null)]
    [InlineData("", "v=spf1 +all", null, null)]
    public void Judge_SpfOfTheDomain_IsWorseWhereEverybodyElseComesThrough(string before, string after, string? code, Severity? severity) =>
        AssertWorse(Domain, "TXT", before, after, code, severity);

    [Fact]
    public void Judge_SpfOfSomebodyIncluded_IsAChangeAndNotWorse()
    {
        var verdict = Judge("_spf.provider.example", "TXT", "v=spf1 ip4:192.0.2.1 -all", "v=spf1 ip4:192.0.2.2 ?all");

        Assert.Equal(new ChangeVerdict(WatchedChange.Changed), verdict);
    }

    [Theory]
    [InlineData(Key, "", false, "CHG006")]
    [InlineData(Key, "v=DKIM1; p=", false, "CHG006")]
    [InlineData(Key, "v=DKIM1; k=rsa; p=MIIC", false, "CHG007")]
    [InlineData(Key, "v=DKIM1; k=rsa; p=MIIC", true, null)]
    [InlineData(Key, "", true, "CHG006")]
    [InlineData(Key, "v=DKIM1; k=rsa; s=email; p=MI IB", false, null)]
    [InlineData(Key, Key + "|v=DKIM1; k=ed25519; p=abc=", false, null)]
    [InlineData("", Key, false, null)]
    [InlineData("v=DKIM1; p=", Key, false, null)]
    public void Judge_DkimKey_IsWorseWhereItGoes(string before, string after, bool isAliased, string? code) =>
        Assert.Equal(code, ChangeJudge.Judge(Change("s1._domainkey.example.org", "TXT", before, after) with { IsAliased = isAliased })?.Worse?.Code);

    [Theory]
    [InlineData("10 a.example.org", "10 a.example.org|20 b.example.org", "CHG008", Severity.Warning)]
    [InlineData("10 a.example.org|20 b.example.org", "10 a.example.org", "CHG009", Severity.Warning)]
    [InlineData("10 a.example.org", "", "CHG009", Severity.Error)]
    [InlineData("10 a.example.org", "0 .", "CHG009", Severity.Error)]
    [InlineData("10 a.example.org", "10 b.example.net", "CHG010", Severity.Error)]
    [InlineData("10 a.example.org|20 b.example.org", "10 a.example.org|20 c.example.org", "CHG010", Severity.Warning)]
    [InlineData("0 .", "10 a.example.org", "CHG008", Severity.Warning)]
    [InlineData("10 a.example.org", "5 A.example.org", null, null)]
    public void Judge_Exchangers_IsWorseWhereMailGoesElsewhere(string before, string after, string? code, Severity? severity) =>
        AssertWorse(Domain, "MX", before, after, code, severity);

    [Theory]
    [InlineData("_mta-sts.example.org", "TXT", "v=STSv1; id=1", "", "CHG011")]
    [InlineData("_mta-sts.example.org", "TXT", "v=STSv1; id=1", "v=STSv1; id=2", null)]
    [InlineData(Domain, "NS", "a.example.net", "b.example.net", "CHG012")]
    [InlineData(Domain, "NS", "", "b.example.net", null)]
    [InlineData("_25._tcp.mx.example.org", "TLSA", "3 1 1 ab", "", "CHG015")]
    [InlineData("_25._tcp.mx.example.org", "TLSA", "3 1 1 ab", "3 1 1 cd", null)]
    [InlineData(Domain, "DS", "1 13 2 ab", "", "CHG018")]
    [InlineData(Domain, "DS", "1 13 2 ab", "2 13 2 cd", null)]
    [InlineData("_smtp._tls.example.org", "TXT", "v=TLSRPTv1; rua=mailto:a@example.org", "", null)]
    public void Judge_OtherRecords_AreWorseWhereAProtectionGoes(string name, string type, string before, string after, string? code) =>
        Assert.Equal(code, Judge(name, type, before, after)?.Worse?.Code);

    [Theory]
    [InlineData("enforce", "testing", true, "CHG016")]
    [InlineData("enforce", "none", false, "CHG016")]
    [InlineData("testing", "none", false, "CHG016")]
    [InlineData("enforce", "enforcing", false, "CHG016")]
    [InlineData("testing", "enforce", true, "CHG017")]
    [InlineData("testing", "enforce", false, null)]
    [InlineData("enforce", "enforce", true, "CHG017")]
    public void Judge_Policy_IsWorseWhereItAsksForLessOrNobodyIsTold(string before, string after, bool isUnannounced, string? code)
    {
        string Policy(string mode, string mx) => $"version: STSv1|mode: {mode}|mx: {mx}.example.org|max_age: 604800";
        var change = Change("mta-sts.example.org", "POLICY", Policy(before, "mx1"), Policy(after, "mx2")) with { IsUnannounced = isUnannounced };

        Assert.Equal(code, ChangeJudge.Judge(change)?.Worse?.Code);
    }

    [Fact]
    public void Judge_NothingChanged_IsNothing() => Assert.Null(Judge(Domain, "MX", "10 a.example.org", "10 a.example.org"));

    [Theory]
    [InlineData("", "x", WatchedChange.Appeared)]
    [InlineData("x", "", WatchedChange.Removed)]
    [InlineData("x", "y", WatchedChange.Changed)]
    public void Judge_AnyRecord_SaysWhatHappened(string before, string after, WatchedChange kind) =>
        Assert.Equal(kind, Judge("other.example.org", "TXT", before, after)?.Kind);

    [Fact]
    public void Judge_HostileValues_NeverThrow()
    {
        var random = new Random(7);
        string[] pieces = ["v=DMARC1", ";", "p=", "reject", "v=spf1", "-all", "\0", "é", " | ", "trusted", "10 ", ".", "=", "O=", "\"", "2026-01-01 00:00"];
        string Text() => string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => pieces[random.Next(pieces.Length)]));
        string[] names = ["_dmarc.example.org", "s._domainkey.example.org", Domain, "_mta-sts.example.org", "mx.example.org"];
        string[] types = ["TXT", "MX", "NS", "CERT", "TLSA"];

        for (var i = 0; i < 5000; i++)
        {
            ChangeJudge.Judge(new RecordChange(Domain, names[i % 5], types[random.Next(5)], [Text(), Text()], [Text()]));
        }
    }

    private static void AssertWorse(string name, string type, string before, string after, string? code, Severity? severity)
    {
        var verdict = Judge(name, type, before, after);
        Assert.Equal((code, severity), (verdict?.Worse?.Code, verdict?.Severity));
    }

    private static ChangeVerdict? Judge(string name, string type, string before, string after, string domain = Domain) => ChangeJudge.Judge(Change(name, type, before, after, domain));

    private static RecordChange Change(string name, string type, string before, string after, string domain = Domain) => new(domain, name, type, Values(before), Values(after));

    private static ImmutableArray<string> Values(string values) => values.Length == 0 ? [] : [.. values.Split('|')];
}
