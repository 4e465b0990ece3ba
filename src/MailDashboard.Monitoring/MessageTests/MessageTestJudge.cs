using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Mailboxes;
using MailDashboard.Mail.Messages;
using MailDashboard.Mail.Messages.Filters;
using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Scheduling;
using MailDashboard.Monitoring.Settings;

namespace MailDashboard.Monitoring.MessageTests;

/// <summary>Judges a message that lies in one of our mailboxes, with the resolver, the blocklists and the filters of this dashboard.</summary>
public sealed class MessageTestJudge(LiveEngine engine, IDnsResolver dns, SettingsStore settings, MessageFilterOptions filters, TimeProvider time)
{
    /// <summary>A hop between such addresses is inside somebody's house.</summary>
    private static readonly ImmutableArray<IPNetwork> _private =
    [
        IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("::1/128"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"),
    ];

    internal async Task<(MessageObservation Seen, MessageTestResult Result)> JudgeAsync(Mailbox mailbox, FoundMessage found, bool isBulk, CancellationToken cancellationToken)
    {
        var judge = new MessageJudge(dns, await BlocklistsAsync(cancellationToken), await FiltersAsync(cancellationToken), time);
        var preset = MailboxPresets.Find(mailbox.Provider);
        var request = new MessageRequest(found.Message, found.ArrivedAt ?? time.GetUtcNow())
        {
            TrustedHosts = preset?.Hosts ?? [],
            TrustedNetworks = [.. _private, .. preset?.Networks ?? [], .. SettingRules.ParseNetworks("", mailbox.Relays, [])],
            IsBulk = isBulk ? true : null,
        };
        var seen = await judge.ObserveAsync(request, cancellationToken);
        return (seen, MessageTestResult.Of(MessageAnalyzer.Analyze(seen), seen.Preview, found.Header, found.Message));
    }

    private async Task<BlocklistProbe?> BlocklistsAsync(CancellationToken cancellationToken)
    {
        var wanted = await settings.GetBlocklistsAsync(cancellationToken);
        return BlocklistLoad.For(wanted).Catalogue is { } catalogue
            ? new BlocklistProbe(dns, catalogue, wanted, (await engine.GetAuditAsync(cancellationToken)).BlocklistHealth)
            : null;
    }

    private async Task<IReadOnlyList<IMessageFilter>> FiltersAsync(CancellationToken cancellationToken)
    {
        var asked = new List<IMessageFilter>();
        if (filters.SpamAssassin is var (host, port))
        {
            asked.Add(new SpamdFilter(host, port, dns, await engine.GetConnectorAsync(cancellationToken), time));
        }

        if (filters.Rspamd is { } server)
        {
            asked.Add(new RspamdFilter(server, filters.RspamdPassword, dns, await engine.GetHttpAsync(cancellationToken)));
        }

        return asked;
    }
}
