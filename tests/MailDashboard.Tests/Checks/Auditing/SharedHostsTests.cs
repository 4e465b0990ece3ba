using System.Net;
using MailDashboard.Checks.Auditing;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.Tests.Checks.Auditing;

public sealed class SharedHostsTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly SharedHost Host = new("smtp", "mx.example.net", IPAddress.Loopback, 25);

    private readonly FakeTimeProvider _time = new();
    private readonly SharedHosts _hosts;
    private int _looks;

    public SharedHostsTests() => _hosts = new SharedHosts(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(59, true, 1)]
    [InlineData(60, true, 2)]
    [InlineData(0.9, false, 1)]
    [InlineData(1, false, 2)]
    public async Task Look_AgainLater_LooksAgainWhenItIsTooOld(double minutes, bool isLasting, int looks)
    {
        Assert.Equal(("1", false), await LookAsync(Hour, isLasting));
        _time.Advance(TimeSpan.FromMinutes(minutes));

        Assert.Equal(($"{looks}", looks == 1), await LookAsync(Hour, isLasting));
    }

    [Fact]
    public async Task Look_Fresh_LooksAndTellsTheOthers()
    {
        await LookAsync(Hour);

        Assert.Equal(("2", false), await LookAsync(TimeSpan.Zero));
        Assert.Equal(("2", true), await LookAsync(Hour));
    }

    [Fact]
    public async Task Look_OtherHost_IsLookedAt()
    {
        await LookAsync(Hour);
        await LookAsync(Hour, host: Host with { Host = "mail.example.net" });
        await LookAsync(Hour, host: Host with { Kind = "relay" });

        Assert.Equal(3, _looks);
    }

    [Fact]
    public async Task Look_ManyAtOnce_LooksOnce()
    {
        var gate = new TaskCompletionSource();
        var all = Enumerable.Range(0, 40).Select(_ => _hosts.LookAsync(Host, Hour, static _ => true, () => AfterAsync(gate.Task), Token)).ToList();
        gate.SetResult();

        var seen = await Task.WhenAll(all);
        Assert.Equal(1, _looks);
        Assert.Single(seen, s => !s.IsShared);
    }

    [Fact]
    public async Task Look_TheFirstIsCancelled_AnotherLooks()
    {
        using var first = new CancellationTokenSource();
        var given = _hosts.LookAsync(Host, Hour, static _ => true, () => AfterAsync(Task.Delay(Timeout.Infinite, first.Token)), first.Token);
        var waiting = LookAsync(Hour);
        await first.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.Equal(("1", false), await waiting);
    }

    [Fact]
    public async Task Look_OneThatWaitsGivesUp_TakesNothingFromTheOther()
    {
        var gate = new TaskCompletionSource();
        var first = _hosts.LookAsync(Host, Hour, static _ => true, () => AfterAsync(gate.Task), Token);
        using var impatient = new CancellationTokenSource();
        var waiting = _hosts.LookAsync(Host, Hour, static _ => true, () => AfterAsync(Task.CompletedTask), impatient.Token);
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        gate.SetResult();
        Assert.Equal(("1", false), await first);
    }

    [Fact]
    public async Task Look_MoreHostsThanAreKept_ForgetsTheOldest()
    {
        await LookAsync(Hour);
        for (var i = 0; i < SharedHosts.Capacity; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await LookAsync(Hour, host: Host with { Port = i + 1000 });
        }

        _looks = 0;
        await LookAsync(Hour, host: Host with { Port = SharedHosts.Capacity + 999 });
        Assert.Equal(0, _looks);
        await LookAsync(Hour);
        Assert.Equal(1, _looks);
    }

    /// <summary>Forgetting the oldest while others arrive: 33 of 10,000 audits of one benchmark failed by it.</summary>
    [Fact]
    public async Task Look_ManyAudits_ForgetWithoutDisturbingEachOther()
    {
        var ports = Enumerable.Range(0, SharedHosts.Capacity * 20);

        await Parallel.ForEachAsync(ports, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token }, async (port, _) =>
            await LookAsync(Hour, host: Host with { Port = port }));

        Assert.Equal(SharedHosts.Capacity * 20, _looks);
    }

    private Task<(string Seen, bool IsShared)> LookAsync(TimeSpan longest, bool isLasting = true, SharedHost? host = null) =>
        _hosts.LookAsync(host ?? Host, longest, _ => isLasting, () => AfterAsync(Task.CompletedTask), Token);

    private async Task<string> AfterAsync(Task gate)
    {
        await gate;
        return $"{Interlocked.Increment(ref _looks)}";
    }
}
