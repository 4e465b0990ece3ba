using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;

namespace MailDashboard.Checks.Autoconfig;

/// <summary>Where settings are published.</summary>
public enum SettingsPlace
{
    /// <summary>SRV records.</summary>
    Srv,

    /// <summary><c>https://autoconfig.DOMAIN/</c>.</summary>
    ConfigHost,

    /// <summary><c>https://DOMAIN/.well-known/</c>, where a web site may answer whatever it likes.</summary>
    WellKnown,

    /// <summary><c>https://autodiscover.DOMAIN/</c>, or where the SRV record leads.</summary>
    Autodiscover,
}

/// <summary>A file that was asked for.</summary>
/// <param name="Place">What kind of place it is.</param>
/// <param name="Asked">Its address.</param>
/// <param name="Fetch">What came.</param>
/// <param name="Settings">What it says; null where it is no such file.</param>
public sealed record SettingsFile(SettingsPlace Place, Uri Asked, HttpObservation Fetch, ImmutableArray<MailSetting>? Settings)
{
    /// <summary>It asks who one is before it says anything, which is its right.</summary>
    public bool WantsLogin => Fetch is { End: HttpEnd.Answered, Status: 401 or 403 };
}

/// <summary>A host that settings name.</summary>
/// <param name="Host">The name.</param>
/// <param name="A">Answer for IPv4.</param>
/// <param name="Aaaa">Answer for IPv6.</param>
public sealed record SettingsHost(string Host, DnsAnswer A, DnsAnswer Aaaa)
{
    /// <summary>DNS knows no address; null where it did not tell.</summary>
    public bool? IsMissing => A.Addresses.Concat(Aaaa.Addresses).Any() ? false : A.IsDefinite && Aaaa.IsDefinite ? true : null;
}

/// <summary>All that was seen of a domain's published settings.</summary>
/// <param name="Domain">The audited domain.</param>
/// <param name="Roles">Its mail roles.</param>
/// <param name="Services">Where its mail programs connect to; guesses that turned out wrong are left out.</param>
/// <param name="Srv">The SRV answers, those of the mail services.</param>
/// <param name="Published">What the SRV records say.</param>
public sealed record AutoconfigObservation(
    string Domain, MailRoles Roles, ImmutableArray<ClientService> Services, ImmutableArray<DnsAnswer> Srv, ImmutableArray<MailSetting> Published)
{
    /// <summary>The files.</summary>
    public ImmutableArray<SettingsFile> Files { get; init; } = [];

    /// <summary>Every host named.</summary>
    public ImmutableArray<SettingsHost> Hosts { get; init; } = [];

    /// <summary>Hosts that the owner stated.</summary>
    public ImmutableArray<string> Stated { get; init; } = [];

    /// <summary>The domain does not exist, which Mx says.</summary>
    public bool IsSaidMissing { get; init; }

    /// <summary>Something is published somewhere.</summary>
    public bool IsPublished => !Published.IsEmpty || Files.Any(f => f.Settings is { IsEmpty: false } || (f.WantsLogin && f.Place == SettingsPlace.Autodiscover));
}
