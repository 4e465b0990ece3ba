using System.Text.Json.Nodes;

namespace MailDashboard.Monitoring.Channels;

/// <summary>The JSON that the README documents.</summary>
internal static class WebhookPayload
{
    public const int Version = 1;

    private const int MostIncidents = 200;
    private const int MostDomains = 100;
    private const int MostOctets = 256 * 1024;

    public static string Compose(Announcement told)
    {
        var incidents = new JsonArray();
        var payload = new JsonObject
        {
            ["version"] = Version,
            ["kind"] = told.Kind,
            ["subject"] = InertText.Line(told.Subject, 500),
            ["text"] = InertText.Block(told.Text, 10_000),
            ["at"] = PayloadJson.Time(told.At),
            ["link"] = InertText.Link(told.Link),
            ["more"] = told.More,
            ["incidents"] = incidents,
        };
        var room = MostOctets - PayloadJson.Octets(payload) - 100;
        foreach (var incident in told.Incidents.Take(MostIncidents))
        {
            var written = Incident(incident);
            if ((room -= PayloadJson.Octets(written) + 1) < 0)
            {
                break;
            }

            incidents.Add(written);
        }

        payload["more"] = told.More + told.Incidents.Length - incidents.Count;
        return PayloadJson.Write(payload);
    }

    private static JsonObject Incident(AnnouncedIncident incident) => new()
    {
        ["id"] = incident.Id,
        ["state"] = Word(incident.State.ToString()),
        ["code"] = InertText.Line(incident.Code, 40),
        ["severity"] = Word(incident.Severity.ToString()),
        ["title"] = InertText.Line(incident.Title, 500),
        ["effect"] = InertText.Line(incident.Effect, 1000),
        ["subject"] = InertText.Line(incident.Subject, 500),
        ["domains"] = new JsonArray([.. incident.Domains.Take(MostDomains).Select(d => (JsonNode)InertText.Line(d, 253))]),
        ["moreDomains"] = incident.MoreDomains + Math.Max(0, incident.Domains.Length - MostDomains),
        ["since"] = PayloadJson.Time(incident.Since),
        ["until"] = incident.Until is { } until ? PayloadJson.Time(until) : null,
        ["firstStep"] = incident.FirstStep is { } step ? InertText.Line(step, 1000) : null,
        ["link"] = InertText.Link(incident.Link),
    };

    private static string Word(string name) => name.ToLowerInvariant();
}
