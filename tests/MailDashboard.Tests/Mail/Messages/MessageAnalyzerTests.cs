using System.Net;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Mail.Messages;
using MailDashboard.Mail.Messages.Authentication;
using MailDashboard.Mail.Messages.Content;

namespace MailDashboard.Tests.Mail.Messages;

/// <summary>The pure part, fed with what no ordinary message shows.</summary>
public class MessageAnalyzerTests
{
    [Fact]
    public async Task Signature_WithBodyLength_CostsAlone() =>
        Assert.Equal("MSG031:0.5", WellWorld.Costs(await SignedAsync(s => s with { BodyLength = 10 })));

    [Fact]
    public async Task Signature_Expired_CostsAlone() =>
        Assert.Equal("MSG027:2", WellWorld.Costs(await SignedAsync(s => s with { Result = SignatureResult.Expired, Expires = WellWorld.Now.AddHours(-1) })));

    [Fact]
    public async Task Html_LongerThanGmailShows_CostsAlone()
    {
        var seen = await new WellWorld().ObserveAsync();
        var body = seen.Body! with { Html = seen.Body.Html! with { Characters = 200_000 } };

        Assert.Equal("MSG135:0.2", WellWorld.Costs(MessageAnalyzer.Analyze(seen with { Body = body })));
    }

    [Fact]
    public async Task Attachments_Heavy_CostAlone()
    {
        var seen = await new WellWorld().ObserveAsync();

        Assert.Equal("MSG145:0.3", WellWorld.Costs(MessageAnalyzer.Analyze(seen with { Attachments = [new AttachmentFacts("a.pdf", "application/pdf", 12_000_000, AttachmentTraits.None)] })));
    }

    [Fact]
    public async Task PolicyNone_IsNamedAndCostsNothing()
    {
        var world = new WellWorld();
        world.Dns.Remove($"_dmarc.{WellWorld.From}").Txt($"_dmarc.{WellWorld.From}", "v=DMARC1; p=reject; t=y");
        var tested = await world.JudgeAsync();
        world.Dns.Remove($"_dmarc.{WellWorld.From}").Txt($"_dmarc.{WellWorld.From}", "v=DMARC1; p=none");

        Assert.Empty(tested.Marks);
        Assert.Equal("MSG043", Assert.Single((await world.JudgeAsync()).Marks).Code);
    }

    [Fact]
    public async Task EarlierHop_Unencrypted_IsNamedAndCostsNothing()
    {
        var world = new WellWorld();
        world.Text = "Received: from pc.client.example (pc.client.example [198.51.100.1]) by mx.good.example with ESMTP; Tue, 24 Nov 2026 09:59:55 +0000\n" + world.Text;

        Assert.Equal(("MSG067", 0m), Assert.Single((await world.JudgeAsync()).Marks) is var mark ? (mark.Code, mark.Points) : default);
    }

    [Fact]
    public async Task DomainOnAList_CostsByWeight()
    {
        var seen = await new WellWorld().ObserveAsync();
        var list = BlocklistCatalogue.Shipped.Find("dbl.spamhaus.org")!;
        ListingLook Look(string domain) => new(BlocklistSubject.Domain(domain), list, ListingState.Listed);

        var verdict = MessageAnalyzer.Analyze(seen with { Looks = [Look("a.example"), Look("b.example")] });

        Assert.Equal("MSG071:3", WellWorld.Costs(verdict));
        Assert.Equal(2, verdict.Marks.Length);
    }

    [Fact]
    public async Task HopFromTop_AndTrustedNetworks_ChooseTheHop()
    {
        var world = new WellWorld();
        const string inner = "Received: from in.mailbox.example (in.mailbox.example [10.0.0.2]) by store.mailbox.example with LMTP id 3; Tue, 24 Nov 2026 10:00:01 +0000\n";
        byte[] message = [.. WellWorld.Crlf(inner), .. world.Delivered(world.Signed())];
        var judge = new MessageJudge(world.Dns, null, [], TimeProvider.System);
        var request = new MessageRequest(message, WellWorld.Now) { TrustedHosts = ["mailbox.example"] };

        var byNetwork = await judge.ObserveAsync(request with { TrustedNetworks = [IPNetwork.Parse("10.0.0.0/8")] }, TestContext.Current.CancellationToken);
        var byNumber = await judge.ObserveAsync(request with { HopFromTop = 2 }, TestContext.Current.CancellationToken);

        Assert.Equal((WellWorld.Sender, 2), (byNetwork.Hop!.Address!.ToString(), byNetwork.Hop.FromTop));
        Assert.Equal(WellWorld.Sender, byNumber.Hop!.Address!.ToString());
    }

    [Theory]
    [InlineData("198.51.100.7/32", WellWorld.Sender)]
    [InlineData("198.51.100.0/24", WellWorld.Sender)]
    [InlineData("192.0.2.0/24", "198.51.100.7")]
    public async Task OwnRelays_InFrontOfTheMailbox_AreNotTheSendingHop(string relays, string sender)
    {
        var world = new WellWorld { Received = $"from mx.good.example (mx.good.example [{WellWorld.Sender}]) by filter.own.example with ESMTPS id 1; Tue, 24 Nov 2026 10:00:00 +0000" };
        const string behind = "Received: from filter.own.example (filter.own.example [198.51.100.7]) by in.mailbox.example with ESMTPS id 3; Tue, 24 Nov 2026 10:00:01 +0000\n";
        byte[] message = [.. WellWorld.Crlf(behind), .. world.Delivered(world.Signed())];
        var request = new MessageRequest(message, WellWorld.Now) { TrustedHosts = ["mailbox.example"], TrustedNetworks = [IPNetwork.Parse(relays)] };

        var seen = await new MessageJudge(world.Dns, null, [], TimeProvider.System).ObserveAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(sender, seen.Hop!.Address!.ToString());
    }

    private static async Task<MessageVerdict> SignedAsync(Func<SignatureFacts, SignatureFacts> change)
    {
        var seen = await new WellWorld().ObserveAsync();
        return MessageAnalyzer.Analyze(seen with { Signatures = [change(seen.Signatures[0])] });
    }
}
