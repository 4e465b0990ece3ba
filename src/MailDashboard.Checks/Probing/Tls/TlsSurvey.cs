using System.Collections.Immutable;
using System.Net;
using System.Runtime.CompilerServices;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>Asks the mail ports of a host for their TLS, each at every address, and says of each port as soon as it is known.</summary>
public static class TlsSurvey
{
    private const int SideBySide = 8;

    /// <summary>Every port of mail: between servers, submission, IMAP, POP3.</summary>
    public static ImmutableArray<int> MailPorts { get; } = [25, 465, 587, 993, 143, 995, 110];

    /// <summary>What is spoken before the handshake at a usual port; at any other nothing.</summary>
    public static TlsPrelude PreludeOf(int port) => port switch
    {
        25 or 587 => TlsPrelude.Smtp,
        143 => TlsPrelude.Imap,
        110 => TlsPrelude.Pop3,
        _ => TlsPrelude.None,
    };

    /// <summary>A port as a target.</summary>
    /// <param name="prelude">Null: the usual one of the port.</param>
    public static TlsTarget Target(string host, IPAddress address, int port, TlsPrelude? prelude = null) => new(host, address, port, prelude ?? PreludeOf(port));

    /// <summary>Asks, a few ports at a time, and hands out each as it comes.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async IAsyncEnumerable<TlsVersionObservation> RunAsync(
        ITlsVersionProbe probe, IEnumerable<TlsTarget> targets, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var turns = new SemaphoreSlim(SideBySide);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asked = targets.Select(t => AskAsync(probe, t, turns, stop.Token)).ToList();
        try
        {
            await foreach (var done in Task.WhenEach(asked).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                yield return await done.ConfigureAwait(false);
            }
        }
        finally
        {
            // Nobody listens any more: the others are not left talking, nor waiting for turns that are gone.
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(asked)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<TlsVersionObservation> AskAsync(ITlsVersionProbe probe, TlsTarget target, SemaphoreSlim turns, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await probe.ProbeAsync(target, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turns.Release();
        }
    }
}
