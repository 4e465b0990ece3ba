using System.Globalization;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Domains;

/// <summary>What is being typed about a domain; text until it is saved.</summary>
internal sealed class DomainForm
{
    public DomainForm(MailDomain domain)
    {
        Read = DomainDraft.Of(domain);
        Sends = domain.Sends;
        Receives = domain.Receives;
        ProposedSends = domain.ProposedSends;
        ProposedReceives = domain.ProposedReceives;
        Selectors = Lines(domain.Selectors);
        Addresses = Lines(domain.SendingAddresses);
        Hosts = Lines(domain.OwnHosts);
        ClientHosts = Lines(domain.ClientHosts);
        Volume = domain.DailyVolume?.ToString(CultureInfo.InvariantCulture) ?? "";
        IsStrict = domain.IsStrict;
        Tags = Lines(domain.Tags.Select(t => t.Tag));
        DnsInterval = domain.DnsIntervalMinutes;
        BlocklistInterval = domain.BlocklistIntervalMinutes;
        ConnectionInterval = domain.ConnectionIntervalMinutes;
    }

    /// <summary>What was stated when typing began.</summary>
    public DomainDraft Read { get; }

    public bool? Sends { get; set; }

    public bool? Receives { get; set; }

    public string Selectors { get; set; }

    public string Addresses { get; set; }

    public string Hosts { get; set; }

    public string ClientHosts { get; set; }

    /// <summary>As typed; empty where it is not stated.</summary>
    public string Volume { get; set; }

    public bool IsStrict { get; set; }

    public string Tags { get; set; }

    public int? DnsInterval { get; set; }

    public int? BlocklistInterval { get; set; }

    public int? ConnectionInterval { get; set; }

    private bool? ProposedSends { get; }

    private bool? ProposedReceives { get; }

    /// <summary>What DNS suggests, once it was looked at.</summary>
    public string? ProposalSentence(IStringLocalizer<DomainsTexts> texts) => (ProposedSends, ProposedReceives) switch
    {
        (true, true) => texts["Proposal.Both"].Value,
        (true, false) => texts["Proposal.Sends"].Value,
        (false, true) => texts["Proposal.Receives"].Value,
        (false, false) => texts["Proposal.Parked"].Value,
        _ => null,
    };

    public DomainDraft ToDraft() => new()
    {
        Sends = Sends,
        Receives = Receives,
        Selectors = Entries(Selectors),
        SendingAddresses = Entries(Addresses),
        OwnHosts = Entries(Hosts),
        ClientHosts = Entries(ClientHosts),
        DailyVolume = Number(Volume),
        IsStrict = IsStrict,
        Tags = Entries(Tags),
        DnsIntervalMinutes = DnsInterval,
        BlocklistIntervalMinutes = BlocklistInterval,
        ConnectionIntervalMinutes = ConnectionInterval,
    };

    /// <summary>What is no number is refused with the rest: nothing typed is silently forgotten.</summary>
    private static int? Number(string text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : -1;

    private static string Lines(IEnumerable<string> entries) => string.Join('\n', entries);

    private static string[] Entries(string text) =>
        text.Split(['\n', '\r', ',', ';', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
