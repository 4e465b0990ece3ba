using MailDashboard.Checks;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Monitoring.Alerting;

namespace MailDashboard.Tests.Monitoring.Alerting;

public class ListingWatchTests
{
    private static readonly Subject Listing = Subject.Listing("192.0.2.10", "bl.example");

    [Theory]
    [InlineData("medium", "true", true)]
    [InlineData("critical", "true", true)]
    [InlineData("low", "true", false)]
    [InlineData("critical", "false", false)]
    public void Alerting_ByWeightAndOwner_TakesWhatMatters(string weight, string watched, bool alerts) =>
        Assert.Equal(alerts, ListingWatch.Alerting(Outcome(weight, watched).Build()).Length == 1);

    [Fact]
    public void About_AskedAndClean_IsAbsent() =>
        Assert.Equal(new ListingObservation(AlertLook.Absent, true, null), ListingWatch.About(new OutcomeBuilder().Determined(Listing).Build(), Listing));

    [Fact]
    public void About_NotAskedAnyMore_SaysNothingOfTheListing() =>
        Assert.Equal(new ListingObservation(AlertLook.Absent, false, null), ListingWatch.About(new OutcomeBuilder().Build(), Listing));

    [Fact]
    public void About_DomainUndetermined_IsUndetermined() =>
        Assert.Equal(AlertLook.Undetermined, ListingWatch.About(new OutcomeBuilder().CouldNotTell(Subject.Domain("example.org"), Reason.Of("DnsTimeout")).Build(), Listing).Look);

    [Fact]
    public void About_ListDidNotAnswer_IsUndetermined() =>
        Assert.Equal(AlertLook.Undetermined, ListingWatch.About(new OutcomeBuilder().CouldNotTell(Listing, Reason.Of("DnsTimeout"), false).Build(), Listing).Look);

    private static OutcomeBuilder Outcome(string weight, string watched) => new OutcomeBuilder().Determined(Listing)
        .Report(BlocklistFindings.AddressListed, Listing, new Evidence("weight", weight), new Evidence("watched", watched));
}
