using System.Globalization;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Mapi;

/// <summary>Judges whether Outlook finds Autodiscover; what it finds there is judged in <see cref="MapiServer"/>.</summary>
public static class MapiAnalyzer
{
    /// <summary>Judges.</summary>
    public static CheckOutcome Analyze(MapiObservation seen)
    {
        var outcome = new OutcomeBuilder();
        if (seen.Trace is not { } trace)
        {
            return outcome.NotApplicable(Reason.Of(seen.IsSaidMissing ? "DomainMissing" : "Parked"));
        }

        var domain = Subject.Domain(seen.Domain);
        var isSaid = SrvLeadsNowhere(seen, trace, outcome);
        if (!trace.Srv.IsDefinite)
        {
            isSaid = true;
            outcome.CouldNotTell(domain, trace.Srv.WhyNot());
        }
        else
        {
            outcome.Determined(domain);
        }

        if (trace.Answering is not { } answering)
        {
            isSaid |= NothingAnswers(seen, trace, outcome, domain);
            return isSaid ? outcome.Build() : outcome.NotApplicable(Reason.Of("NothingPublished"));
        }

        isSaid |= WorseBefore(seen, trace, answering, outcome);
        return MapiServer.Judge(seen, answering, outcome) is { } reason && !isSaid ? outcome.NotApplicable(reason) : outcome.Build();
    }

    /// <summary>Why it could not be looked at.</summary>
    internal static Reason WhyNot(HttpObservation fetch) => fetch switch
    {
        { End: HttpEnd.DnsFailed, Unanswered: { } unanswered } => unanswered.WhyNot(),
        { End: HttpEnd.Guarded } => Reason.Of("AddressGuarded", fetch.Uri.IdnHost),
        { Status: > 0 } => Reason.Of("NotFetched", fetch.Uri.IdnHost, string.Create(CultureInfo.InvariantCulture, $"HTTP {fetch.Status}")),
        _ => Reason.Of("NotFetched", fetch.Uri.IdnHost, ConversationLog.Clean(fetch.Failure ?? fetch.End.ToString())),
    };

    private static bool SrvLeadsNowhere(MapiObservation seen, AutodiscoverTrace trace, OutcomeBuilder outcome)
    {
        if (trace.Step(AutodiscoverWay.Srv) is not { Fetch: { End: HttpEnd.NoAddress, Redirects.IsEmpty: true } } step)
        {
            return false;
        }

        var fault = MapiFault.Of(step, seen.At);
        outcome.Report(fault.Definition, Subject.Record($"_autodiscover._tcp.{seen.Domain}", "SRV"), [.. fault.Evidence]);
        return true;
    }

    /// <summary>True where something was said.</summary>
    private static bool NothingAnswers(MapiObservation seen, AutodiscoverTrace trace, OutcomeBuilder outcome, Subject domain)
    {
        var published = Published(trace).ToList();
        var open = published.Where(s => s.Fetch.IsTransient).ToList();
        foreach (var step in open)
        {
            outcome.CouldNotTell(Subject.Host(step.Fetch.Uri.IdnHost), WhyNot(step.Fetch));
        }

        if (open.Count > 0)
        {
            return true;
        }

        // That a server is dead of which nobody knows what it was for is worth less.
        var isKnown = trace.Record is not null || seen.IsExchangeOnline || trace.Steps.Any(s => s.Reply.ShowsExchange);
        foreach (var step in published)
        {
            var fault = MapiFault.Of(step, seen.At);
            outcome.Determined(fault.Subject).Report(new Finding(fault.Definition, fault.Subject, fault.Evidence, SeverityOverride: isKnown ? null : Severity.Notice));
        }

        if (published.Count > 0 || !seen.IsExchangeOnline || trace.Srv.Status is not (DnsStatus.NoData or DnsStatus.NxDomain))
        {
            return published.Count > 0;
        }

        outcome.Report(new Finding(
            MapiFindings.NotPublished,
            domain,
            [new Evidence("mx", string.Join(", ", seen.Mx.Exchanges.Select(m => m.Exchange).Where(ExchangeOnline.Has).Take(10)), seen.Mx.Server)],
            new ProposedRecord($"autodiscover.{seen.Domain}", "CNAME", $"{ExchangeOnline.Autodiscover}.")));
        return true;
    }

    /// <summary>The places that the domain made for it: of the plain redirect and the host behind which it is, the one that counts.</summary>
    private static IEnumerable<AutodiscoverStep> Published(AutodiscoverTrace trace)
    {
        var host = trace.Step(AutodiscoverWay.Host);
        if (host is not null && (trace.HasHost || host.Fetch.End == HttpEnd.DnsFailed))
        {
            yield return trace.Step(AutodiscoverWay.Redirect) ?? host;
        }

        if (trace.Step(AutodiscoverWay.Srv) is { } srv && srv is not { Fetch: { End: HttpEnd.NoAddress, Redirects.IsEmpty: true } })
        {
            yield return srv;
        }
    }

    /// <summary>
    /// Outlook warns of a certificate before it goes on to a way that works. Only the other name that a plain redirect is made for is
    /// right as it is: so Exchange Online does it.
    /// </summary>
    private static bool WorseBefore(MapiObservation seen, AutodiscoverTrace trace, AutodiscoverStep answering, OutcomeBuilder outcome)
    {
        if (answering.Way is AutodiscoverWay.Domain or AutodiscoverWay.Host || !trace.HasHost || trace.Step(AutodiscoverWay.Host) is not { Fetch.End: HttpEnd.Tls } host)
        {
            return false;
        }

        var fault = MapiFault.Of(host, seen.At);
        if (fault.Definition == MapiFindings.HandshakeFails || (fault.Definition == MapiFindings.CertificateName && answering.Way == AutodiscoverWay.Redirect))
        {
            return false;
        }

        outcome.Determined(fault.Subject).Report(fault.Definition, fault.Subject, [.. fault.Evidence]);
        return true;
    }
}
