using System.Net;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Dmarc;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.ReverseDns;
using MailDashboard.Checks.Spf;
using MailDashboard.Checks.StartTls;

namespace MailDashboard.Tests.Checks.Auditing;

public sealed class TranscriptIndexTests
{
    private static readonly IPAddress First = IPAddress.Parse("192.0.2.10");

    private static readonly FindingDefinition Any = new("ANY001", Severity.Warning, "RFC 1");

    private static readonly TranscriptIndex Index = new(
        "example.org",
        [
            new("example.org", "MX", ["10 mx1.example.org", "20 mx2.example.org"]),
            new("example.org", "TXT", ["v=spf1 include:other.example -all", "a token"]),
            new("_dmarc.example.org", "TXT", ["v=DMARC1; p=none"]),
            new("mx1.example.org", "A", ["192.0.2.10"]),
            new("mx2.example.org", "A", ["192.0.2.11"]),
            new("10.2.0.192.in-addr.arpa", "PTR", ["mx1.example.org"]),
            new("other.example", "TXT", ["v=spf1 ptr -all"]),
            new("10.2.0.192.bl.example", "A", ["127.0.0.2"]),
            new("11.2.0.192.bl.example", "A", ["127.0.0.2"]),
            new("s1._domainkey.example.org", "TXT", []),
        ],
        [
            new("smtp", "mx1.example.org", "192.0.2.10", 25),
            new("smtp", "mx2.example.org", "192.0.2.11", 25),
            new("imap", "mx1.example.org", "192.0.2.10", 993),
            new("imap", "mx1.example.org", "192.0.2.10", 143),
            new("submission", "mx1.example.org", "192.0.2.10", 587),
        ]);

    [Fact]
    public void Find_OfTheDomain_PointsAtTheFamilysOwnQuestion()
    {
        Assert.Equal([0], Find("mx", new Finding(MxFindings.NoIpv6, Subject.Domain("example.org"), [])).Dns);
        Assert.Equal([1], Find("spf", new Finding(SpfFindings.AllowsEverybody, Subject.Domain("example.org"), [])).Dns);
        Assert.Equal([2], Find("dmarc", new Finding(DmarcFindings.InvalidPolicy, Subject.Domain("example.org"), [new Evidence("source", "example.org")])).Dns);
    }

    [Fact]
    public void Find_EvidenceOfAnotherName_PointsAtTheRecordThatSaysIt() =>
        Assert.Equal([1, 6], Find("spf", new Finding(SpfFindings.AllowsEverybody, Subject.Domain("example.org"), [new Evidence("term", "ptr", "other.example")])).Dns);

    [Fact]
    public void Find_OfAnAddress_PointsAtItsConversationAndNotAtOtherProtocols()
    {
        var found = Find("starttls", new Finding(StartTlsFindings.NotOffered, Subject.Address(First), [new Evidence("host", "mx1.example.org"), new Evidence("said", "250 x", "192.0.2.10:25")]));

        Assert.Equal([0], found.Conversations);
        Assert.Equal([3], found.Dns);
    }

    [Fact]
    public void Find_OfAService_PointsAtThatPortAlone() =>
        Assert.Equal([3], Find("imap", new Finding(Any, Subject.Service("mx1.example.org", First, 143), [])).Conversations);

    [Fact]
    public void Find_OfAnotherFamilysAddress_PointsAtNoConversation()
    {
        var found = Find("reverse-dns", new Finding(ReverseDnsFindings.Missing, Subject.Address(First), [new Evidence("answer", "NXDOMAIN", "127.0.0.1#53")]));

        Assert.Equal([5], found.Dns);
        Assert.Empty(found.Conversations);
    }

    [Fact]
    public void Find_OfAListing_PointsAtItsOwnQuestionThoughAnotherHasTheSameAnswer() =>
        Assert.Equal([7], Find("blocklists", new Finding(Any, Subject.Listing("192.0.2.10", "bl.example"), [new Evidence("answer", "127.0.0.2")])).Dns);

    [Fact]
    public void Find_OfASelector_PointsAtItsName() => Assert.Equal([9], Find("dkim", new Finding(Any, Subject.Selector("s1"), [])).Dns);

    [Fact]
    public void Find_HostileEvidence_IsBounded()
    {
        var questions = Enumerable.Range(0, 5000).Select(i => new TranscriptQuestion($"n{i}.example", "A", ["1"]));
        var index = new TranscriptIndex("example.org", [.. questions], []);
        var evidence = new Evidence("said", string.Join(' ', Enumerable.Range(0, 5000).Select(i => $"n{i}.example")));

        Assert.Equal(TranscriptIndex.MostPointers, index.Find("smtp", new Finding(Any, Subject.Domain("example.org"), [evidence])).Dns.Length);
    }

    private static TranscriptPointers Find(string family, Finding finding) => Index.Find(family, finding);
}
