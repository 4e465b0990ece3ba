using System.Net;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.Tests.Checks.Probing.Dns;

public sealed class CachingResolverTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeDns _dns = new();
    private readonly CachingResolver _resolver;

    public CachingResolverTests() => _resolver = new CachingResolver(_dns, _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task QueryAsync_WithinTtl_ComesFromTheCache()
    {
        Record(60);

        var first = await AskAsync();
        Pass(59);
        var second = await AskAsync("A.Example.");

        Assert.False(first.FromCache);
        Assert.True(second.FromCache);
        Assert.Equal(TimeSpan.Zero, second.Elapsed);
        Assert.Equal(first.Records, second.Records);
        Assert.Single(_dns.Asked);
    }

    [Fact]
    public async Task QueryAsync_AfterTtl_AsksAgain()
    {
        Record(60);

        await AskAsync();
        Pass(60);
        await AskAsync();

        Assert.Equal(2, _dns.Asked.Count);
    }

    [Fact]
    public async Task QueryAsync_OtherTypeOrCheckingDisabled_IsAnotherQuestion()
    {
        Record(60);

        await AskAsync();
        await _resolver.QueryAsync("a.example", DnsRecordType.MX, Token);
        await _resolver.QueryAsync("a.example", DnsRecordType.A, DnsOptions.CheckingDisabled, Token);

        Assert.Equal(3, _dns.Asked.Count);
    }

    [Fact]
    public async Task QueryAsync_HugeTtl_IsKeptSixHours()
    {
        Record(uint.MaxValue);

        await AskAsync();
        Pass((6 * 3600) - 1);
        await AskAsync();
        Pass(1);
        await AskAsync();

        Assert.Equal(2, _dns.Asked.Count);
    }

    [Theory]
    [InlineData(300u, 300)]
    [InlineData(86400u, 3600)]
    [InlineData(null, 60)]
    public async Task QueryAsync_NxDomain_IsKeptByItsNegativeTtlUpToAnHour(uint? negativeTtl, int seconds)
    {
        _dns.NegativeTtl = negativeTtl;

        await AskAsync();
        Pass(seconds - 1);
        Assert.True((await AskAsync()).FromCache);
        Pass(1);
        Assert.False((await AskAsync()).FromCache);
    }

    [Theory]
    [InlineData(DnsStatus.ServFail)]
    [InlineData(DnsStatus.Timeout)]
    [InlineData(DnsStatus.Refused)]
    [InlineData(DnsStatus.Unreachable)]
    public async Task QueryAsync_Failure_IsKeptSecondsOnly(DnsStatus status)
    {
        _dns.Fail("a.example", DnsRecordType.A, status);

        await AskAsync();
        Pass(4);
        Assert.True((await AskAsync()).FromCache);
        Pass(1);
        Assert.False((await AskAsync()).FromCache);
    }

    [Fact]
    public async Task QueryAsync_Fresh_GoesRoundTheCacheAndRefreshesIt()
    {
        Record(3600);
        await AskAsync();
        _dns.Remove("a.example").A("a.example", "192.0.2.77");
        _dns.Now = _time.GetUtcNow();

        var fresh = await _resolver.QueryAsync("a.example", DnsRecordType.A, DnsOptions.Fresh, Token);
        var later = await AskAsync();

        Assert.False(fresh.FromCache);
        Assert.Equal([IPAddress.Parse("192.0.2.77")], fresh.Addresses);
        Assert.True(later.FromCache);
        Assert.Equal(fresh.Records, later.Records);
    }

    [Fact]
    public async Task QueryAsync_FreshWhileTheSameIsUnderWay_AsksForItself()
    {
        Record(3600);
        var held = _dns.Hold("a.example", DnsRecordType.A);

        var first = AskAsync();
        var fresh = _resolver.QueryAsync("a.example", DnsRecordType.A, DnsOptions.Fresh, Token);
        held.SetResult();
        await Task.WhenAll(first, fresh);

        Assert.Equal(2, _dns.Asked.Count);
    }

    [Fact]
    public async Task QueryAsync_EqualQuestionsUnderWay_AreAskedOnce()
    {
        Record(3600);
        var held = _dns.Hold("a.example", DnsRecordType.A);

        var waiting = Enumerable.Range(0, 50).Select(_ => AskAsync()).ToArray();
        held.SetResult();
        var answers = await Task.WhenAll(waiting);

        Assert.Single(_dns.Asked);
        Assert.Single(answers, a => !a.FromCache);
    }

    [Fact]
    public async Task QueryAsync_OneCallerCancels_TheOthersGetTheAnswer()
    {
        Record(3600);
        var held = _dns.Hold("a.example", DnsRecordType.A);
        using var impatient = new CancellationTokenSource();

        var first = _resolver.QueryAsync("a.example", DnsRecordType.A, impatient.Token);
        var second = AskAsync();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        held.SetResult();

        Assert.Equal(DnsStatus.Answered, (await second).Status);
        Assert.Single(_dns.Asked);
    }

    [Fact]
    public async Task QueryAsync_AllCallersCancel_TheQuestionIsGivenUpAndAskedAnew()
    {
        Record(3600);
        var held = _dns.Hold("a.example", DnsRecordType.A);
        using var impatient = new CancellationTokenSource();

        var first = _resolver.QueryAsync("a.example", DnsRecordType.A, impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        held.SetResult();

        Assert.Equal(DnsStatus.Answered, (await AskAsync()).Status);
        Assert.Equal(2, _dns.Asked.Count);
    }

    [Fact]
    public async Task QueryAsync_MoreNamesThanRoom_StaysWithinIt()
    {
        var small = new CachingResolver(_dns, _time, capacity: 100);

        for (var i = 0; i < 1000; i++)
        {
            await small.QueryAsync($"n{i}.example", DnsRecordType.A, Token);
        }

        Assert.InRange(small.Count, 50, 100);
    }

    [Fact]
    public async Task QueryAsync_AskedForAgainAndAgain_StaysWhileOthersGo()
    {
        Record(3600);
        var small = new CachingResolver(_dns, _time, capacity: 100);

        for (var i = 0; i < 1000; i++)
        {
            await small.QueryAsync($"n{i}.example", DnsRecordType.A, Token);
            await small.QueryAsync("a.example", DnsRecordType.A, Token);
        }

        Assert.Single(_dns.Asked, q => q.Name == "a.example");
    }

    [Fact]
    public async Task QueryAsync_HugeAnswer_IsNotKept()
    {
        _dns.Txt("a.example", new string('x', 60_000));

        await _resolver.QueryAsync("a.example", DnsRecordType.TXT, Token);

        Assert.Equal(0, _resolver.Count);
    }

    [Fact]
    public async Task QueryAsync_CancelledBefore_Throws()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _resolver.QueryAsync("a.example", DnsRecordType.A, new CancellationToken(true)));
    }

    private void Record(uint ttl)
    {
        _dns.Record(new AddressRecord("a.example", ttl, IPAddress.Parse("192.0.2.1")));
        _dns.Now = _time.GetUtcNow();
    }

    private void Pass(int seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        _dns.Now = _time.GetUtcNow();
    }

    private Task<DnsAnswer> AskAsync(string name = "a.example") => _resolver.QueryAsync(name, DnsRecordType.A, Token);
}
