using MailDashboard.Mail.Providers;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Wizard;
using MailDashboard.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Wizard;

/// <summary>What the domain does with mail; what DNS shows of it is proposed. Moving on begins the checks.</summary>
public sealed partial class DomainStep
{
    private const int MostShown = 8;

    private readonly HashSet<string> _own = [];
    private DomainSight? _sight;
    private bool _sends = true;
    private bool _receives = true;
    private bool _isTouched;

    [Inject]
    private WizardSight Sight { get; set; } = default!;

    [Inject]
    private WizardDomain Domain { get; set; } = default!;

    protected override WizardStep Step => WizardStep.Domain;

    /// <summary>Hosts of the MX that can be the person's own, and those that were said to be.</summary>
    private IEnumerable<string> Candidates => (_sight?.OwnCandidates(Run.Domain.Ascii) ?? []).Union(State.Domain?.OwnHosts ?? []).Take(MostShown);

    protected override async Task OnInitializedAsync()
    {
        if (State.Domain is { } said)
        {
            (_sends, _receives, _isTouched) = (said.Sends, said.Receives, true);
            _own.UnionWith(said.OwnHosts);
        }

        var seen = await Sight.LookAsync(Run.Domain.Ascii, Gone);
        _sight = seen;
        if (!_isTouched && seen is { IsKnown: true, Exists: true })
        {
            (_sends, _receives) = (seen.Proposed.Sends, seen.Proposed.Receives);
        }
    }

    protected override WizardState Collect(WizardState state) =>
        state with { Domain = new DomainPart(_sends, _receives) { OwnHosts = _receives ? [.. _own.Order(StringComparer.Ordinal)] : [] } };

    protected override async Task<bool> CompleteAsync()
    {
        var change = await Domain.EnsureAsync(Run.Domain, Collect(State), Gone);
        if (change is DomainChange.Done)
        {
            return true;
        }

        Failure = change is DomainChange.ChangedMeanwhile or DomainChange.Gone ? L["Domain.Raced"] : L["Domain.Refused"];
        return false;
    }

    private static string Meaning(DomainSight sight) => sight switch
    {
        { Exists: false } => "Domain.Nowhere",
        { Proposed.IsParked: true } => "Domain.IsParked",
        { Proposed.Sends: false } => "Domain.IsReceiving",
        { Proposed.Receives: false } => "Domain.IsSending",
        _ => "Domain.IsBoth",
    };

    private static string ProviderName(string id) => ProviderCatalogue.Find(id)!.Name.In(Languages.Current);

    private void Set(ref bool field, ChangeEventArgs e) => (field, _isTouched) = (e.Value is true, true);

    private void Own(string host, bool isOwn) => _ = isOwn ? _own.Add(host) : _own.Remove(host);
}
