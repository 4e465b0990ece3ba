using System.Text;
using MailDashboard.Mail.Mailboxes;
using MailDashboard.Monitoring.Placement;
using Kind = MailDashboard.Monitoring.Persistence.Entities.Placement;

namespace MailDashboard.Tests.Monitoring.Placement;

public sealed class PlacementRulesTests
{
    [Theory]
    [InlineData(true, true, false, null)]
    [InlineData(false, true, false, null)]
    [InlineData(true, true, true, Kind.Missing)]
    [InlineData(false, true, true, Kind.Unknown)]
    [InlineData(true, false, true, Kind.Unknown)]
    public void NotFound_IsMissingOnlyWhereEverythingWasSeen(bool isComplete, bool seesAll, bool isOver, Kind? expected) =>
        Assert.Equal(expected, PlacementRules.NotFound(isComplete, seesAll, isOver));

    [Theory]
    [InlineData(FolderKind.Inbox, Kind.Inbox)]
    [InlineData(FolderKind.Spam, Kind.Spam)]
    [InlineData(FolderKind.Other, Kind.Elsewhere)]
    public void Of_Folder(FolderKind folder, Kind expected) => Assert.Equal(expected, PlacementRules.Of(folder));

    [Theory]
    [InlineData("SSI", Kind.Spam)]
    [InlineData("MSI", Kind.Missing)]
    [InlineData("SSSI", Kind.Spam)]
    [InlineData("S?SI", Kind.Spam)]
    [InlineData("SI", null)]
    [InlineData("ISI", null)]
    [InlineData("SS", null)]
    [InlineData("SSE", null)]
    [InlineData("S?I", null)]
    [InlineData("???", null)]
    [InlineData("NNI", null)]
    [InlineData("", null)]
    public void Fallen_NewestFirst_NeedsTwoInARowAfterTheInbox(string placements, Kind? now) =>
        Assert.Equal(now, PlacementRules.Fallen(placements.Select(p => new SeedPlacement(1, Read(p)))).SingleOrDefault()?.Now);

    [Fact]
    public void Fallen_SeveralSeeds_AreJudgedOneByOne()
    {
        SeedPlacement[] placements = [new(1, Kind.Spam), new(2, Kind.Inbox), new(1, Kind.Spam), new(2, Kind.Spam), new(1, Kind.Inbox), new(2, Kind.Inbox)];

        Assert.Equal([1], PlacementRules.Fallen(placements).Select(f => f.MailboxId));
    }

    [Theory]
    [InlineData("MM", true)]
    [InlineData("NM", true)]
    [InlineData("M?M", true)]
    [InlineData("MI", null)]
    [InlineData("M", null)]
    [InlineData("?", null)]
    [InlineData("IMM", false)]
    [InlineData("SMM", false)]
    public void IsRoundTripBroken_NewestFirst(string placements, bool? expected) =>
        Assert.Equal(expected, PlacementRules.IsRoundTripBroken([.. placements.Select(Read)]));

    [Fact]
    public void Headers_OfAProvider_AreKeptAndOthersAreNot()
    {
        var header = "Received: from a\r\nAuthentication-Results: mx.google.com;\r\n dkim=pass header.i=@a.test\r\nX-Spam-Score: 3\r\nX-Forefront-Antispam-Report: SCL:5\r\nX-Secret: no\r\nSubject: s\r\n\r\n";

        var fields = PlacementHeaders.Read(Encoding.ASCII.GetBytes(header));

        Assert.Equal(["Authentication-Results", "X-Spam-Score", "X-Forefront-Antispam-Report"], fields.Select(f => f.Name));
        Assert.DoesNotContain('\n', fields[0].Value);
    }

    private static Kind Read(char letter) => letter switch
    {
        'I' => Kind.Inbox,
        'S' => Kind.Spam,
        'M' => Kind.Missing,
        'E' => Kind.Elsewhere,
        'N' => Kind.NotSent,
        _ => Kind.Unknown,
    };
}
