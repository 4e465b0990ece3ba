using System.Net;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;

namespace MailDashboard.Tests.Monitoring.Recording;

public class FindingHistoryTests
{
    private static readonly DateTimeOffset First = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = First.AddHours(1);
    private static readonly FindingDefinition Unreachable = new("MX015", Severity.Error, "RFC 5321 §5.1");
    private static readonly Subject Address = Subject.Address(IPAddress.Parse("192.0.2.1"));

    [Fact]
    public void Apply_AbsentAndDetermined_Resolves()
    {
        var row = Open();

        FindingHistory.Apply([row], "mx", new OutcomeBuilder().Build(), 1, Later);

        Assert.Equal(Later, row.ResolvedAt);
    }

    [Fact]
    public void Apply_AbsentAndCouldNotLook_StandsWithDoubt()
    {
        var row = Open();

        FindingHistory.Apply([row], "mx", new OutcomeBuilder().CouldNotTell(Address, Reason.Of("DnsTimeout")).Build(), 1, Later);

        Assert.Null(row.ResolvedAt);
        Assert.Equal(Later, row.UndeterminedSince);
    }

    [Fact]
    public void Apply_AbsentBecauseNobodyTried_StandsWithoutDoubt()
    {
        var row = Open();

        FindingHistory.Apply([row], "mx", new OutcomeBuilder().CouldNotTell(Address, Reason.Of(Reason.ConnectionNotWanted), verdictNeedsIt: false).Build(), 1, Later);

        Assert.Null(row.ResolvedAt);
        Assert.Null(row.UndeterminedSince);
    }

    [Fact]
    public void Apply_SeenAgain_KeepsItsBeginningAndLosesItsDoubt()
    {
        var row = Open();
        row.UndeterminedSince = First;

        var added = FindingHistory.Apply([row], "mx", new OutcomeBuilder().Report(Unreachable, Address).Build(), 1, Later);

        Assert.Empty(added);
        Assert.Equal((First, Later, null, null), (row.FirstSeenAt, row.LastSeenAt, row.ResolvedAt, row.UndeterminedSince));
    }

    private static FindingRow Open() => Assert.Single(FindingHistory.Apply([], "mx", new OutcomeBuilder().Report(Unreachable, Address).Build(), 1, First));
}
