using System.Globalization;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Bimi;

/// <summary>Judges a fetch of the logo or the certificate.</summary>
internal static class BimiFetch
{
    /// <summary>True where the file is there, false where it certainly is not, null where it may be another time.</summary>
    public static bool? Judge(HttpObservation fetch, Uri asked, FindingDefinition missing, OutcomeBuilder outcome)
    {
        var subject = Subject.Host(asked.IdnHost);
        if (fetch is { End: HttpEnd.Answered or HttpEnd.TooLarge, Status: 200 })
        {
            outcome.Determined(subject);
            return true;
        }

        if (fetch.IsTransient)
        {
            outcome.CouldNotTell(subject, WhyNot(fetch, asked));
            return null;
        }

        outcome.Determined(subject).Report(missing, subject, new Evidence("address", ConversationLog.Clean(asked.ToString())), new Evidence("said", Said(fetch), fetch.Address?.ToString()));
        return false;
    }

    private static string Said(HttpObservation fetch) => fetch.End switch
    {
        HttpEnd.Answered or HttpEnd.TooLarge when fetch.Status > 0 => $"HTTP {fetch.Status.ToString(CultureInfo.InvariantCulture)}",
        HttpEnd.TooManyRedirects => ConversationLog.Clean($"HTTP {fetch.Status.ToString(CultureInfo.InvariantCulture)} → {fetch.Location}"),
        _ => ConversationLog.Clean(fetch.Failure ?? fetch.End.ToString()),
    };

    private static Reason WhyNot(HttpObservation fetch, Uri asked) => fetch switch
    {
        { End: HttpEnd.DnsFailed, Unanswered: { } unanswered } => unanswered.WhyNot(),
        { End: HttpEnd.Guarded } => Reason.Of("AddressGuarded", fetch.Uri.IdnHost),
        _ => Reason.Of("NotFetched", asked.IdnHost, Said(fetch)),
    };
}
