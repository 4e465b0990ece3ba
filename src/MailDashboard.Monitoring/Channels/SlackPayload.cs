using System.Text.Json.Nodes;

namespace MailDashboard.Monitoring.Channels;

/// <summary>Block Kit for an incoming webhook.</summary>
internal static class SlackPayload
{
    private const int MostBlocks = 50;
    private const int MostOfHeader = 150;
    private const int MostOfText = 2900;

    /// <summary>Not documented, but Slack refuses somewhere above 13,000 characters of all blocks.</summary>
    private const int MostTogether = 12_000;

    public static string Compose(Announcement told, ChannelTexts texts)
    {
        var subject = InertText.Line(told.Subject, 500);
        var blocks = new JsonArray(new JsonObject { ["type"] = "header", ["text"] = Plain(subject, MostOfHeader) });
        if (InertText.Block(told.Text, MostOfText) is { Length: > 0 } text)
        {
            blocks.Add(Section(text));
        }

        var shown = 0;
        foreach (var incident in told.Incidents)
        {
            var lines = string.Join('\n', texts.Lines(incident).Prepend(InertText.Line(incident.Title, 300)).Prepend(texts.Head(incident)));
            JsonNode[] next = Link(incident.Link, texts["Link.Incident"]) is { } link ? [Section(InertText.Block(lines, MostOfText)), link] : [Section(InertText.Block(lines, MostOfText))];

            // One block for what is left out, one for the link to all of it.
            if (blocks.Count + next.Length > MostBlocks - 2 || PayloadJson.Write(blocks).Length + next.Sum(b => PayloadJson.Write(b).Length) > MostTogether)
            {
                break;
            }

            Array.ForEach(next, blocks.Add);
            shown++;
        }

        var more = told.More + told.Incidents.Length - shown;
        if (more > 0)
        {
            blocks.Add(Section(texts.Count("More", more)));
        }

        if (Link(told.Link, texts["Link.All"]) is { } all)
        {
            blocks.Add(all);
        }

        return PayloadJson.Write(new JsonObject { ["text"] = Escape(Parted(subject)), ["blocks"] = blocks });
    }

    private static JsonObject Section(string text) => new() { ["type"] = "section", ["text"] = Plain(text, MostOfText) };

    private static JsonObject Plain(string text, int most) => new() { ["type"] = "plain_text", ["text"] = InertText.Cut(Parted(text), most), ["emoji"] = false };

    private static JsonObject? Link(string? url, string label) => InertText.Link(url) is { } link
        ? new()
        {
            ["type"] = "context",
            ["elements"] = new JsonArray(new JsonObject { ["type"] = "mrkdwn", ["verbatim"] = true, ["text"] = $"<{Escape(link).Replace("|", "%7C", StringComparison.Ordinal)}|{Escape(label)}>" }),
        }
        : null;

    private static string Parted(string text) => text.Replace("<", $"<{InertText.Parting}", StringComparison.Ordinal);

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
