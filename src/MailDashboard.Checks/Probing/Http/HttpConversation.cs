using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Probing.Http;

/// <summary>What a request and its answer looked like, for the transcript: the lines that say something, not all of them.</summary>
internal static class HttpConversation
{
    private static readonly ImmutableArray<string> Kept = ["content-type", "content-length", "content-encoding", "location", "server", "www-authenticate"];

    /// <summary>Null where there was no connection.</summary>
    public static HostConversation? Of(HttpRequest request, HttpObservation seen, DateTimeOffset at, TimeSpan elapsed)
    {
        if (seen.Address is not { } address)
        {
            return null;
        }

        var lines = ImmutableArray.CreateBuilder<ConversationLine>();
        if (seen.End is not (HttpEnd.Refused or HttpEnd.TimedOut or HttpEnd.Unreachable or HttpEnd.Guarded or HttpEnd.Tls) || seen.Status > 0)
        {
            lines.Add(Line(TimeSpan.Zero, fromServer: false, $"{request.Method} {seen.Uri.PathAndQuery}"));
            lines.Add(Line(TimeSpan.Zero, fromServer: false, $"Host: {seen.Uri.Authority}"));
        }

        if (seen.Status > 0)
        {
            lines.Add(Line(elapsed, fromServer: true, string.Create(CultureInfo.InvariantCulture, $"HTTP {seen.Status}")));
            lines.AddRange(seen.Headers.Where(h => Kept.Contains(h.Name)).Select(h => Line(elapsed, fromServer: true, $"{h.Name}: {h.Value}")));
            lines.Add(Line(elapsed, fromServer: true, string.Create(CultureInfo.InvariantCulture, $"[{seen.Body.Length} octets]")));
        }

        var failure = seen.Failure is { } why ? ConversationLog.Clean(why) : null;
        return new HostConversation(seen.Uri.Scheme, seen.Uri.IdnHost, address, seen.Uri.Port, failure, at, elapsed, lines.ToImmutable());
    }

    private static ConversationLine Line(TimeSpan offset, bool fromServer, string text) => new(offset, fromServer, ConversationLog.Clean(text));
}
