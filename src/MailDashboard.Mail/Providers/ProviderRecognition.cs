using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Providers;

/// <summary>Recognises providers of the catalogue by what a domain has in DNS: a proposal, the person decides.</summary>
public static class ProviderRecognition
{
    /// <summary>Where the MX of a mailbox provider leads.</summary>
    private static readonly ImmutableArray<(string Suffix, string Id)> Exchangers =
    [
        ("google.com", "google-workspace"), ("googlemail.com", "google-workspace"), ("mail.protection.outlook.com", "microsoft-365"), ("mx.microsoft", "microsoft-365"),
        ("ovh.net", "ovhcloud"), ("ovh.ca", "ovhcloud"), ("gandi.net", "gandi"), ("ionos.com", "ionos"), ("ionos.de", "ionos"), ("ionos.fr", "ionos"), ("kundenserver.de", "ionos"),
        ("infomaniak.ch", "infomaniak"), ("infomaniak.com", "infomaniak"), ("messagingengine.com", "fastmail"), ("zoho.com", "zoho"), ("zoho.eu", "zoho"),
    ];

    /// <summary>Ids, those that send before those that only receive, in the order of the record.</summary>
    /// <param name="exchangers">Hosts of the MX, normalised.</param>
    /// <param name="spf">The SPF record; null where there is none. Hostile text.</param>
    public static ImmutableArray<string> Of(IEnumerable<string> exchangers, string? spf)
    {
        var terms = (spf ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(t => t.TrimStart('+').ToLowerInvariant());
        var senders = terms.Select(t => ProviderCatalogue.All.FirstOrDefault(p => IsTerm(p, t))?.Id).OfType<string>();
        var receivers = exchangers.Select(h => Exchangers.FirstOrDefault(e => DnsNames.IsEqualOrBelow(h, e.Suffix)).Id).OfType<string>();
        return [.. senders.Concat(receivers).Distinct()];
    }

    /// <summary>A term with a choice in it is recognised by each of the choices.</summary>
    private static bool IsTerm(MailProvider provider, string term)
    {
        if (provider.Spf is not { Term: { } template, At: null })
        {
            return false;
        }

        var keys = ProviderTemplate.Keys(template);
        if (keys.IsEmpty)
        {
            return template == term;
        }

        return keys is [var key]
            && provider.Fields.FirstOrDefault(f => f.Key == key) is { } field
            && field.Choices.Any(c => ProviderTemplate.Fill(template, _ => c).Text == term);
    }
}
