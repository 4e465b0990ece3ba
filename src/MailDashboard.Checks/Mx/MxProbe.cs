using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Mx;

/// <summary>The conversation with one address of one MX host.</summary>
/// <param name="Host">The MX name.</param>
/// <param name="Address">One of its addresses.</param>
/// <param name="Seen">Null where the audit's time was over first.</param>
public sealed record MxProbe(string Host, IPAddress Address, SmtpObservation? Seen)
{
    private const int SideBySide = 8;

    /// <summary>
    /// Talks to every address of every host. Three quarters of the audit's time at most, so that a crowd of silent
    /// servers does not cost what DNS has told already.
    /// </summary>
    public static async Task<ImmutableArray<MxProbe>> ProbeAsync(AuditContext context, MxTargets targets, CancellationToken cancellationToken)
    {
        using var turns = new SemaphoreSlim(SideBySide);
        var deadline = context.Time.GetUtcNow() + (context.Options.TimeBudget * 0.75);
        var probes = targets.Hosts
            .SelectMany(h => h.Addresses.Where(a => AddressScopes.Of(a) != AddressScope.Nowhere).Select(a => (h.Name, Address: a)))
            .Select(t => OneAsync(context, t.Name, t.Address, turns, deadline, cancellationToken));
        return [.. await Task.WhenAll(probes).ConfigureAwait(false)];
    }

    private static async Task<MxProbe> OneAsync(
        AuditContext context,
        string host,
        IPAddress address,
        SemaphoreSlim turns,
        DateTimeOffset deadline,
        CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var left = deadline - context.Time.GetUtcNow();
            if (left <= TimeSpan.Zero)
            {
                return new MxProbe(host, address, null);
            }

            var seen = await context.Smtp.ProbeAsync(host, address, cancellationToken)
                .WaitAsync(left, context.Time, cancellationToken).ConfigureAwait(false);
            return new MxProbe(host, address, seen);
        }
        catch (TimeoutException)
        {
            return new MxProbe(host, address, null);
        }
        finally
        {
            turns.Release();
        }
    }
}
