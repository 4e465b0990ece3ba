using MailDashboard.Mail.Messages;
using MailDashboard.Mail.Messages.Content;

namespace MailDashboard.Tests.Mail.Messages;

/// <summary>Time of the processor and allocation are counted over the whole process.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>What a message may cost, whatever is in it, and that what was left out is said.</summary>
[Collection(nameof(Alone))]
public class HeavyMessageTests
{
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);
    private const long MostAllocated = 400_000_000;

    private readonly WellWorld _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("attachment", null)]
    [InlineData("text", "text")]
    [InlineData("html", "html")]
    [InlineData("parts", "attachments")]
    [InlineData("multiparts", "depth")]
    [InlineData("messages", "depth")]
    [InlineData("longHeader", "header")]
    [InlineData("longPartHeader", "header")]
    [InlineData("emptyLines", "emptyLines")]
    [InlineData("zipBomb", "archiveOctets")]
    [InlineData("zipInZip", null)]
    [InlineData("zipOverlap", null)]
    [InlineData("pictures", "attachments")]
    [InlineData("styles", null)]
    public async Task Message_Heavy_CostsBoundedTimeAndMemoryAndSaysWhatWasLeftOut(string kind, string? excess)
    {
        var message = HeavyMessages.Make(kind);
        var (allocated, used) = (GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime);

        var verdict = await _world.JudgeAsync(message);

        Assert.InRange(Environment.CpuUsage.TotalTime - used, TimeSpan.Zero, MostTime);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - allocated, 0, MostAllocated);
        Assert.Equal(excess is null ? [] : [excess], verdict.Marks.Where(m => m.Code == "MSG001").Select(m => m.Subject.Name).Except(["htmlTags"]));
        Assert.All(verdict.Marks.Where(m => m.Code == "MSG001"), m => Assert.False(m.Costs));
    }

    [Fact]
    public async Task Header_TooLong_ItsLastFieldsAreNotTakenForMissing()
    {
        var text = "X-Long: " + string.Concat(Enumerable.Repeat("abc \n ", 60_000)) + "\n" + _world.Text;

        var verdict = await _world.JudgeAsync(WellWorld.Crlf(text));

        Assert.Equal("", WellWorld.Costs(verdict));
        Assert.Contains(verdict.Undetermined, u => u.Subject.Name == "Date" && u.Reason.Key == "NotRead");
    }

    [Fact]
    public async Task Reading_TooLong_IsSaidAndTheHeaderJudged()
    {
        var verdict = await _world.JudgeAsync(time: new NoPatience());

        Assert.Equal("seconds", Assert.Single(verdict.Marks, m => m.Code == "MSG001").Subject.Name);
        Assert.Contains(verdict.Fine, f => f.Key == "spf");
        Assert.Contains(verdict.Undetermined, u => u.Reason.Key == "NotRead");
    }

    [Fact]
    public async Task OwnThread_WorkThatNeverLooksAtItsToken_IsLeftAlone()
    {
        using var end = new ManualResetEventSlim();

        Assert.Null(await OwnThread.RunAsync(
            _ =>
            {
                Assert.False(Thread.CurrentThread.IsThreadPoolThread);
                end.Wait(Token);
                return "";
            },
            MessageLimits.ReadTime,
            new NoPatience(),
            Token));
        end.Set();
    }

    /// <summary>Whatever is waited for is over at once.</summary>
    private sealed class NoPatience : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => WellWorld.Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime >= TimeSpan.Zero)
            {
                callback(state);
            }

            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        }
    }
}
