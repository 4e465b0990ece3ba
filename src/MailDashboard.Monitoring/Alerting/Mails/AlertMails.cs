using System.Collections.Immutable;
using MailDashboard.Monitoring.Alerting.Notices;

namespace MailDashboard.Monitoring.Alerting.Mails;

/// <summary>Chooses the mail that fits what is told.</summary>
internal static class AlertMails
{
    /// <summary>Kind of the summary of a first audit.</summary>
    public const string Summary = "summary";

    /// <returns>The kind as the outbox keeps it, and the mail.</returns>
    public static (string Kind, ComposedMail Mail) Compose(ImmutableArray<IncidentFacts> incidents, MailContext context)
    {
        if (incidents[0].FirstAuditOf is { } first && incidents.All(i => i is { IsListing: true, Telling: Telling.Opened } && i.FirstAuditOf == first))
        {
            return (Summary, new SummaryMail(first.Id, first.Name, [.. incidents.Select(i => i.AsListing())]).Compose(context));
        }

        return incidents switch
        {
            [{ IsListing: true, Telling: Telling.Opened } listed] => ("listed", new ListedMail(listed.AsListing()).Compose(context)),
            [{ IsListing: true, Telling: Telling.Ended } gone] => ("delisted", new DelistedMail(gone.AsListing(), gone.Until ?? gone.Since).Compose(context)),
            [var one] => (one.Telling switch { Telling.Ended => "resolved", Telling.Reminder => "reminder", _ => "opened" }, new IncidentMail(one).Compose(context)),
            _ => ("group", new GroupMail(incidents).Compose(context)),
        };
    }
}
