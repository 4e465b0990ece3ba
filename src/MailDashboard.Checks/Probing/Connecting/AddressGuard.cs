using System.Collections.Immutable;
using System.Net;

namespace MailDashboard.Checks.Probing.Connecting;

/// <summary>
/// Decides which addresses the checks may connect to. Names come from the DNS of strangers: without it, anyone who can add
/// a domain could point it at our own network and read from the findings what answers there.
/// </summary>
public sealed class AddressGuard
{
    private readonly ImmutableArray<IPNetwork> _allowed;
    private readonly bool _allowsAll;

    /// <summary>Refuses every special address outside these networks.</summary>
    public AddressGuard(params IEnumerable<IPNetwork> allowed) => _allowed = [.. allowed];

    private AddressGuard(bool allowsAll)
    {
        _allowed = [];
        _allowsAll = allowsAll;
    }

    /// <summary>Refuses nothing: for the command line, whose user can reach everything from there anyway.</summary>
    public static AddressGuard AllowAll { get; } = new(allowsAll: true);

    /// <summary>Ordinary public addresses and nothing else.</summary>
    public static AddressGuard PublicOnly { get; } = new(allowsAll: false);

    /// <summary>These networks and nothing else, public addresses included: for what must not leave them.</summary>
    public static AddressGuard Only(IEnumerable<IPNetwork> networks) => new(networks) { RefusesOthers = true };

    private bool RefusesOthers { get; init; }

    /// <summary>Whether it may be connected to; if not, why, in English.</summary>
    public bool Allows(IPAddress address, out string? reason)
    {
        reason = null;
        if (_allowsAll)
        {
            return true;
        }

        var plain = SpecialAddresses.WithoutScope(address);
        // What an address carries counts as well: allowing NAT64 does not open the private networks behind it.
        var carried = SpecialAddresses.Carried(plain).ToList();
        var bad = carried.FirstOrDefault(c => !IsListed(c) && SpecialAddresses.KindOf(c) is not null);
        if (bad is null && (IsListed(plain) || (plain.IsIPv4MappedToIPv6 && carried.All(IsListed))))
        {
            return true;
        }

        if (RefusesOthers)
        {
            reason = $"{address} is in no network that is allowed";
            return false;
        }

        if (SpecialAddresses.KindOf(plain) is not { } kind)
        {
            return true;
        }

        reason = $"{address} is not a public address ({kind})";
        return false;
    }

    /// <summary>Whether it may be connected to.</summary>
    public bool Allows(IPAddress address) => Allows(address, out _);

    private bool IsListed(IPAddress address) => _allowed.Any(n => SpecialAddresses.Contains(n, address));
}
