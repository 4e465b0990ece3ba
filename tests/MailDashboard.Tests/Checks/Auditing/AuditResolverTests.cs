using System.Net;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Auditing;

public sealed class AuditResolverTests
{
    private readonly FakeDns _dns = new FakeDns().A("a.example", "192.0.2.1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task QueryAsync_FirstCallerGivesUp_TheOthersStillGetTheAnswer()
    {
        var held = _dns.Hold("a.example", DnsRecordType.A);
        var resolver = new AuditResolver(_dns, 10, Token);
        using var impatient = new CancellationTokenSource();

        var first = resolver.QueryAsync("a.example", DnsRecordType.A, impatient.Token);
        var second = resolver.QueryAsync("a.example", DnsRecordType.A, Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        held.SetResult();

        Assert.Equal([IPAddress.Parse("192.0.2.1")], (await second).Addresses);
        Assert.Single(_dns.Asked);
    }

    [Fact]
    public async Task QueryAsync_AuditEnds_EveryQuestionEnds()
    {
        _dns.Hold("a.example", DnsRecordType.A);
        using var audit = new CancellationTokenSource();
        var resolver = new AuditResolver(_dns, 10, audit.Token);

        var asking = resolver.QueryAsync("a.example", DnsRecordType.A, Token);
        await audit.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task QueryAsync_AskedBefore_FreshAuditAsksAgainOnce(bool isFresh, int asked)
    {
        var cache = new CachingResolver(_dns, TimeProvider.System);
        await cache.QueryAsync("a.example", DnsRecordType.A, Token);
        var resolver = new AuditResolver(cache, 10, Token, isFresh: isFresh);

        await resolver.QueryAsync("a.example", DnsRecordType.A, Token);
        await resolver.QueryAsync("a.example", DnsRecordType.A, Token);

        Assert.Equal(asked, _dns.Asked.Count);
    }

    [Fact]
    public async Task QueryAsync_BudgetSpent_LeavesWhatIsKnown()
    {
        var resolver = new AuditResolver(_dns, 1, Token);

        await resolver.QueryAsync("a.example", DnsRecordType.A, Token);

        Assert.Equal(DnsStatus.BudgetSpent, (await resolver.QueryAsync("b.example", DnsRecordType.A, Token)).Status);
        Assert.Equal(DnsStatus.Answered, (await resolver.QueryAsync("A.example.", DnsRecordType.A, Token)).Status);
        Assert.Single(resolver.Transcript);
    }
}
