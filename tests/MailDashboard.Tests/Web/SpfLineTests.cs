using MailDashboard.Web.Domains;

namespace MailDashboard.Tests.Web;

public sealed class SpfLineTests() : PageTest("en")
{
    [Fact]
    public void Read_ATree_TakesEveryLineApart()
    {
        var lines = SpfLine.Read("example.org\n  include:spf.example.net  [3, 11/10]  (passesLimit)\n    spf.example.net  (missing)\n  -all").ToList();

        Assert.Equal([0, 1, 2, 1], lines.Select(l => l.Level));
        Assert.Equal(["example.org", "include:spf.example.net", "spf.example.net", "-all"], lines.Select(l => l.Text));
        Assert.Equal((3, 11), (lines[1].Own, lines[1].Spent));
        Assert.True(lines[1].IsTooMany);
        Assert.Equal("It asks for the eleventh look-up; receivers stop here.", lines[1].Note);
        Assert.Null(lines[3].Spent);
    }

    [Fact]
    public void Read_AWordOfAnotherVersion_HidesIt()
    {
        var line = Assert.Single(SpfLine.Read("  exists:%{i}.example.org  (somethingNew)"));

        Assert.Equal("exists:%{i}.example.org", line.Text);
        Assert.Null(line.Note);
    }
}
