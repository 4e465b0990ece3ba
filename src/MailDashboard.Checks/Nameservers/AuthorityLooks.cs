using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Nameservers;

/// <summary>Asks each address of each name server itself.</summary>
internal static class AuthorityLooks
{
    private const int SideBySide = 16;
    private const int MostRecords = 20;

    public static async Task<ImmutableArray<AuthorityLook>> TakeAsync(AuditContext context, NameserversObservation seen, CancellationToken cancellationToken)
    {
        using var turns = new SemaphoreSlim(SideBySide);
        var addresses = seen.Servers
            .SelectMany(s => s.Addresses.Where(a => AddressScopes.Of(a) != AddressScope.Nowhere).Select(a => (Address: a, s.Name)))
            .GroupBy(s => s.Address, s => s.Name);
        var looks = addresses.Select(async group =>
        {
            await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await LookAsync(context, seen, group.Key, [.. group], cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                turns.Release();
            }
        });
        return [.. await Task.WhenAll(looks).ConfigureAwait(false)];
    }

    private static async Task<AuthorityLook> LookAsync(
        AuditContext context, NameserversObservation seen, IPAddress address, ImmutableArray<string> names, CancellationToken cancellationToken)
    {
        Task<AuthorityAnswer> Ask(string name, DnsRecordType type) =>
            context.Hosts.Authority.AskAsync(address, new DnsQuestion(name, type), cancellationToken);

        var zone = seen.Lookup.Zone!;
        var look = new AuthorityLook(address, names, await Ask(zone, DnsRecordType.SOA).ConfigureAwait(false));
        if (look.IsAuthoritative)
        {
            look = look with
            {
                Records = [.. await Task.WhenAll(Ask(zone, DnsRecordType.NS), Ask(seen.Domain, DnsRecordType.MX), Ask(seen.Domain, DnsRecordType.TXT)).ConfigureAwait(false)],
            };
        }

        if (look.Soa.End != AuthorityEnd.Guarded)
        {
            context.Keep(Conversation(look));
        }

        return look;
    }

    private static HostConversation Conversation(AuthorityLook look)
    {
        var lines = ImmutableArray.CreateBuilder<ConversationLine>();
        foreach (var answer in look.Records.Prepend(look.Soa))
        {
            var asked = answer.At - look.Soa.At;
            lines.Add(new ConversationLine(asked, FromServer: false, $"{answer.Question.Name} {answer.Question.Type}"));
            if (answer.End == AuthorityEnd.Answered)
            {
                var values = AuthorityValues.Of(answer).Take(MostRecords).Prepend(answer.Summary);
                lines.AddRange(values.Select(v => new ConversationLine(asked + answer.Elapsed, FromServer: true, ConversationLog.Clean(v))));
            }
        }

        return new HostConversation(
            "dns",
            look.Names[0],
            look.Address,
            AuthorityProbeOptions.StandardPort,
            look.Soa.End == AuthorityEnd.Answered ? null : look.Soa.Summary,
            look.Soa.At,
            lines[^1].Offset + (look.Soa.End == AuthorityEnd.Answered ? TimeSpan.Zero : look.Soa.Elapsed),
            lines.ToImmutable());
    }
}
