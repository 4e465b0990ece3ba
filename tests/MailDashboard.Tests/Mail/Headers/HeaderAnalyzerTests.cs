using MailDashboard.Mail.Headers;

namespace MailDashboard.Tests.Mail.Headers;

public class HeaderAnalyzerTests
{
    private const string Gmail =
        """
        Delivered-To: reader@gmail.example
        Received: by 2002:a05:7022:6b8f:b0:92 with SMTP id a1csp1; Tue, 24 Nov 2026 10:00:09 -0800 (PST)
        ARC-Seal: i=1; a=rsa-sha256; t=1; cv=none; d=google.com; s=arc-20240605; b=abc
        ARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed/relaxed; d=google.com; s=arc-20240605; h=from:to; bh=x; b=y
        ARC-Authentication-Results: i=1; mx.google.com; dkim=pass header.i=@news.example.org header.s=s1; spf=pass smtp.mailfrom=bounce@mail.example.org
        Return-Path: <bounce@mail.example.org>
        Received: from out1.example.org (out1.example.org. [192.0.2.10])
                by mx.google.com with ESMTPS id 5si1 for <reader@gmail.example>
                (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);
                Tue, 24 Nov 2026 10:00:08 -0800 (PST)
        Authentication-Results: mx.google.com;
               dkim=pass header.i=@news.example.org header.s=s1 header.b=abc;
               spf=pass (google.com: domain of bounce@mail.example.org designates 192.0.2.10 as permitted sender) smtp.mailfrom=bounce@mail.example.org;
               dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=news.example.org
        DKIM-Signature: v=1; a=rsa-sha256; d=news.example.org; s=s1; h=From:To:List-Unsubscribe:List-Unsubscribe-Post; bh=x; b=y
        Received: from app (localhost [127.0.0.1])
                by out1.example.org (Postfix) with ESMTPSA id 4F1
                (using TLSv1.2 with cipher ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits))
                for <reader@gmail.example>; Tue, 24 Nov 2026 19:00:02 +0100 (CET)
        Authentication-Results: mx.google.com; dmarc=pass header.from=forged.example
        From: =?utf-8?Q?=C3=89quipe?= <hello@news.example.org>
        To: reader@gmail.example
        Subject: =?utf-8?B?Qm9uam91ciDDoCB0b3Vz?=
        Date: Tue, 24 Nov 2026 18:00:00 +0000
        Message-ID: <1@news.example.org>
        List-Unsubscribe: <https://news.example.org/u?1>, <mailto:u@news.example.org>
        List-Unsubscribe-Post: List-Unsubscribe=One-Click

        Body: not read
        """;

    [Theory]
    [InlineData("mx1.messagingengine.com; dkim=pass (2048-bit rsa key sha256) header.d=good.example header.b=Ab/x+1== x-bits=2048; spf=pass smtp.mailfrom=b@good.example smtp.helo=mx.good.example", "dkim good.example, spf good.example")]
    [InlineData("in.mailbox.example;; spf=pass smtp.mailfrom=b@good.example", "spf good.example")]
    [InlineData("spf=fail (sender IP is 192.0.2.1) smtp.mailfrom=good.example; dkim=none (message not signed) header.d=none", "spf good.example, dkim ")]
    public void Results_OutsideTheGrammar_AreRead(string value, string expected)
    {
        var field = Assert.Single(HeaderAnalyzer.Analyze($"Authentication-Results: {value}\n").Authentication);

        Assert.Equal(expected, string.Join(", ", field.Results.Select(r => $"{r.Method} {r.Domain}")));
    }

    [Fact]
    public void Analyze_Hops_AreInOrderWithDelays()
    {
        var analysis = HeaderAnalyzer.Analyze(Gmail);

        Assert.Equal(["out1.example.org", "mx.google.com", "2002:a05:7022:6b8f:b0:92"], analysis.Hops.Select(h => h.By));
        Assert.Equal([2.0, 6, 1], analysis.Hops.Select(h => h.Delay!.Value.TotalSeconds));
        Assert.Equal(9, analysis.Total!.Value.TotalSeconds);
    }

    [Fact]
    public void Analyze_Hops_NameTlsAsEachServerWritesIt()
    {
        var hops = HeaderAnalyzer.Analyze(Gmail).Hops;

        Assert.Equal(("TLS 1.2", "ECDHE-RSA-AES256-GCM-SHA384", true, true), (hops[0].TlsVersion, hops[0].Cipher, hops[0].IsEncrypted, hops[0].IsAuthenticated));
        Assert.Equal(("TLS 1.3", "TLS_AES_256_GCM_SHA384", true, false), (hops[1].TlsVersion, hops[1].Cipher, hops[1].IsEncrypted, hops[1].IsAuthenticated));
        Assert.Equal("out1.example.org", hops[1].From);
        Assert.Contains("192.0.2.10", hops[1].Client, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from a.example by b.example with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.98) id 1; Tue, 24 Nov 2026 10:00:00 +0000", "TLS 1.3", "TLS_AES_256_GCM_SHA384")]
    [InlineData("from a.example (192.0.2.1) by b.example (192.0.2.2) with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15; Tue, 24 Nov 2026 10:00:00 +0000", "TLS 1.2", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")]
    [InlineData("from a.example by b.example with SMTP; Tue, 24 Nov 2026 10:00:00 +0000", null, null)]
    [InlineData("from a.example by b.example with ESMTPS (TLSv1 cipher AES128-SHA); x", "TLS 1.0", "AES128-SHA")]
    public void Analyze_Received_TlsIsRead(string received, string? version, string? cipher)
    {
        var hop = Assert.Single(HeaderAnalyzer.Analyze($"Received: {received}").Hops);

        Assert.Equal((version, cipher), (hop.TlsVersion, hop.Cipher));
    }

    [Fact]
    public void Analyze_Results_TakesThoseOfTheReceivingSystem()
    {
        var analysis = HeaderAnalyzer.Analyze(Gmail);

        Assert.Equal(2, analysis.Authentication.Length);
        Assert.Equal(["dkim:pass:news.example.org", "spf:pass:mail.example.org", "dmarc:pass:news.example.org"], analysis.Receiver!.Results.Select(r => $"{r.Method}:{r.Result}:{r.Domain}"));
    }

    [Fact]
    public void Analyze_ForgedResults_AreNotTheReceivers()
    {
        var analysis = HeaderAnalyzer.Analyze(
            """
            Received: from evil.example by mx.receiver.example with ESMTPS; Tue, 24 Nov 2026 10:00:00 +0000
            Authentication-Results: mx.elsewhere.example; dmarc=pass header.from=bank.example
            From: ceo@bank.example
            """);

        Assert.Null(analysis.Receiver);
        Assert.Empty(analysis.Alignment);
    }

    [Fact]
    public void Analyze_MicrosoftsResults_BearNoName()
    {
        var analysis = HeaderAnalyzer.Analyze(
            """
            Received: from a.example by AM0PR01.eurprd01.prod.outlook.com with HTTPS; Tue, 24 Nov 2026 10:00:00 +0000
            Authentication-Results: spf=fail (sender IP is 192.0.2.1) smtp.mailfrom=example.org; dkim=none (message not signed) header.d=none;dmarc=fail action=quarantine header.from=example.org;compauth=fail reason=000
            From: a@example.org
            """);

        Assert.Equal("fail", analysis.Receiver!.Results.Single(r => r.Method == "dmarc").Result);
    }

    [Fact]
    public void Analyze_Arc_IsReadBySets()
    {
        var set = Assert.Single(HeaderAnalyzer.Analyze(Gmail).Arc);

        Assert.Equal((1, "google.com", "none", true), (set.Instance, set.Domain, set.ChainState, set.IsComplete));
        Assert.Equal("mx.google.com", set.Results!.Server);
    }

    [Fact]
    public void Analyze_Fields_AreDecoded()
    {
        var analysis = HeaderAnalyzer.Analyze(Gmail);

        Assert.Equal(("Équipe <hello@news.example.org>", "news.example.org", "Bonjour à tous", "1@news.example.org"), (analysis.From, analysis.FromDomain, analysis.Subject, analysis.MessageId));
    }

    [Fact]
    public void Analyze_Unsubscribe_IsOneClickAndSigned()
    {
        var unsubscribe = HeaderAnalyzer.Analyze(Gmail).Unsubscribe!;

        Assert.True(unsubscribe is { IsOneClick: true, IsSigned: true });
        Assert.Equal(["https://news.example.org/u?1", "mailto:u@news.example.org"], unsubscribe.Targets);
    }

    [Fact]
    public void Analyze_Alignment_ComparesFromWithEach()
    {
        Assert.Equal(["dkim:Strict", "spf:Unknown"], HeaderAnalyzer.Analyze(Gmail).Alignment.Select(a => $"{a.Method}:{a.Kind}"));
    }

    [Theory]
    [InlineData("example.org", "example.org", AlignmentKind.Strict)]
    [InlineData("mail.example.org", "example.org", AlignmentKind.Relaxed)]
    [InlineData("example.org", "mail.example.org", AlignmentKind.Relaxed)]
    [InlineData("a.example.org", "b.example.org", AlignmentKind.Unknown)]
    [InlineData("example.org", "example.net", AlignmentKind.None)]
    [InlineData("example.org", "org", AlignmentKind.None)]
    [InlineData("notexample.org", "example.org", AlignmentKind.None)]
    public void Compare_Domains_SaysHowTheyFit(string from, string other, AlignmentKind expected) => Assert.Equal(expected, Alignments.Compare(from, other));

    [Fact]
    public void Resolve_Organizations_SettleSiblings()
    {
        var analysis = HeaderAnalyzer.Analyze(Gmail);

        var together = Alignments.Resolve(analysis, new Dictionary<string, string> { ["news.example.org"] = "example.org", ["mail.example.org"] = "example.org" });
        var apart = Alignments.Resolve(analysis, new Dictionary<string, string> { ["news.example.org"] = "news.example.org", ["mail.example.org"] = "mail.example.org" });

        Assert.Equal(AlignmentKind.Relaxed, together.Single(a => a.Method == "spf").Kind);
        Assert.Equal(AlignmentKind.None, apart.Single(a => a.Method == "spf").Kind);
    }

    [Theory]
    [InlineData("Received: from a.example.org by b.example.net with ESMTPS; Tue, 24 Nov 2026 10:00:00 +0000\nReceived: from x.example.org by a.example.org with ESMTPS; Tue, 24 Nov 2026 10:00:30 +0000", HeaderOddity.ClockSkew)]
    [InlineData("Received: from a.example.org by b.example.net with ESMTPS; Tue, 24 Nov 2026 10:00:00 +0000\nReceived: from x.example.org by a.example.org with ESMTPS; Tue, 24 Nov 2026 09:00:00 +0000", HeaderOddity.LongDelay)]
    [InlineData("Received: from a.example.org by b.example.net with ESMTPS; Tue, 24 Nov 2026 10:00:00 +0000\nReceived: from x.stranger.example by y.stranger.example with ESMTPS; Tue, 24 Nov 2026 10:00:00 +0000", HeaderOddity.BrokenChain)]
    [InlineData("Received: from a.example.org by b.example.net with ESMTP; Tue, 24 Nov 2026 10:00:00 +0000", HeaderOddity.Unencrypted)]
    [InlineData("From: a@example.org\nFrom: b@example.org", HeaderOddity.SeveralFrom)]
    [InlineData("From: a@example.org\nReply-To: b@elsewhere.example", HeaderOddity.ReplyElsewhere)]
    [InlineData("Subject: x", HeaderOddity.NoFrom)]
    [InlineData("Subject: x", HeaderOddity.NoHops)]
    [InlineData("Subject: x", HeaderOddity.NoDate)]
    [InlineData("Subject: x", HeaderOddity.NoMessageId)]
    [InlineData("ARC-Seal: i=2; cv=pass; d=example.org; s=s; b=x", HeaderOddity.BrokenArc)]
    [InlineData("ARC-Seal: i=1; cv=fail; d=example.org; s=s; b=x", HeaderOddity.BrokenArc)]
    [InlineData("List-Unsubscribe: <https://example.org/u>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click", HeaderOddity.OneClickUnsigned)]
    public void Analyze_Odd_IsSaid(string text, HeaderOddity oddity) => Assert.Contains(HeaderAnalyzer.Analyze(text).Notes, n => n.Oddity == oddity);

    [Fact]
    public void Analyze_Ordinary_HasNoOddities() => Assert.Empty(HeaderAnalyzer.Analyze(Gmail).Notes);

    [Theory]
    [InlineData("Received: by x", true)]
    [InlineData("From: a@example.org\nTo: b@example.org", true)]
    [InlineData("Subject: x", false)]
    [InlineData("v=spf1 -all", false)]
    [InlineData("example.org", false)]
    [InlineData("version: STSv1\nmode: enforce", false)]
    public void IsHeader_Text_IsTold(string text, bool expected) => Assert.Equal(expected, HeaderAnalyzer.IsHeader(text));
}
