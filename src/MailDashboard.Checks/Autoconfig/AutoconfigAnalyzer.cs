using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Autoconfig;

/// <summary>Judges the settings that a domain publishes for mail programs.</summary>
public static class AutoconfigAnalyzer
{
    private const string Subtest = "autodiscovery";

    /// <summary>Judges.</summary>
    public static CheckOutcome Analyze(AutoconfigObservation seen)
    {
        var outcome = new OutcomeBuilder();
        if (seen.IsSaidMissing || seen.Roles.IsParked)
        {
            return outcome.GradeNotApplicable(Subtest).NotApplicable(Reason.Of(seen.IsSaidMissing ? "DomainMissing" : "Parked"));
        }

        var domain = Subject.Domain(seen.Domain);
        var isOpen = false;
        if (seen.Srv.FirstOrDefault(a => !a.IsDefinite) is { } unanswered)
        {
            isOpen = true;
            outcome.CouldNotTell(domain, unanswered.WhyNot());
        }
        else
        {
            outcome.Determined(domain);
        }

        foreach (var file in seen.Files)
        {
            isOpen |= !Place(seen, file, outcome);
        }

        if (!seen.IsPublished && !isOpen && seen.Services.IsEmpty)
        {
            return outcome.GradeNotApplicable(Subtest).NotApplicable(Reason.Of("NoClientServices"));
        }

        var proposed = AutoconfigDownloads.Propose(seen);
        if (!proposed.IsEmpty)
        {
            outcome.Fact(domain, AutoconfigDownloads.FactKey, string.Join('\n', proposed));
        }

        if (!seen.IsPublished)
        {
            if (isOpen)
            {
                return outcome.GradeUndetermined(Subtest).Build();
            }

            outcome.Report(AutoconfigFindings.Nothing, domain, Files(seen.Domain, proposed));
            return outcome.Grade(Subtest, "none").Build();
        }

        var isBad = AutoconfigAgreement.Judge(seen, outcome, domain);
        if (!isOpen && Missing(seen) is { Length: > 0 } missing)
        {
            outcome.Report(AutoconfigFindings.Partial, domain, [new Evidence("missing", missing), .. Files(seen.Domain, proposed)]);
        }

        return (isBad ? outcome.Grade(Subtest, "none") : isOpen ? outcome.GradeUndetermined(Subtest) : outcome.Grade(Subtest, "full")).Build();
    }

    /// <summary>False where it may be otherwise another time.</summary>
    private static bool Place(AutoconfigObservation seen, SettingsFile file, OutcomeBuilder outcome)
    {
        var subject = Subject.Host(file.Asked.IdnHost);
        var isOurs = file.Place != SettingsPlace.WellKnown;
        if (file.Settings is { } settings)
        {
            outcome.Determined(subject).Fact(subject, "settings", string.Join('\n', settings));
            return true;
        }

        if (file.Fetch.IsTransient)
        {
            // The domain's own web site need not be a place for settings: that it is away leaves nothing open where others tell.
            if (isOurs || !seen.IsPublished)
            {
                outcome.CouldNotTell(subject, WhyNot(file));
                return false;
            }

            return true;
        }

        outcome.Determined(subject);

        // Whether Autodiscover itself answers is what the family Mapi says.
        if (file.Place == SettingsPlace.ConfigHost && !file.WantsLogin && file.Fetch is { End: HttpEnd.Tls or HttpEnd.TooLarge or HttpEnd.TooManyRedirects } or { End: HttpEnd.Answered, Status: 200 })
        {
            outcome.Report(AutoconfigFindings.Unusable, subject, new Evidence("address", file.Asked.ToString()), new Evidence("said", Said(file.Fetch), file.Fetch.Address?.ToString()));
        }

        return true;
    }

    private static string Missing(AutoconfigObservation seen)
    {
        bool Has(params SettingsPlace[] places) => seen.Files.Any(f => places.Contains(f.Place) && (f.Settings is { IsEmpty: false } || f.WantsLogin));
        string[] missing =
        [
            .. seen.Published.IsEmpty ? ["SRV"] : Array.Empty<string>(),
            .. Has(SettingsPlace.ConfigHost, SettingsPlace.WellKnown) ? Array.Empty<string>() : ["autoconfig"],
            .. Has(SettingsPlace.Autodiscover) ? Array.Empty<string>() : ["Autodiscover"],
        ];
        return string.Join(", ", missing);
    }

    /// <summary>What could be published, complete.</summary>
    private static Evidence[] Files(string domain, ImmutableArray<MailSetting> settings) => settings.IsEmpty
        ? []
        :
        [
            new Evidence("srv", string.Join('\n', AutoconfigFiles.SrvRecords(domain, settings).Select(r => $"{r.Name}. {r.Type} {r.Value}"))),
            new Evidence("configFile", AutoconfigFiles.ConfigXml(domain, settings)),
            new Evidence("autodiscoverFile", AutoconfigFiles.AutodiscoverXml(settings)),
        ];

    private static string Said(HttpObservation fetch) => fetch.End switch
    {
        HttpEnd.Answered => $"HTTP {fetch.Status.ToString(CultureInfo.InvariantCulture)}, {(fetch.MediaType.Length == 0 ? "-" : ConversationLog.Clean(fetch.MediaType))}",
        HttpEnd.TooManyRedirects => ConversationLog.Clean($"HTTP {fetch.Status.ToString(CultureInfo.InvariantCulture)} → {fetch.Location}"),
        _ => ConversationLog.Clean(fetch.Failure ?? fetch.End.ToString()),
    };

    private static Reason WhyNot(SettingsFile file) => file.Fetch switch
    {
        { End: HttpEnd.DnsFailed, Unanswered: { } unanswered } => unanswered.WhyNot(),
        { End: HttpEnd.Guarded } => Reason.Of("AddressGuarded", file.Fetch.Uri.IdnHost),
        _ => Reason.Of("NotFetched", file.Asked.IdnHost, Said(file.Fetch)),
    };
}
