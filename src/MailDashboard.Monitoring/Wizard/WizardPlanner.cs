using System.Net;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Providers;
using MailDashboard.Mail.Publishing;
using MailDashboard.Monitoring.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Wizard;

/// <summary>Plans what a domain has to publish, from the answers of its set-up.</summary>
public sealed class WizardPlanner(IDbContextFactory<DashboardContext> contexts, IDnsResolver dns, TimeProvider time)
{
    private const int OwnExchanger = 10;

    /// <summary>Makes the plan from what DNS has now.</summary>
    /// <returns>Null where DNS could not tell which zone the domain is in.</returns>
    public async Task<PublishingPlan?> PlanAsync(string domain, WizardState state, CancellationToken cancellationToken)
    {
        var lookup = await ZoneLookup.FindAsync(dns, domain, cancellationToken);
        if (lookup.Zone is not { } zone)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ours = await db.Domains.Select(d => d.Name).ToListAsync(cancellationToken);
        var request = Request(domain, zone, state, ours, time.GetUtcNow());
        var current = await CurrentRecords.AskAsync(request, dns, cancellationToken);
        return await PublishingPlanner.PlanAsync(Receiving(request, state, current), current, dns, cancellationToken);
    }

    /// <summary>What is wanted. Pure.</summary>
    public static PublishingRequest Request(string domain, string zone, WizardState state, IEnumerable<string> ours, DateTimeOffset now)
    {
        var roles = WizardRules.Roles(state);
        var chosen = WizardRules.Chosen(state);
        var reports = roles.IsParked ? null : state.Records?.DmarcReports;
        return new PublishingRequest(domain, zone, roles)
        {
            At = now,
            Providers = roles.Sends && chosen is { Provider.Kind: not ProviderKind.Own } ? [chosen] : [],
            SendingAddresses = roles.Sends && WizardRules.IsOwnServer(state)
                ? [.. (state.Provider?.Addresses ?? []).Select(a => IPAddress.TryParse(a, out var address) ? address : null).OfType<IPAddress>()]
                : [],
            Keys = roles.Sends ? state.Records?.Keys ?? [] : [],
            DmarcStage = state.Records?.Stage ?? DmarcStage.Monitor,
            DmarcReports = reports,
            TlsReports = roles.Receives ? reports : null,
            OwnZones = [.. ours.Where(o => o != domain)],
        };
    }

    /// <summary>Where nobody receives yet, the own server does.</summary>
    private static PublishingRequest Receiving(PublishingRequest request, WizardState state, CurrentRecords current) =>
        request.Roles.Receives && WizardRules.OwnServer(state) is { } host
        && current.WhyNot(request.Domain, DnsRecordType.MX) is null && current.ExchangerHosts(request.Domain).IsEmpty
            ? request with { Exchangers = [new Exchanger(OwnExchanger, host)] }
            : request;
}
