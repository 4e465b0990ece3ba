using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Services;

namespace MailDashboard.Checks.ClientAccess;

/// <summary>One port at one address, and what it showed.</summary>
/// <param name="Service">The port, and how we know of it.</param>
/// <param name="Address">Where it was asked.</param>
/// <param name="Seen">Null where the audit's time was over first.</param>
public sealed record ServiceSight(ClientService Service, IPAddress Address, ServiceObservation? Seen)
{
    /// <summary>What statements are about.</summary>
    public Subject Subject => Subject.Service(Service.Host, Address, Service.Port);

    /// <summary>It accepted the connection.</summary>
    public bool IsConnected => Seen?.Connect == ConnectStatus.Connected;

    /// <summary>It has a usual name, and nobody said that it serves.</summary>
    public bool IsGuessed => Service.Origin == ServiceOrigin.Guessed;
}

/// <summary>Looks at the ports of people's mail programs: once for the three families, in the time that <see cref="AuditTurns"/> leaves.</summary>
public static class ServiceSights
{
    /// <summary>More ports are not looked at.</summary>
    public const int Limit = 64;

    private const int SideBySide = 12;

    /// <summary>Family ids, which are the names of the protocols in a transcript as well.</summary>
    public static string FamilyOf(ClientProtocol protocol) => protocol switch
    {
        ClientProtocol.Imap => "imap",
        ClientProtocol.Pop3 => "pop3",
        _ => "submission",
    };

    /// <summary>Looks at the ports of the families that run, and keeps the conversations for the transcript.</summary>
    public static async Task<ImmutableArray<ServiceSight>> LookAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var services = await context.ClientServicesAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        using var turns = new AuditTurns(context, SideBySide);
        var sights = services
            .Where(s => context.Options.Families?.Contains(FamilyOf(s.Protocol)) ?? true)
            .SelectMany(s => s.Addresses.Where(a => AddressScopes.Of(a) != AddressScope.Nowhere).Select(a => new ServiceSight(s, a, null)))
            .DistinctBy(s => s.Subject)
            .Take(Limit)
            .Select(async s => s with { Seen = await turns.TakeAsync(token => LookAsync(context, s, token), cancellationToken).ConfigureAwait(false) });
        return [.. await Task.WhenAll(sights).ConfigureAwait(false)];
    }

    /// <summary>
    /// The services that there are, as far as can be told: without those that were guessed and do not answer, where the families run that
    /// look.
    /// </summary>
    public static async Task<ImmutableArray<ClientService>> LikelyAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var services = await context.ClientServicesAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var sights = await context.ServiceSightsAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var silent = sights.Where(s => s.IsGuessed).GroupBy(s => s.Service).Where(g => g.All(IsAway)).Select(g => g.Key).ToHashSet();
        return [.. services.Where(s => !silent.Contains(s))];
    }

    private static bool IsAway(ServiceSight sight) => sight.Seen?.Connect is ConnectStatus.Refused or ConnectStatus.TimedOut or ConnectStatus.Unreachable;

    private static async Task<ServiceObservation> LookAsync(AuditContext context, ServiceSight sight, CancellationToken cancellationToken)
    {
        var service = sight.Service;
        var target = new ServiceTarget(service.Protocol, service.Host, sight.Address, service.Port, service.ImplicitTls);
        var seen = await context.Hosts.Services.ProbeAsync(target, cancellationToken).ConfigureAwait(false);

        // That nothing is where nobody said that there is something tells nobody anything.
        if (seen.Connect == ConnectStatus.Connected || !sight.IsGuessed)
        {
            context.Keep(new HostConversation(
                FamilyOf(service.Protocol), service.Host, sight.Address, service.Port, seen.Failure, seen.At, seen.Elapsed, seen.Conversation));
        }

        return seen;
    }
}
