using System.Text;
using System.Text.Json.Nodes;
using MailDashboard.Checks;

namespace MailDashboard.Monitoring.Channels;

/// <summary>A push message of ntfy, without its topic: that is a part of the address, and put in when it is sent.</summary>
internal static class NtfyPayload
{
    private const int MostOctets = 4000;
    private const int MostOfBody = 7800;

    public static string Compose(Announcement told, ChannelTexts texts)
    {
        var open = told.Incidents.Where(i => i.State != AnnouncedState.Resolved).ToList();
        Severity? worst = open.Count > 0 ? open.Max(i => i.Severity) : null;
        var isOver = worst is null && told.Incidents.Length > 0;
        var payload = new JsonObject
        {
            ["title"] = InertText.Line(told.Subject, 200),
            ["priority"] = told.Kind == AnnouncementKind.Warning ? 4 : Priority(worst, isOver),
            ["tags"] = new JsonArray(Tag(worst, isOver, told.Kind)),
        };
        if (InertText.Link(told.Link ?? (told.Incidents.Length == 1 ? told.Incidents[0].Link : null)) is { } link)
        {
            payload["click"] = link;
        }

        // What JSON escapes grows: the body has a limit of its own.
        for (var octets = MostOctets; ; octets /= 2)
        {
            payload["message"] = Message(told, texts, octets);
            if (PayloadJson.Octets(payload) <= MostOfBody)
            {
                return PayloadJson.Write(payload);
            }
        }
    }

    private static string Message(Announcement told, ChannelTexts texts, int octets)
    {
        var message = new StringBuilder(InertText.Fit(InertText.Block(told.Text, 3000), octets / 2));
        var shown = 0;
        foreach (var incident in told.Incidents)
        {
            var title = $"{texts.Head(incident)} · {InertText.Line(incident.Title, 300)}";
            var part = told.Incidents.Length == 1 ? string.Join('\n', texts.Lines(incident).Prepend(title)) : $"• {title}";
            var room = octets - 100 - Encoding.UTF8.GetByteCount(message.ToString());
            if (told.Incidents.Length > 1 && Encoding.UTF8.GetByteCount(part) > room)
            {
                break;
            }

            message.Append(message.Length > 0 ? "\n" : "").Append(InertText.Fit(part, Math.Max(10, room)));
            shown++;
        }

        var more = told.More + told.Incidents.Length - shown;
        if (more > 0)
        {
            message.Append('\n').Append(texts.Count("More", more));
        }

        return message.ToString();
    }

    private static int Priority(Severity? worst, bool isOver) => worst switch
    {
        Severity.Critical => 5,
        Severity.Error => 4,
        Severity.Notice or Severity.Info => 2,
        null when isOver => 2,
        _ => 3,
    };

    private static string Tag(Severity? worst, bool isOver, string kind) => worst switch
    {
        >= Severity.Error => "rotating_light",
        Severity.Warning => "warning",
        null when isOver => "white_check_mark",
        null when kind == AnnouncementKind.Warning => "warning",
        _ => "information_source",
    };
}
