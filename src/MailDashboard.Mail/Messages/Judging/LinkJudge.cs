using System.Globalization;
using System.Net;
using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Headers;
using MailDashboard.Mail.Messages.Content;

namespace MailDashboard.Mail.Messages.Judging;

/// <summary>Judges links: by what they say and what DNS says of their hosts. No page is fetched.</summary>
internal static class LinkJudge
{
    private const int ManyHosts = 10;
    private const int Shown = 5;

    /// <summary>Services that shorten anybody's links.</summary>
    private static readonly HashSet<string> Shorteners =
    [
        "bit.ly", "bitly.com", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd", "buff.ly", "rebrand.ly", "cutt.ly", "shorturl.at", "rb.gy", "t.ly", "tiny.cc", "v.gd", "s.id", "lnkd.in", "urlz.fr", "j.mp", "bl.ink",
    ];

    public static void Judge(MessageObservation seen, VerdictBuilder verdict)
    {
        if (seen.Body?.Html?.Links is not { IsEmpty: false } links)
        {
            return;
        }

        var web = links.Where(l => l.Host.Length > 0).ToList();
        Say(ContentMarks.ShortLink, web.Where(l => Shorteners.Contains(Plain(l.Host))));
        Say(ContentMarks.AddressLink, web.Where(l => IPAddress.TryParse(l.Host.Trim('[', ']'), out _)));
        Say(ContentMarks.PlainHttp, web.Where(l => l.Scheme == "http"));
        foreach (var link in web.Where(l => l.ShownHost.Length > 0 && !IsSame(l.ShownHost, l.Host)))
        {
            verdict.Mark(ContentMarks.DeceptiveLink, Subject.Part(link.Host), new Evidence("shown", link.ShownHost), new Evidence("target", link.Host), new Evidence("links", link.Target));
        }

        foreach (var host in seen.LinkHosts)
        {
            if (host.Unanswered is { } unanswered)
            {
                verdict.CouldNotTell(Subject.Host(host.Name), unanswered.WhyNot());
            }
            else if (host.IsMissing)
            {
                verdict.Mark(ContentMarks.DeadLink, Subject.Host(host.Name), new Evidence("answer", string.Join(", ", host.Answers.Select(a => $"{a.Question.Type}: {a.Status}")), host.Answers[0].Server));
            }
        }

        var hosts = web.Select(l => Alignments.Ending(l.Host)).Distinct().Count();
        if (hosts > ManyHosts)
        {
            verdict.Mark(ContentMarks.ManyHosts, Subject.Part("links"), new Evidence("count", hosts.ToString(CultureInfo.InvariantCulture)));
        }

        if (!verdict.Has(ContentMarks.ShortLink, ContentMarks.AddressLink, ContentMarks.PlainHttp, ContentMarks.DeceptiveLink, ContentMarks.DeadLink, ContentMarks.ManyHosts))
        {
            verdict.Fine(Subject.Part("links"), "links", links.Length.ToString(CultureInfo.InvariantCulture));
        }

        void Say(MarkDefinition definition, IEnumerable<LinkFacts> found)
        {
            if (found.Select(l => l.Target).Distinct().Take(Shown).ToList() is { Count: > 0 } targets)
            {
                verdict.Mark(definition, Subject.Part("links"), new Evidence("value", string.Join(", ", targets)));
            }
        }
    }

    private static bool IsSame(string shown, string target) =>
        DnsNames.IsEqualOrBelow(Plain(shown), Plain(target)) || DnsNames.IsEqualOrBelow(Plain(target), Plain(shown));

    private static string Plain(string host) => host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
}
