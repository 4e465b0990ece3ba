using System.Text.Json.Nodes;
using MailDashboard.Checks;

namespace MailDashboard.Monitoring.Channels;

/// <summary>An Adaptive Card for a workflow of Microsoft Teams. Only <c>TextRun</c>: it shows Markdown as it was typed.</summary>
internal static class TeamsPayload
{
    private const int MostOctets = 20_000;

    public static string Compose(Announcement told, ChannelTexts texts)
    {
        var subject = InertText.Line(told.Subject, 500);
        var body = new JsonArray(Text(subject, isTitle: true));
        foreach (var line in InertText.Block(told.Text, 4000).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            body.Add(Text(line));
        }

        var actions = new JsonArray();
        Link(actions, told.Link, texts["Link.All"]);
        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.4",
            ["msteams"] = new JsonObject { ["width"] = "Full" },
            ["fallbackText"] = Parted(subject),
            ["body"] = body,
            ["actions"] = actions,
        };
        var message = new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["contentUrl"] = null, ["content"] = card }),
        };
        var shown = 0;
        var room = MostOctets - PayloadJson.Octets(message) - 500;
        foreach (var incident in told.Incidents)
        {
            var container = Incident(incident, texts);
            if ((room -= PayloadJson.Octets(container) + 1) < 0)
            {
                break;
            }

            body.Add(container);
            shown++;
        }

        var more = told.More + told.Incidents.Length - shown;
        if (more > 0)
        {
            body.Add(Text(texts.Count("More", more)));
        }

        return PayloadJson.Write(message);
    }

    private static JsonObject Incident(AnnouncedIncident incident, ChannelTexts texts)
    {
        var items = new JsonArray(Text(texts.Head(incident)), Text(InertText.Line(incident.Title, 300), isBold: true));
        foreach (var line in texts.Lines(incident))
        {
            items.Add(Text(line));
        }

        var actions = new JsonArray();
        Link(actions, incident.Link, texts["Link.Incident"]);
        if (actions.Count > 0)
        {
            items.Add(new JsonObject { ["type"] = "ActionSet", ["actions"] = actions });
        }

        return new() { ["type"] = "Container", ["separator"] = true, ["spacing"] = "Medium", ["style"] = Style(incident), ["items"] = items };
    }

    private static string Style(AnnouncedIncident incident) => incident switch
    {
        { State: AnnouncedState.Resolved } => "good",
        { Severity: >= Severity.Error } => "attention",
        { Severity: Severity.Warning } => "warning",
        _ => "default",
    };

    private static JsonObject Text(string text, bool isTitle = false, bool isBold = false)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = Parted(text) };
        if (isTitle || isBold)
        {
            run["weight"] = "Bolder";
        }

        if (isTitle)
        {
            run["size"] = "Large";
        }

        return new() { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(run) };
    }

    private static void Link(JsonArray actions, string? url, string label)
    {
        if (InertText.Link(url) is { } link)
        {
            actions.Add(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = label, ["url"] = link });
        }
    }

    private static string Parted(string text) => text.Replace("{{", $"{{{InertText.Parting}{{", StringComparison.Ordinal).Replace("}}", $"}}{InertText.Parting}}}", StringComparison.Ordinal);
}
