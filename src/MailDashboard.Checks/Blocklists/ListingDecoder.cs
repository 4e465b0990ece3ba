using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Blocklists;

/// <summary>
/// Turns the answer to an A question into a state. Only an answer that the list's own table knows lists anything: a refusal, a code
/// that is not in the table, an address outside 127/8 and every failure of DNS are unknown, never listed and never clean.
/// </summary>
internal static class ListingDecoder
{
    private const int MaximumAnswers = 64;

    /// <summary>Decodes.</summary>
    /// <param name="subject">What was asked about.</param>
    /// <param name="list">Which list.</param>
    /// <param name="refusals">Refusals that hold for any list; the list's own table comes first.</param>
    /// <param name="answer">What DNS said.</param>
    /// <param name="delivers">The address is known to deliver mail itself, which policy lists forbid.</param>
    public static ListingLook Decode(BlocklistSubject subject, Blocklist list, ImmutableArray<BlocklistCode> refusals, DnsAnswer answer, bool delivers)
    {
        var look = new ListingLook(subject, list, ListingState.Unknown) { Server = answer.Server, At = answer.At };
        return answer.Status switch
        {
            DnsStatus.NxDomain or DnsStatus.NoData => look with { State = ListingState.NotListed },
            DnsStatus.Answered => DecodeAnswers(look, refusals, [.. answer.Addresses.Distinct().Take(MaximumAnswers)], delivers),
            _ => look with { Cause = UnknownCause.Dns, Reason = answer.WhyNot() },
        };
    }

    private static ListingLook DecodeAnswers(ListingLook look, ImmutableArray<BlocklistCode> refusals, ImmutableArray<IPAddress> answers, bool delivers)
    {
        var known = ImmutableArray.CreateBuilder<ListingCode>();
        IPAddress? strange = null;
        foreach (var answer in answers)
        {
            var number = CodeMatch.Number(answer);
            if (number >> 24 != 127)
            {
                // A parked or hijacked zone answers with a web server's address; nothing else it says can be believed.
                return look with { Cause = UnknownCause.Answer, Reason = Reason.Of("AnswerOutside127", look.List.Zone, answer.ToString()) };
            }

            var codes = CodesOf(look.List, refusals, number);
            if (codes.FirstOrDefault(c => c.Effect == CodeEffect.Refusal) is { } refusal)
            {
                // A list that refuses does not list at the same time: one refusal outweighs whatever came with it.
                return look with { Cause = UnknownCause.Refused, Reason = Reason.Of($"Refused.{refusal.RefusalKey}", look.List.Name, answer.ToString(), look.List.Zone) };
            }

            strange = codes.Count == 0 ? answer : strange;
            known.AddRange(codes.Select(c => new ListingCode(answer, c, (delivers ? c.DirectWeight : null) ?? c.Weight ?? look.List.Weight)));
        }

        var listed = known.Where(k => k.Code.Effect == CodeEffect.Listed).OrderByDescending(k => k.Weight).ToImmutableArray();
        if (!listed.IsEmpty)
        {
            return look with { State = ListingState.Listed, Codes = listed };
        }

        return strange is not null || known.Count == 0
            ? look with { Cause = UnknownCause.Answer, Reason = Reason.Of("UnknownAnswer", look.List.Zone, strange?.ToString() ?? "") }
            : look with { State = ListingState.NotListed, Codes = known.ToImmutable() };
    }

    /// <summary>An exact row beats the bits of a mask, and the list's own table beats the common refusals.</summary>
    private static List<BlocklistCode> CodesOf(Blocklist list, ImmutableArray<BlocklistCode> refusals, uint answer)
    {
        if (list.Codes.FirstOrDefault(c => !c.Match.IsBit && c.Match.Matches(answer)) is { } exact)
        {
            return [exact];
        }

        var bits = list.Codes.Where(c => c.Match.IsBit && c.Match.Matches(answer)).ToList();
        return bits.Count > 0 ? bits : [.. refusals.Where(c => c.Match.Matches(answer)).Take(1)];
    }
}
