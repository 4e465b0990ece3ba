using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Monitoring.Alerting.Mails;
using MailDashboard.Monitoring.Settings;

namespace MailDashboard.Monitoring.Alerting.Notices;

/// <summary>Composes a mail once for all who read the same of it in the same language.</summary>
internal sealed class SharedMails(DashboardSettings current)
{
    private readonly Dictionary<(string Language, string What), (string Kind, ComposedMail Mail)> _composed = [];

    /// <returns>The kind as the outbox keeps it, and the mail.</returns>
    public (string Kind, ComposedMail Mail) Of(ImmutableArray<IncidentFacts> incidents, string language)
    {
        var key = (language, string.Join(',', incidents.Select(i => $"{i.AlertId}{i.Telling}")));
        if (!_composed.TryGetValue(key, out var composed))
        {
            composed = AlertMails.Compose(incidents, new MailContext(CultureInfo.GetCultureInfo(language), current.OrganisationName, current.PublicUrl));
            _composed[key] = composed;
        }

        return composed;
    }
}
