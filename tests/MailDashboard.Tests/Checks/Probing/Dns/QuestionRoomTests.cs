using MailDashboard.Checks.Probing.Dns;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.Tests.Checks.Probing.Dns;

public sealed class QuestionRoomTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly QuestionRoom _room;

    public QuestionRoomTests() => _room = new QuestionRoom(quick: 1, patient: 1, _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EnterAsync_Full_WaitsUntilSomebodyLeaves()
    {
        var first = await _room.EnterAsync(Token);
        var second = _room.EnterAsync(Token).AsTask();
        Assert.False(second.IsCompleted);

        first.Dispose();

        using var seat = await second;
    }

    [Fact]
    public async Task EnterAsync_SlowQuestion_MakesRoomAfterAWhile()
    {
        using var slow = await _room.EnterAsync(Token);
        var next = _room.EnterAsync(Token).AsTask();

        _time.Advance(QuestionRoom.Patience);

        using var seat = await next;
    }

    [Fact]
    public async Task EnterAsync_NoPatientSeatLeft_KeepsTheLimit()
    {
        using var slow = await _room.EnterAsync(Token);
        _time.Advance(QuestionRoom.Patience);
        using var slower = await _room.EnterAsync(Token);
        _time.Advance(QuestionRoom.Patience);

        Assert.False(_room.EnterAsync(Token).AsTask().IsCompleted);
    }

    [Fact]
    public async Task Dispose_Twice_LeavesOnce()
    {
        var first = await _room.EnterAsync(Token);
        first.Dispose();
        first.Dispose();
        using var second = await _room.EnterAsync(Token);

        Assert.False(_room.EnterAsync(Token).AsTask().IsCompleted);
    }

    [Fact]
    public async Task EnterAsync_CancelledWhileWaiting_TakesNoSeat()
    {
        var first = await _room.EnterAsync(Token);
        using var impatient = new CancellationTokenSource();
        var second = _room.EnterAsync(impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        first.Dispose();

        using var seat = await _room.EnterAsync(Token);
    }
}
