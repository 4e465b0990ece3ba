using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Spf;

/// <summary>The mechanisms that look names up: <c>a</c>, <c>mx</c>, <c>ptr</c>, <c>exists</c> (RFC 7208 §5.3 to §5.7).</summary>
internal static class SpfMechanisms
{
    public static ValueTask<SpfMatch> MatchAsync(SpfSession session, string domain, SpfRecord record, int index) =>
        record.Terms[index].Kind switch
        {
            SpfTermKind.A => AddressAsync(session, domain, record, index),
            SpfTermKind.Mx => ExchangeAsync(session, domain, record, index),
            SpfTermKind.Ptr => ClientNameAsync(session, domain, record, index),
            _ => ExistsAsync(session, domain, record, index),
        };

    private static async ValueTask<SpfMatch> AddressAsync(SpfSession session, string domain, SpfRecord record, int index)
    {
        var target = await session.TargetAsync(record, index, domain).ConfigureAwait(false);
        var answer = await AskAsync(session, target, session.AddressType).ConfigureAwait(false);
        return Usable(session, answer, record, index) ?? (Matches(answer, session, record.Terms[index]) ? SpfMatch.Yes : SpfMatch.No);
    }

    private static async ValueTask<SpfMatch> ExchangeAsync(SpfSession session, string domain, SpfRecord record, int index)
    {
        var target = await session.TargetAsync(record, index, domain).ConfigureAwait(false);
        var answer = await AskAsync(session, target, DnsRecordType.MX).ConfigureAwait(false);
        if (Usable(session, answer, record, index) is { } end)
        {
            return end;
        }

        if (answer.Records.Length > SpfLimits.Exchanges)
        {
            return session.Fail(SpfMatch.PermError, SpfFault.TooManyExchanges, record.TextOf(record.Terms[index]));
        }

        // A term counts as void once, however many of its hosts have no address: what is limited is the number of terms.
        var found = false;
        foreach (var exchange in answer.Exchanges)
        {
            if (exchange.Exchange.Length == 0)
            {
                continue;
            }

            var addresses = await AskAsync(session, exchange.Exchange, session.AddressType).ConfigureAwait(false);
            if (!addresses.IsDefinite)
            {
                return session.Fail(SpfMatch.TempError, SpfFault.Dns, exchange.Exchange);
            }

            if (Matches(addresses, session, record.Terms[index]))
            {
                return SpfMatch.Yes;
            }

            found |= addresses.Status == DnsStatus.Answered;
        }

        return found ? SpfMatch.No : Void(session, record, index);
    }

    private static async ValueTask<SpfMatch> ClientNameAsync(SpfSession session, string domain, SpfRecord record, int index)
    {
        var target = DnsNames.Normalize(await session.TargetAsync(record, index, domain).ConfigureAwait(false));
        var names = await session.ClientNamesAsync().ConfigureAwait(false);
        if (names is null)
        {
            return SpfMatch.No;
        }

        // No name at all is the client's doing, not the domain's: it is not held against the record as a void look-up.
        foreach (var name in names)
        {
            if (DnsNames.IsEqualOrBelow(name, target) && await SpfClientNames.IsValidAsync(session, name).ConfigureAwait(false))
            {
                return SpfMatch.Yes;
            }
        }

        return SpfMatch.No;
    }

    private static async ValueTask<SpfMatch> ExistsAsync(SpfSession session, string domain, SpfRecord record, int index)
    {
        var target = await session.TargetAsync(record, index, domain).ConfigureAwait(false);
        var answer = await AskAsync(session, target, DnsRecordType.A).ConfigureAwait(false);
        return Usable(session, answer, record, index) ?? SpfMatch.Yes;
    }

    /// <summary>Null where there are records to look at; else how the term ends without them.</summary>
    private static SpfMatch? Usable(SpfSession session, DnsAnswer answer, SpfRecord record, int index) => answer.Status switch
    {
        DnsStatus.Answered => null,
        DnsStatus.NoData or DnsStatus.NxDomain => Void(session, record, index),

        // No question can be made of such a name, so nothing was looked up in vain (§4.8).
        DnsStatus.InvalidName => SpfMatch.No,
        _ => session.Fail(SpfMatch.TempError, SpfFault.Dns, record.TextOf(record.Terms[index])),
    };

    private static SpfMatch Void(SpfSession session, SpfRecord record, int index) =>
        session.CountVoid() ? SpfMatch.No : session.Fail(SpfMatch.PermError, SpfFault.TooManyVoidLookups, record.TextOf(record.Terms[index]));

    private static Task<DnsAnswer> AskAsync(SpfSession session, string name, DnsRecordType type) =>
        name.Length > 0 && DnsNames.CanBeAsked(name)
            ? session.AskAsync(name, type)
            : Task.FromResult(new DnsAnswer(new DnsQuestion(name, type), DnsStatus.InvalidName));

    private static bool Matches(DnsAnswer answer, SpfSession session, in SpfTerm term)
    {
        var client = session.Client;
        var prefix = client.IsIPv6 ? term.Ip6PrefixLength : term.Ip4PrefixLength;
        foreach (var record in answer.Records)
        {
            // Compared in the family that was asked for: an IPv4-mapped AAAA is never an IPv4 address here.
            if (record is AddressRecord address && SpfNetwork.Of(address.Address).AgreesWith(client, prefix))
            {
                return true;
            }
        }

        return false;
    }
}
