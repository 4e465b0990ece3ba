using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing.Http;

namespace MailDashboard.Checks.Mapi;

/// <summary>Judges the server that Autodiscover leads to: how one logs in, and whether MAPI over HTTP is there.</summary>
internal static class MapiServer
{
    /// <summary>Judges; a reason where it is no Exchange, or nothing like it, and there is nothing to say.</summary>
    public static Reason? Judge(MapiObservation seen, AutodiscoverStep answering, OutcomeBuilder outcome)
    {
        var host = Subject.Host(answering.Fetch.Uri.IdnHost);
        var isMicrosofts = ExchangeOnline.Has(answering.Fetch.Uri.IdnHost);
        outcome.Determined(host).Fact(host, "autodiscover", Summary(answering.Asked, answering.Reply, answering.Fetch));
        if (seen.Endpoint is { } at)
        {
            outcome.Fact(Subject.Host(at.Asked.IdnHost), "endpoint", Summary(at.Asked, at.Reply, at.Fetch));
        }

        if (!isMicrosofts && !answering.Reply.ShowsExchange && seen.Endpoint is not { IsMapi: true })
        {
            if (seen.Endpoint is { Fetch.IsTransient: true } open)
            {
                outcome.CouldNotTell(Subject.Host(open.Asked.IdnHost), MapiAnalyzer.WhyNot(open.Fetch));
                return null;
            }

            return Reason.Of(answering.Reply.Kind == AutodiscoverReplyKind.Login ? "LoginWithoutMapi" : "OtherSettings", answering.Fetch.Uri.IdnHost);
        }

        if (!isMicrosofts)
        {
            WaysToLogIn(answering, seen.Endpoint, outcome, host);
        }

        if (seen.Endpoint is { } endpoint)
        {
            Endpoint(endpoint, seen.At, outcome);
        }

        return null;
    }

    private static void WaysToLogIn(AutodiscoverStep answering, MapiEndpoint? endpoint, OutcomeBuilder outcome, Subject host)
    {
        if (answering.Reply.HasExchangeSettings)
        {
            outcome.Report(MapiFindings.Open, host, MapiFault.Asked(answering.Asked, answering.Fetch), MapiFault.Said(answering.Fetch));
        }

        List<(Uri Asked, HttpObservation Fetch, AutodiscoverReply Reply)> places =
            [(answering.Asked, answering.Fetch, answering.Reply), .. endpoint is null ? [] : new[] { (endpoint.Asked, endpoint.Fetch, endpoint.Reply) }];
        var asking = places.Where(p => p.Reply.Kind == AutodiscoverReplyKind.Login && p.Reply.Offers("Basic")).ToList();
        if (asking.Count == 0)
        {
            return;
        }

        bool IsOnly((Uri, HttpObservation, AutodiscoverReply Reply) place) => !place.Reply.Challenges.Any(c => c.ToUpperInvariant() is "BEARER" or "NEGOTIATE" or "NTLM");

        var said = asking.Select(p => new Evidence("login", $"{MapiFault.Text(p.Asked)}: {string.Join(", ", p.Reply.Challenges)}", p.Fetch.Address?.ToString()));
        outcome.Report(asking.Exists(IsOnly) ? MapiFindings.BasicOnly : MapiFindings.BasicOffered, host, [.. said]);
    }

    private static void Endpoint(MapiEndpoint endpoint, DateTimeOffset at, OutcomeBuilder outcome)
    {
        var fetch = endpoint.Fetch;
        if (fetch.IsTransient)
        {
            outcome.CouldNotTell(Subject.Host(endpoint.Asked.IdnHost), MapiAnalyzer.WhyNot(fetch));
            return;
        }

        // Where the endpoint was only looked for, it may be somewhere else: that is told after logging in.
        Severity? weight = endpoint.IsNamed ? null : Severity.Notice;
        var (fault, severity) = MapiFault.Of(endpoint.Asked, fetch, at) is { } connection ? (connection, (Severity?)null)
            : endpoint.IsOpen ? (Made(MapiFindings.Open, MapiFault.Said(fetch)), Severity.Error)
            : endpoint.Reply.Kind == AutodiscoverReplyKind.Login ? (null, null)
            : fetch.Status == 401 ? (Made(MapiFindings.NoWayToLogIn, MapiFault.Challenges(endpoint.Reply)), null)
            : fetch.Status is 200 || fetch.Location is not null ? (Made(MapiFindings.OtherEndpoint, MapiFault.Said(fetch)), weight)
            : (Made(MapiFindings.NoEndpoint, MapiFault.Status(fetch)), weight);
        outcome.Determined(Subject.Host(endpoint.Asked.IdnHost));
        if (fault is not null)
        {
            outcome.Report(new Finding(fault.Definition, fault.Subject, fault.Evidence, SeverityOverride: severity));
        }

        MapiFault Made(FindingDefinition definition, Evidence evidence) => MapiFault.Make(definition, endpoint.Asked, fetch, evidence);
    }

    private static string Summary(Uri asked, AutodiscoverReply reply, HttpObservation fetch) =>
        $"{MapiFault.Text(asked)}: {(reply.Challenges.IsEmpty ? MapiFault.Said(fetch).Value : string.Join(", ", reply.Challenges))}";
}
