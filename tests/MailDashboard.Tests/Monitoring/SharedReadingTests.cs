using MailDashboard.Monitoring.Overview;

namespace MailDashboard.Tests.Monitoring;

public sealed class SharedReadingTests
{
    [Fact]
    public async Task Get_WhileOneIsUnderWay_SharesTheNextOne()
    {
        var begun = 0;
        var gates = new[] { new TaskCompletionSource(), new TaskCompletionSource() };
        var started = new[] { new TaskCompletionSource(), new TaskCompletionSource() };
        var reading = new SharedReading<int>(async _ =>
        {
            var number = begun++;
            started[number].SetResult();
            await gates[number].Task;
            return number;
        });

        var first = reading.GetAsync(TestContext.Current.CancellationToken);
        await started[0].Task;
        var others = Enumerable.Range(0, 19).Select(_ => reading.GetAsync(TestContext.Current.CancellationToken)).ToList();
        Assert.Equal(1, begun);
        gates[0].SetResult();
        gates[1].SetResult();

        Assert.Equal(0, await first);
        Assert.All(await Task.WhenAll(others), number => Assert.Equal(1, number));
        Assert.Equal(2, begun);
    }

    [Fact]
    public async Task Get_AfterOneThatFailed_ReadsAgain()
    {
        var begun = 0;
        var reading = new SharedReading<int>(_ => begun++ == 0 ? Task.FromException<int>(new InvalidOperationException()) : Task.FromResult(7));

        await Assert.ThrowsAsync<InvalidOperationException>(() => reading.GetAsync(TestContext.Current.CancellationToken));

        Assert.Equal(7, await reading.GetAsync(TestContext.Current.CancellationToken));
    }
}
