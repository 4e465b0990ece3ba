using System.Net.Sockets;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Nameservers;

/// <summary>
/// Judges what the servers said themselves. Silence is a fact only beside an answer: many networks close port 53 outward, and then
/// every server seems dead.
/// </summary>
internal static class AuthorityJudge
{
    public static void Judge(NameserversObservation seen, OutcomeBuilder outcome, Subject domain)
    {
        if (seen.DnsOnly)
        {
            foreach (var address in seen.Servers.SelectMany(s => s.Addresses).Distinct())
            {
                outcome.CouldNotTell(Subject.Address(address), Reason.Of(Reason.ConnectionNotWanted), verdictNeedsIt: false);
            }

            return;
        }

        var answered = seen.Looks.Where(l => l.Soa.End == AuthorityEnd.Answered).ToList();
        var asked = seen.Looks.Where(l => l.Soa.End != AuthorityEnd.Guarded).ToList();
        foreach (var look in seen.Looks.Except(asked))
        {
            var key = AddressScopes.Of(look.Address) == AddressScope.Inside ? "InsideAddress" : "AddressGuarded";
            outcome.CouldNotTell(Subject.Address(look.Address), Reason.Of(key, look.Address.ToString()), verdictNeedsIt: false);
        }

        if (asked.Count > 0 && answered.Count == 0)
        {
            // Said once, of the domain: it is about our network, as far as anybody can tell.
            outcome.CouldNotTell(domain, Reason.Of("NotAskedFromHere"), verdictNeedsIt: false);
            return;
        }

        if (!answered.Exists(l => l.IsAuthoritative) && answered.Exists(IsResolver))
        {
            outcome.CouldNotTell(domain, Reason.Of("Intercepted", string.Join(", ", answered.Where(IsResolver).Select(l => l.Address))), verdictNeedsIt: false);
            return;
        }

        foreach (var look in asked)
        {
            JudgeOne(look, answered, outcome);
        }

        AgreementJudge.Judge([.. answered.Where(l => l.IsAuthoritative)], outcome);
    }

    private static void JudgeOne(AuthorityLook look, List<AuthorityLook> answered, OutcomeBuilder outcome)
    {
        var subject = Subject.Address(look.Address);
        switch (look.Soa.End)
        {
            case AuthorityEnd.Answered when look.IsAuthoritative:
                outcome.Determined(subject);
                break;

            case AuthorityEnd.Answered:
                outcome.Determined(subject).Report(new Finding(NameserversFindings.Lame, subject, [Server(look), new Evidence("answer", look.Soa.Summary, look.Address.ToString())])
                {
                    SeverityOverride = answered.Exists(l => l.IsAuthoritative) ? null : Severity.Error,
                });
                break;

            case AuthorityEnd.Silent or AuthorityEnd.Closed or AuthorityEnd.Malformed when answered.Exists(l => l.Address.AddressFamily == look.Address.AddressFamily):
                outcome.Determined(subject).Report(NameserversFindings.Silent, subject, Server(look), new Evidence("connection", look.Soa.Summary, look.Address.ToString()));
                break;

            default:
                // A machine without IPv6 cannot tell which servers have it.
                var version = look.Address.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4";
                outcome.CouldNotTell(subject, Reason.Of("NoServerOver", look.Address.ToString(), version), verdictNeedsIt: false);
                break;
        }
    }

    /// <summary>No name server is like this: it has the SOA from elsewhere.</summary>
    private static bool IsResolver(AuthorityLook look) => look.Soa is { IsAuthoritative: false, OffersRecursion: true, Status: DnsStatus.Answered };

    internal static Evidence Server(AuthorityLook look) => new("server", string.Join(", ", look.Names));
}
