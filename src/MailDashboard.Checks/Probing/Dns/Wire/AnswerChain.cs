using System.Collections.Immutable;

namespace MailDashboard.Checks.Probing.Dns.Wire;

/// <summary>What one response says about a name, after the aliases in it.</summary>
/// <param name="Status">How it ended; null where the response ends at an alias whose target must be asked for.</param>
/// <param name="Aliases">The targets, in order.</param>
/// <param name="Records">Of the type asked.</param>
/// <param name="Ttl">The lowest of the aliases and records, in seconds; null where there are none.</param>
/// <param name="Detail">For a failure: what was seen.</param>
internal sealed record ChainEnd(DnsStatus? Status, ImmutableArray<string> Aliases, ImmutableArray<DnsRecord> Records, uint? Ttl, string? Detail);

/// <summary>
/// Follows the aliases inside one response. Records of other names are not looked at: nobody gets something believed that
/// was not asked for.
/// </summary>
internal static class AnswerChain
{
    /// <summary>Longer chains are taken for a loop; resolvers give up at about as many.</summary>
    public const int MostAliases = 16;

    private const int ServFail = 2;
    private const int NxDomain = 3;
    private const int Refused = 5;

    public static ChainEnd Follow(DnsMessage message, DnsQuestion question)
    {
        if (message.ResponseCode is not (0 or NxDomain))
        {
            return Failed(message);
        }

        // The name as the response spells it: a name with odd octets can be written in more ways than one.
        var name = message.Question?.Name ?? question.Name;
        var first = name;
        var aliases = ImmutableArray<string>.Empty;
        uint? ttl = null;
        while (true)
        {
            var (records, alias) = At(message, name, question.Type);
            if (records.Length > 0)
            {
                return new ChainEnd(DnsStatus.Answered, aliases, records, Lowest(ttl, records.Min(r => r.Ttl)), null);
            }

            if (alias is null)
            {
                return Ended(message, name, aliases, ttl);
            }

            name = alias.Target;
            ttl = Lowest(ttl, alias.Ttl);
            var isLoop = name == first || aliases.Contains(name);
            aliases = aliases.Add(name);
            if (isLoop || aliases.Length > MostAliases)
            {
                return new ChainEnd(DnsStatus.ServFail, aliases, [], null, "CNAME loop");
            }
        }
    }

    /// <summary>What the response has at a name: the records of the type, each once, and the first alias.</summary>
    private static (ImmutableArray<DnsRecord> Records, NameRecord? Alias) At(DnsMessage message, string name, DnsRecordType type)
    {
        List<DnsRecord>? records = null;
        NameRecord? alias = null;
        foreach (var (kind, record) in message.Answers)
        {
            if (record.Name != name)
            {
                continue;
            }

            if (kind == type)
            {
                (records ??= []).Add(record);
            }
            else
            {
                alias ??= record is NameRecord { Type: DnsRecordType.CNAME } found ? found : null;
            }
        }

        return records switch
        {
            null => ([], alias),
            [var only] => ([only], alias),
            _ => ([.. records.Distinct()], alias),
        };
    }

    private static ChainEnd Ended(DnsMessage message, string name, ImmutableArray<string> aliases, uint? ttl)
    {
        if (message.ResponseCode == NxDomain)
        {
            return new ChainEnd(DnsStatus.NxDomain, aliases, [], ttl, null);
        }

        var saysSo = message.Authority is { } soa && DnsNames.IsEqualOrBelow(name, soa.Name);
        if (!saysSo && aliases.Length > 0)
        {
            // A server that is no resolver stops at an alias that leads out of its zones.
            return new ChainEnd(null, aliases, [], ttl, null);
        }

        var isReferral = message is { Authority: null, NamesServers: true, IsAuthoritative: false, RecursionAvailable: false };
        return isReferral
            ? new ChainEnd(DnsStatus.Malformed, aliases, [], null, "a referral instead of an answer: this server is no resolver")
            : new ChainEnd(DnsStatus.NoData, aliases, [], ttl, null);
    }

    private static ChainEnd Failed(DnsMessage message)
    {
        var (status, said) = message.ResponseCode switch
        {
            ServFail => (DnsStatus.ServFail, "SERVFAIL"),
            Refused => (DnsStatus.Refused, "REFUSED"),
            1 => (DnsStatus.Malformed, "FORMERR"),
            4 => (DnsStatus.Malformed, "NOTIMP"),
            9 => (DnsStatus.Malformed, "NOTAUTH"),
            var code => (DnsStatus.Malformed, $"response code {code}"),
        };
        return new ChainEnd(status, [], [], null, message.ExtendedError is { } why ? $"{said}, {why}" : said);
    }

    private static uint Lowest(uint? one, uint other) => one is { } known && known < other ? known : other;
}
