using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Nameservers;

/// <summary>Compares what the servers that speak for a zone say. The newest copy is right; among equally new ones the majority.</summary>
internal static class AgreementJudge
{
    public static void Judge(ImmutableArray<AuthorityLook> looks, OutcomeBuilder outcome)
    {
        if (looks.IsEmpty)
        {
            return;
        }

        foreach (var look in looks)
        {
            outcome.Fact(Subject.Address(look.Address), "serial", Text(look.Serial));
        }

        var differing = CompareRecords(looks, outcome);
        var newest = looks.Select(l => l.Serial!.Value).Aggregate((a, b) => IsOlder(a, b) ? b : a);
        foreach (var look in looks.Where(l => IsOlder(l.Serial!.Value, newest) && !differing.Contains(l)))
        {
            outcome.Report(
                NameserversFindings.Behind,
                Subject.Address(look.Address),
                AuthorityJudge.Server(look),
                new Evidence("here", Text(look.Serial), look.Address.ToString()),
                new Evidence("elsewhere", Text(newest)));
        }
    }

    private static HashSet<AuthorityLook> CompareRecords(ImmutableArray<AuthorityLook> looks, OutcomeBuilder outcome)
    {
        var differing = new HashSet<AuthorityLook>();
        foreach (var question in looks.SelectMany(l => l.Records).Select(r => r.Question).Distinct())
        {
            var said = looks
                .Select(l => (Look: l, Text: l.Records.Where(r => r.Question == question).Select(AuthorityValues.Whole).FirstOrDefault()))
                .Where(s => s.Text is not null)
                .GroupBy(s => s.Text!, s => s.Look, StringComparer.Ordinal)
                .ToList();
            if (said.Count < 2)
            {
                continue;
            }

            var right = Right(said);
            foreach (var look in said.Where(g => g.Key != right.Key).SelectMany(g => g))
            {
                differing.Add(look);
                Say(look, right.First(), question.Type, outcome);
            }
        }

        return differing;
    }

    private static IGrouping<string, AuthorityLook> Right(List<IGrouping<string, AuthorityLook>> said)
    {
        var best = said[0];
        foreach (var group in said.Skip(1))
        {
            var (mine, theirs) = (Newest(group), Newest(best));
            var isBetter = mine == theirs
                ? group.Count() != best.Count() ? group.Count() > best.Count() : string.CompareOrdinal(group.Key, best.Key) > 0
                : IsOlder(theirs, mine);
            best = isBetter ? group : best;
        }

        return best;
    }

    private static void Say(AuthorityLook look, AuthorityLook right, DnsRecordType type, OutcomeBuilder outcome)
    {
        string Values(AuthorityLook of) =>
            string.Join('\n', of.Records.Where(r => r.Question.Type == type).SelectMany(AuthorityValues.Of)) is { Length: > 0 } text ? text : "–";

        outcome.Report(
            NameserversFindings.Differs,
            Subject.Address(look.Address),
            AuthorityJudge.Server(look),
            new Evidence("type", type.ToString()),
            new Evidence("here", Values(look), look.Address.ToString()),
            new Evidence("elsewhere", Values(right), right.Address.ToString()));
    }

    private static uint Newest(IEnumerable<AuthorityLook> looks) => looks.Select(l => l.Serial!.Value).Aggregate((a, b) => IsOlder(a, b) ? b : a);

    /// <summary>Serial numbers go round (RFC 1982 §3.2).</summary>
    private static bool IsOlder(uint one, uint other) => one != other && unchecked(other - one) < 0x8000_0000;

    private static string Text(uint? serial) => serial?.ToString(CultureInfo.InvariantCulture) ?? "";
}
