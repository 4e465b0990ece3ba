using System.Globalization;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.MtaSts;

/// <summary>Judges a fetch that gave no policy.</summary>
internal static class MtaStsFetchJudge
{
    /// <summary>True where that is a fact, false where it may be otherwise another time.</summary>
    public static bool Judge(MtaStsObservation seen, HttpObservation fetch, OutcomeBuilder outcome)
    {
        var subject = Subject.Host(seen.PolicyHost);
        if (Fault(seen, fetch) is { } fault)
        {
            outcome.Determined(subject).Report(fault.Definition, subject, fault.Evidence);
            return true;
        }

        outcome.CouldNotTell(subject, WhyNot(seen, fetch));
        return false;
    }

    private static (FindingDefinition Definition, Evidence[] Evidence)? Fault(MtaStsObservation seen, HttpObservation fetch)
    {
        var host = new Evidence("policyHost", seen.PolicyHost);
        var address = new Evidence("policyAddress", seen.PolicyAddress.ToString());
        var source = fetch.Address?.ToString();
        return fetch.End switch
        {
            HttpEnd.NoAddress => (MtaStsFindings.NoHost, [host, new Evidence("answer", fetch.Failure ?? "")]),
            HttpEnd.Refused => (MtaStsFindings.HostRefuses, [host, new Evidence("address", $"{fetch.Address}", source)]),
            HttpEnd.Tls => Certificate(seen, fetch, host, source),
            HttpEnd.TooLarge when fetch.Status is 0 or 200 => (MtaStsFindings.TooLarge, [address]),
            HttpEnd.Answered or HttpEnd.TooLarge when fetch.Location is { } location => (MtaStsFindings.Redirected, [address, Status(fetch, source), new Evidence("location", ConversationLog.Clean(location), source)]),
            HttpEnd.Answered or HttpEnd.TooLarge when !fetch.IsTransient => (MtaStsFindings.BadStatus, [address, Status(fetch, source)]),
            _ => null,
        };
    }

    private static (FindingDefinition Definition, Evidence[] Evidence) Certificate(MtaStsObservation seen, HttpObservation fetch, Evidence host, string? source)
    {
        if (fetch.Tls?.Certificate is not { } certificate)
        {
            return (MtaStsFindings.HandshakeFails, [host, new Evidence("said", ConversationLog.Clean(fetch.Failure ?? ""), source)]);
        }

        var issuer = new Evidence("issuer", certificate.Issuer);
        if (seen.At >= certificate.NotAfter || seen.At < certificate.NotBefore)
        {
            var time = certificate.NotAfter.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
            return (MtaStsFindings.CertificateExpired, [host, new Evidence("notAfter", time, source), issuer]);
        }

        return certificate.ChainStatus.IsEmpty
            ? (MtaStsFindings.CertificateName, [host, new Evidence("names", string.Join(", ", certificate.Names.Take(50)), source)])
            : (MtaStsFindings.CertificateUntrusted, [host, new Evidence("chain", string.Join(", ", certificate.ChainStatus), source), issuer]);
    }

    private static Reason WhyNot(MtaStsObservation seen, HttpObservation fetch) => fetch.End switch
    {
        HttpEnd.DnsFailed when fetch.Unanswered is { } unanswered => unanswered.WhyNot(),
        HttpEnd.Guarded => Reason.Of("AddressGuarded", seen.PolicyHost),
        HttpEnd.TimedOut => Reason.Of("PolicyTimedOut", seen.PolicyHost),
        HttpEnd.Answered or HttpEnd.TooLarge => Reason.Of("PolicyStatus", seen.PolicyHost, fetch.Status.ToString(CultureInfo.InvariantCulture)),
        _ => Reason.Of("PolicyNotFetched", seen.PolicyHost, ConversationLog.Clean(fetch.Failure ?? "")),
    };

    private static Evidence Status(HttpObservation fetch, string? source) => new("status", fetch.Status.ToString(CultureInfo.InvariantCulture), source);
}
