using System.Globalization;
using MailDashboard.Checks.Probing.Http;

namespace MailDashboard.Checks.Bimi;

/// <summary>Judges the logo.</summary>
internal static class BimiLogoJudge
{
    private const string MediaType = "image/svg+xml";

    /// <summary>Whether it can be shown; null where that could not be seen.</summary>
    public static bool? Judge(BimiObservation seen, BimiRecord record, OutcomeBuilder outcome)
    {
        // An empty l= leaves the logo to the certificate.
        if (record.Logo is null || seen.LogoFetch is not { } fetch)
        {
            return true;
        }

        var isThere = BimiFetch.Judge(fetch, record.Logo, BimiFindings.LogoNotFetched, outcome);
        return isThere == true ? File(seen, fetch, Subject.Host(record.Logo.IdnHost), outcome) : isThere;
    }

    private static bool File(BimiObservation seen, HttpObservation fetch, Subject subject, OutcomeBuilder outcome)
    {
        var address = new Evidence("address", Probing.Smtp.ConversationLog.Clean(fetch.Uri.ToString()), fetch.Address?.ToString());
        if (fetch.MediaType != MediaType)
        {
            outcome.Report(BimiFindings.LogoType, subject, address, new Evidence("mediaType", fetch.MediaType.Length == 0 ? "-" : fetch.MediaType));
        }

        if (seen.Logo is not { } logo || logo.Octets > BimiLogo.Limit)
        {
            var size = seen.Logo is { } large ? large.Octets.ToString(CultureInfo.InvariantCulture) : $"> {fetch.Body.Length.ToString(CultureInfo.InvariantCulture)}";
            outcome.Report(BimiFindings.LogoTooLarge, subject, address, new Evidence("size", size));
            return false;
        }

        if (logo.Unreadable is { } why)
        {
            outcome.Report(BimiFindings.LogoUnreadable, subject, address, new Evidence("said", why));
            return false;
        }

        var isGood = true;
        Say(!logo.Faults.IsEmpty, BimiFindings.LogoProfile, new Evidence("fault", string.Join('\n', logo.Faults)));
        Say(!logo.IsSquare, BimiFindings.LogoNotSquare, new Evidence("viewBox", logo.ViewBox.Length == 0 ? "-" : logo.ViewBox));
        Say(logo.Title.Length == 0, BimiFindings.LogoWithoutTitle, address);
        outcome.Fact(subject, "logo", address.Value);
        return isGood;

        void Say(bool isSo, FindingDefinition definition, Evidence evidence)
        {
            if (isSo)
            {
                isGood = false;
                outcome.Report(definition, subject, address == evidence ? [address] : [address, evidence]);
            }
        }
    }
}
