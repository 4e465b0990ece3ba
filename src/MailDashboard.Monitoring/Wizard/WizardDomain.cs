using System.Collections.Immutable;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Wizard;

/// <summary>Keeps the monitored domain in step with the set-up, so that checks begin at once and know where to look.</summary>
public sealed class WizardDomain(IDbContextFactory<DashboardContext> contexts, DomainDirectory directory)
{
    private const string KeyFolder = "._domainkey";

    /// <summary>Adds the domain, or tells the one that is there what the set-up knows. What others stated stays.</summary>
    public async Task<DomainChange> EnsureAsync(DomainName name, WizardState state, CancellationToken cancellationToken)
    {
        var added = await directory.AddAsync(name.Ascii, Draft(state, new DomainDraft()), cancellationToken);
        if (added is not DomainChange.Duplicate { Id: var id })
        {
            return added;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Domains.AsNoTracking().Include(d => d.Tags).FirstOrDefaultAsync(d => d.Id == id, cancellationToken) is not { } row)
        {
            return new DomainChange.Gone();
        }

        var there = DomainDraft.Of(row);
        var wanted = Draft(state, there);
        return wanted.States(there) ? new DomainChange.Done(id, name) : await directory.EditAsync(id, wanted, there, cancellationToken);
    }

    /// <summary>What is stated, with what the set-up knows beside it. Pure.</summary>
    public static DomainDraft Draft(WizardState state, DomainDraft there) => there with
    {
        Sends = state.Domain?.Sends ?? there.Sends,
        Receives = state.Domain?.Receives ?? there.Receives,
        OwnHosts = [.. there.OwnHosts.Union(state.Domain?.OwnHosts ?? [])],
        Selectors = [.. there.Selectors.Union(Selectors(state))],
        SendingAddresses = [.. there.SendingAddresses.Union(state.Domain?.Sends == true ? state.Provider?.Addresses ?? [] : [])],
    };

    /// <summary>Where the keys are: those of the provider, as far as its fields are filled, and our own.</summary>
    public static ImmutableArray<string> Selectors(WizardState state)
    {
        if (state.Domain is { Sends: false })
        {
            return [];
        }

        var chosen = WizardRules.Chosen(state);
        var provided = (chosen?.Provider.Dkim ?? [])
            .Select(r => chosen!.Fill(r.Owner, "").Text)
            .OfType<string>()
            .Where(o => o.EndsWith(KeyFolder, StringComparison.OrdinalIgnoreCase))
            .Select(o => o[..^KeyFolder.Length].ToLowerInvariant());
        return [.. provided.Concat(state.Records?.Keys.Select(k => k.Selector) ?? []).Distinct()];
    }
}
