using System.Collections.Immutable;
using MailDashboard.Mail.Providers;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Wizard;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Wizard;

/// <summary>Who sends, and what only the provider's console knows.</summary>
public sealed partial class ProviderStep
{
    private MailProvider? _provider;
    private ImmutableDictionary<string, string> _entries = ImmutableDictionary<string, string>.Empty;
    private ImmutableArray<string> _addresses = [];
    private ImmutableArray<string> _recognised = [];
    private string _search = "";
    private bool _isTouched;
    private bool _isMxWanted;

    [Inject]
    private WizardSight Sight { get; set; } = default!;

    [Inject]
    private WizardDomain Domain { get; set; } = default!;

    protected override WizardStep Step => WizardStep.Provider;

    /// <summary>Those that were recognised come first.</summary>
    private IEnumerable<MailProvider> Found => ProviderCatalogue.All
        .Where(p => _search.Length == 0 || p.Name.En.Contains(_search, StringComparison.OrdinalIgnoreCase) || p.Name.Fr.Contains(_search, StringComparison.OrdinalIgnoreCase))
        .OrderByDescending(p => _recognised.Contains(p.Id));

    protected override async Task OnInitializedAsync()
    {
        if (State.Provider is { } part)
        {
            (_provider, _entries, _addresses, _isTouched) = (ProviderCatalogue.Find(part.Id), part.Entries, part.Addresses, true);
        }

        var sight = await Sight.LookAsync(Run.Domain.Ascii, Gone);
        _recognised = sight.Providers;
        _isMxWanted = State.Domain is { Receives: true } && sight is { IsKnown: true, Exchangers.IsEmpty: true };
        if (!_isTouched && _recognised is [var first, ..])
        {
            _provider = ProviderCatalogue.Find(first);
        }
    }

    protected override WizardState Collect(WizardState state) =>
        _provider is null ? state : state.Choose(new ProviderPart(_provider.Id) { Entries = _entries, Addresses = _addresses });

    protected override async Task<bool> CompleteAsync()
    {
        if (_provider is null)
        {
            Errors["provider"] = L["Provider.Choose"];
            return false;
        }

        var chosen = new ChosenProvider(_provider, _entries);
        foreach (var field in chosen.Missing)
        {
            Errors[field.Key] = L[string.IsNullOrWhiteSpace(_entries.GetValueOrDefault(field.Key)) ? "Provider.Missing" : "Provider.Wrong"];
        }

        if (Errors.Count > 0)
        {
            return false;
        }

        _addresses = _provider.Kind == ProviderKind.Own ? await Sight.AddressesAsync(chosen.Value("host")!, Gone) : [];
        if (_provider.Kind == ProviderKind.Own && _addresses.IsEmpty)
        {
            Errors["host"] = L["Provider.NoAddress"];
            return false;
        }

        if (await Domain.EnsureAsync(Run.Domain, Collect(State), Gone) is DomainChange.Done)
        {
            return true;
        }

        Failure = L["Domain.Raced"];
        return false;
    }

    private void Search(string? text)
    {
        _search = text?.Trim() ?? "";
        _isTouched = true;

        // What is left over is meant: one click less.
        if (_search.Length > 0 && Found.Take(2).ToList() is [var only])
        {
            Choose(only);
        }
    }

    private void Choose(MailProvider provider)
    {
        _isTouched = true;
        if (_provider?.Id != provider.Id)
        {
            (_provider, _entries, _addresses) = (provider, ImmutableDictionary<string, string>.Empty, []);
        }
    }

    private string Entry(ProviderField field) => _entries.GetValueOrDefault(field.Key) ?? field.Default ?? "";

    private void Enter(ProviderField field, string? typed) => _entries = _entries.SetItem(field.Key, typed ?? "");
}
