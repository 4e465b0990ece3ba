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
    [InlineData(25, TlsPrelude.Smtp, TlsPrelude.Smtp)]
    [InlineData(587, TlsPrelude.Smtp, TlsPrelude.Smtp)]
    [InlineData(143, TlsPrelude.Imap, TlsPrelude.Imap)]
    [InlineData(110, TlsPrelude.Pop3, TlsPrelude.Pop3)]
    [InlineData(465, TlsPrelude.None, TlsPrelude.Smtp)]
    [InlineData(993, TlsPrelude.None, TlsPrelude.Imap)]
    [InlineData(995, TlsPrelude.None, TlsPrelude.Pop3)]
    [InlineData(443, TlsPrelude.None, TlsPrelude.None)]
    public void Target_OfAPort_SpeaksItsProtocol(int port, TlsPrelude before, TlsPrelude after)
    {
        var target = TlsSurvey.Target("mx.example.test", Address, port);

        Assert.Equal((before, after), (target.Prelude, target.TalkAfter));
    }

    [Theory]
    [InlineData(TlsPrelude.Smtp, "AUTH PLAIN LOGIN|AUTH=PLAIN LOGIN|SIZE 1", "PLAIN LOGIN")]
    [InlineData(TlsPrelude.Smtp, "SIZE 1|STARTTLS", "")]
    [InlineData(TlsPrelude.Imap, "IMAP4rev1|auth=plain|AUTH=XOAUTH2", "PLAIN XOAUTH2 LOGIN")]
    [InlineData(TlsPrelude.Imap, "IMAP4rev1|LOGINDISABLED|STARTTLS", "")]
    [InlineData(TlsPrelude.Imap, "", "")]
    [InlineData(TlsPrelude.Pop3, "USER|SASL PLAIN|UIDL", "PLAIN USER")]
    [InlineData(TlsPrelude.Pop3, "STLS|UIDL", "")]
    [InlineData(TlsPrelude.None, "AUTH PLAIN", "")]
    public void AuthMechanisms_OfCapabilities_AreNamed(TlsPrelude protocol, string capabilities, string mechanisms) =>
        Assert.Equal(mechanisms, string.Join(' ', AuthMechanisms.Of(protocol, [.. capabilities.Split('|', StringSplitOptions.RemoveEmptyEntries)])));

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
