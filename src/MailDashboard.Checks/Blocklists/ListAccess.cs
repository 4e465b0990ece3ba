using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Blocklists;

/// <summary>How a list is asked under the operator's settings.</summary>
/// <param name="Zone">The zone to ask, a key included: never to be shown. Null where the list is not asked.</param>
/// <param name="State">Off or unknown where it is not asked.</param>
/// <param name="Reason">Why it is not asked.</param>
internal sealed record ListAccess(string? Zone, ListingState State = ListingState.Unknown, Reason? Reason = null)
{
    /// <summary>Public zone, keyed zone, off, or a key that cannot be one.</summary>
    public static ListAccess Of(Blocklist list, BlocklistSettings settings)
    {
        if (!settings.Enabled.GetValueOrDefault(list.Id, list.IsEnabled))
        {
            return new ListAccess(null, ListingState.Off, Reason.Of("ListOff", list.Name));
        }

        if (list.KeyedZone is null || settings.KeyFor(list) is not { } key)
        {
            return list.NeedsKey
                ? new ListAccess(null, ListingState.Off, Reason.Of("NeedsKey", list.Name, list.KeyId))
                : new ListAccess(list.Zone);
        }

        // The key goes into a question: anything but plain labels would ask something else than we mean.
        key = DnsNames.Normalize(key);
        var zone = list.KeyedZone.Replace("{key}", key, StringComparison.Ordinal);
        return key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && DnsNames.CanBeAsked(zone)
            ? new ListAccess(zone)
            : new ListAccess(null, ListingState.Unknown, Reason.Of("KeyUnusable", list.Name, list.KeyId));
    }
}
