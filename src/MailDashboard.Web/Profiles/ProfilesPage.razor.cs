using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Profiles.Connecting;
using MailDashboard.Web.Account;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Profiles;

/// <summary>Can we send, and how well?</summary>
public sealed partial class ProfilesPage
{
    private const int MostNamed = 3;

    private IReadOnlyList<ProfileView> _profiles = [];
    private Dictionary<int, string> _domains = [];

    /// <summary>Where a browser comes back to that nobody sent away.</summary>
    [SupplyParameterFromQuery(Name = "connected")]
    private string? Connected { get; set; }

    [Inject]
    private ProfileStore Store { get; set; } = default!;

    [Inject]
    private DomainCatalogue Catalogue { get; set; } = default!;

    /// <summary>Of the base of every page that gets what writes.</summary>
    [Inject]
    private Authorizer Authorizer { get; set; } = default!;

    private ConnectEnd? ConnectEndNamed => Enum.TryParse<ConnectEnd>(Connected, out var end) && Enum.IsDefined(end) ? end : null;

    private string Answer
    {
        get
        {
            var failing = _profiles.Where(p => p.Health is { FailingSince: not null, IsConfirmed: true }).Select(p => p.Name).ToList();
            return _profiles.Count == 0 ? L["List.Answer.None"]
                : failing.Count > 0 ? L.Count("List.Answer.Fails", failing.Count, string.Join(", ", failing.Take(MostNamed)))
                : _profiles.All(p => p.Health.WorkedAt is not null) ? L["List.Answer.Works"]
                : L["List.Answer.Unknown"];
        }
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        await Authorizer.DemandAsync(Policies.Administer, cancellationToken);
        _profiles = await Store.ListAsync(cancellationToken);
        _domains = (await Catalogue.NamesAsync(cancellationToken)).ToDictionary(d => d.Id, d => d.DisplayName);
    }

    private string For(ProfileView profile)
    {
        var names = profile.DomainIds.Select(_domains.GetValueOrDefault).OfType<string>().Order(StringComparer.CurrentCultureIgnoreCase).ToList();
        return names.Count == 0 ? L["List.NoDomain"]
            : names.Count <= MostNamed ? string.Join(", ", names)
            : L.Count("List.More", names.Count - MostNamed, string.Join(", ", names.Take(MostNamed)));
    }
}
