using System.Text.RegularExpressions;
using MailDashboard.Mail.Sending;

namespace MailDashboard.Mail.Guides;

/// <summary>What became of a message, as a log tells it.</summary>
public enum LogFate
{
    /// <summary>The next server has it.</summary>
    Delivered,

    /// <summary>It is tried again.</summary>
    Deferred,

    /// <summary>It was given up.</summary>
    Failed,
}

/// <summary>A line that says what became of one message for one recipient: the proof that logging is set up.</summary>
/// <param name="Server">Whose line it is.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="QueueId">By which the other lines of the message are found.</param>
/// <param name="Recipient">Hostile text, one line, capped.</param>
/// <param name="Reply">What the next server said. Hostile text, one line, capped.</param>
/// <param name="IsEncrypted">The line says that it went encrypted; null where it does not speak of it.</param>
public sealed partial record LogLine(MailServer Server, LogFate Fate, string QueueId, string Recipient, string Reply, bool? IsEncrypted)
{
    /// <summary>Characters of a paste that are read.</summary>
    public const int LongestPaste = 200_000;

    private const int LongestLine = 4_000;
    private const int LongestField = 300;

    /// <summary>Looks for the first such line of Postfix, Exim or Exchange in what was pasted.</summary>
    /// <returns>Null where there is none.</returns>
    public static LogLine? Find(string pasted)
    {
        var text = pasted.Length > LongestPaste ? pasted[..LongestPaste] : pasted;
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.Length <= LongestLine && (OfPostfix(line) ?? OfExim(line) ?? OfExchange(line)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static LogLine? OfPostfix(string line)
    {
        var match = Postfix().Match(line);
        return match.Success
            ? new(
                MailServer.Postfix,
                match.Groups["status"].Value switch { "sent" => LogFate.Delivered, "deferred" => LogFate.Deferred, _ => LogFate.Failed },
                match.Groups["id"].Value,
                OutgoingMime.OneLine(match.Groups["to"].Value, LongestField),
                OutgoingMime.OneLine(match.Groups["reply"].Value, LongestField),
                null)
            : null;
    }

    private static LogLine? OfExim(string line)
    {
        var match = Exim().Match(line);
        if (!match.Success)
        {
            return null;
        }

        var rest = match.Groups["rest"].Value;
        return new(
            MailServer.Exim,
            match.Groups["mark"].Value switch { "=>" or "->" => LogFate.Delivered, "==" => LogFate.Deferred, _ => LogFate.Failed },
            match.Groups["id"].Value,
            OutgoingMime.OneLine(match.Groups["to"].Value, LongestField),
            OutgoingMime.OneLine(EximReply().Match(rest) is { Success: true } reply ? reply.Groups[1].Value : rest, LongestField),
            match.Groups["mark"].Value == "=>" ? rest.Contains(" X=", StringComparison.Ordinal) : null);
    }

    /// <summary>Protocol log of a send connector: date-time,connector-id,session-id,sequence,local,remote,event,data,context.</summary>
    private static LogLine? OfExchange(string line)
    {
        var match = Exchange().Match(line);
        return match.Success
            ? new(
                MailServer.Exchange,
                match.Groups["code"].Value[0] switch { '2' => LogFate.Delivered, '4' => LogFate.Deferred, _ => LogFate.Failed },
                match.Groups["session"].Value,
                "",
                OutgoingMime.OneLine(match.Groups["reply"].Value, LongestField),
                null)
            : null;
    }

    [GeneratedRegex(@"postfix(?:[-\w]*)/(?:smtp|lmtp|relay/smtp|slow/smtp)\[\d+\]: (?<id>[0-9A-Za-z]{6,20}): to=<(?<to>[^>]{1,320})>,.*?\bstatus=(?<status>sent|deferred|bounced|expired) \((?<reply>.*)\)\s*$", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Postfix();

    [GeneratedRegex(@"\b(?<id>[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}) (?<mark>=>|->|==|\*\*) (?<to>\S{1,320}) (?<rest>.*\bR=\S+ .*)$", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Exim();

    [GeneratedRegex(" C=\"(.*?)\"(?: |$)", RegexOptions.CultureInvariant, 200)]
    private static partial Regex EximReply();

    [GeneratedRegex("^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z,(?<connector>[^,]*),(?<session>[0-9A-Fa-f]{16}),\\d+,[^,]*,[^,]*,<,\"?(?<reply>(?<code>[245])\\d\\d[ -](?:[245]\\.6\\.0|2\\.0\\.0|[245]\\.\\d\\.\\d{1,3}) .*(?:Queued|queued|<|@).*?)\"?,[^,]*$", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Exchange();
}
