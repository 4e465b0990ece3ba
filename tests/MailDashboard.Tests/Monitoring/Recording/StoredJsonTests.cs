using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Monitoring.Recording;

namespace MailDashboard.Tests.Monitoring.Recording;

public class StoredJsonTests
{
    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        ImmutableArray<Undetermined> undetermined = [new(Subject.Listing("2001:db8::1", "zen.example"), Reason.Of("DnsTimeout", "a", "b\u0000<é>"))];
        ImmutableArray<Evidence> evidence = [new("record", "v=spf1 \"é\" \u0007", "127.0.0.1#53")];
        ImmutableArray<Fact> facts = [new(Subject.Address(IPAddress.Loopback), "tls", "1.3")];

        Assert.Equal(undetermined, StoredJson.ReadUndetermined(StoredJson.Write(undetermined)));
        Assert.Equal(evidence, StoredJson.ReadEvidence(StoredJson.Write(evidence)));
        Assert.Equal(facts, StoredJson.ReadFacts(StoredJson.Write(facts)));
    }

    [Fact]
    public void Decompress_ATranscript_KeepsQuestionsAndLines()
    {
        var answer = new DnsAnswer(new DnsQuestion("example.org", DnsRecordType.MX), DnsStatus.Answered) { Records = [new MxRecord("example.org", 60, 10, "")] };
        var talk = new SmtpObservation("mx.example.org", IPAddress.Loopback, SmtpStage.Encrypted) { Conversation = [new ConversationLine(TimeSpan.FromMilliseconds(3), true, "220 hi")] };

        var read = StoredJson.Decompress(StoredJson.Compress(new AuditTranscript([answer], [talk])));

        Assert.Equal("10 .", Assert.Single(Assert.Single(read!.Dns).Answers));
        Assert.Equal("220 hi", Assert.Single(Assert.Single(read.Conversations).Lines).Text);
    }
}
