using System.Net;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Tls;

public class TlsSurveyTests
{
    private const int SlowPort = 1;
    private static readonly IPAddress Address = IPAddress.Parse("192.0.2.1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static IEnumerable<TlsTarget> Thirty => Enumerable.Range(SlowPort, 30).Select(p => TlsSurvey.Target("mx.example.test", Address, p));

    [Theory]
    [InlineData(25, TlsPrelude.Smtp)]
    [InlineData(587, TlsPrelude.Smtp)]
    [InlineData(143, TlsPrelude.Imap)]
    [InlineData(110, TlsPrelude.Pop3)]
    [InlineData(465, TlsPrelude.None)]
    [InlineData(993, TlsPrelude.None)]
    [InlineData(995, TlsPrelude.None)]
    [InlineData(443, TlsPrelude.None)]
    public void Target_OfAPort_SpeaksItsProtocolFirst(int port, TlsPrelude prelude) =>
        Assert.Equal(prelude, TlsSurvey.Target("mx.example.test", Address, port).Prelude);

    [Fact]
    public async Task RunAsync_ASlowPort_DoesNotHoldUpTheOthersAndFewAreAskedAtATime()
    {
        var probe = new Gate();
        var seen = new List<int>();

        await foreach (var port in TlsSurvey.RunAsync(probe, Thirty, Token))
        {
            seen.Add(port.Target.Port);
            if (seen.Count == 29)
            {
                probe.Slow.SetResult();
            }
        }

        Assert.Equal((30, SlowPort, true), (seen.Count, seen[^1], probe.Most <= 8));
    }

    [Fact]
    public async Task RunAsync_GivenUp_LeavesNobodyTalking()
    {
        var probe = new Gate();
        await foreach (var port in TlsSurvey.RunAsync(probe, Thirty, Token))
        {
            Assert.NotEqual(SlowPort, port.Target.Port);
            break;
        }

        Assert.Equal(0, probe.Now);
    }

    /// <summary>One port answers when it is told to, the others at once.</summary>
    private sealed class Gate : ITlsVersionProbe
    {
        private readonly FakeTls _others = new();
        private int _now;
        private int _most;

        public TaskCompletionSource Slow { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Now => _now;

        public int Most => _most;

        public async Task<TlsVersionObservation> ProbeAsync(TlsTarget target, CancellationToken cancellationToken)
        {
            _most = Math.Max(_most, Interlocked.Increment(ref _now));
            try
            {
                await (target.Port == SlowPort ? Slow.Task.WaitAsync(cancellationToken) : Task.CompletedTask);
                return await _others.ProbeAsync(target, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _now);
            }
        }
    }
}
