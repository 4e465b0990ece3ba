using System.Net;
using MailDashboard.Checks.MtaSts;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Providers;
using MailDashboard.Mail.Publishing;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Wizard;

/// <summary>A plan, and what it was made for where the person left that open.</summary>
/// <param name="Publishing">The plan.</param>
/// <param name="Stage">How far it takes DMARC.</param>
/// <param name="MtaSts">How it asks senders to encrypt; null where it says nothing of that.</param>
public sealed record WizardPlan(PublishingPlan Publishing, DmarcStage Stage, MtaStsWish? MtaSts)
{
    /// <summary>Everything that can be seen or missing.</summary>
    public int Count => Publishing.Records.Length + Publishing.Files.Length;
}

/// <summary>Plans what a domain has to publish, from the answers of its set-up.</summary>
public sealed class WizardPlanner(IDbContextFactory<DashboardContext> contexts, LiveEngine engine, IDnsResolver dns)
{
    private const int OwnExchanger = 10;

    /// <summary>Makes the plan from what DNS has now, and where it has to, the web.</summary>
    /// <returns>Null where DNS could not tell which zone the domain is in.</returns>
    public async Task<WizardPlan?> PlanAsync(string domain, WizardState state, CancellationToken cancellationToken)
    {
        var lookup = await ZoneLookup.FindAsync(dns, domain, cancellationToken);
        if (lookup.Zone is not { } zone)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ours = await db.Domains.Select(d => d.Name).ToListAsync(cancellationToken);
        var asked = Request(domain, zone, state, ours);
        var current = await CurrentRecords.AskAsync(asked, dns, cancellationToken);
        var request = Settle(asked, state, current);
        if (request.MtaSts is not null)
        {
            var fetch = await WizardFiles.FetchAsync(await engine.GetHttpAsync(cancellationToken), dns, PublishingPlanner.MtaStsAddress(domain), cancellationToken);
            current = current with { MtaStsPolicy = WizardFiles.Text(fetch) };
        }

        var plan = await PublishingPlanner.PlanAsync(request, current, dns, cancellationToken);
        return new WizardPlan(plan, request.DmarcStage, request.MtaSts);
    }

    /// <summary>What is wanted. Pure.</summary>
    public static PublishingRequest Request(string domain, string zone, WizardState state, IEnumerable<string> ours)
    {
        var roles = WizardRules.Roles(state);
        var chosen = WizardRules.Chosen(state);
        var reports = roles.IsParked ? null : state.Records?.DmarcReports;
        return new PublishingRequest(domain, zone, roles)
        {
            Providers = roles.Sends && chosen is { Provider.Kind: not ProviderKind.Own } ? [chosen] : [],
            SendingAddresses = roles.Sends && WizardRules.IsOwnServer(state)
                ? [.. (state.Provider?.Addresses ?? []).Select(a => IPAddress.TryParse(a, out var address) ? address : null).OfType<IPAddress>()]
                : [],
            Keys = roles.Sends ? state.Records?.Keys ?? [] : [],
            MailboxProvider = roles is { Sends: true, Receives: true } && chosen is { Provider.Kind: ProviderKind.Mailbox } ? chosen : null,
            DmarcStage = state.Records?.Stage ?? DmarcStage.Monitor,
            MayWeakenDmarc = state.Records is { IsSteppedBack: true },
            DmarcReports = reports,
            TlsReports = roles.Receives ? reports : null,
            OwnZones = [.. ours.Where(o => o != domain)],
        };
    }

    /// <summary>What was left open is as the domain has it. Where nobody receives yet, the own server does. Pure.</summary>
    public static PublishingRequest Settle(PublishingRequest request, WizardState state, CurrentRecords current)
    {
        var published = current.DmarcStage(request.Domain) ?? DmarcStage.Monitor;
        var said = state.Records?.MtaSts ?? (current.HasMtaSts(request.Domain) ? new MtaStsWish(MtaStsMode.Testing) : null);
        var isNobody = current.WhyNot(request.Domain, DnsRecordType.MX) is null && current.ExchangerHosts(request.Domain).IsEmpty;
        return request with
        {
            DmarcStage = request.MayWeakenDmarc || published < request.DmarcStage ? request.DmarcStage : published,
            MtaSts = request.Roles.Receives && said is { Mode: not MtaStsMode.None } ? said : null,
            Exchangers = request.Roles.Receives && isNobody && WizardRules.OwnServer(state) is { } host ? [new Exchanger(OwnExchanger, host)] : request.Exchangers,
        };
    }
}
