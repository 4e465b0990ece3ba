using System.Collections.Immutable;
using System.Text;
using MailDashboard.Mail.Headers;
using MimeKit;

namespace MailDashboard.Mail.Messages.Content;

/// <summary>A message taken apart within bounds.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Form">Its form.</param>
/// <param name="Message">All of it; null where it exceeds a bound, which <paramref name="Excesses"/> names.</param>
internal sealed record MessageSource(HeaderAnalysis Header, FormFacts Form, MimeMessage? Message, ImmutableArray<Excess> Excesses)
{
    private static readonly ImmutableHashSet<string> Singular =
    [
        "date", "from", "sender", "reply-to", "to", "cc", "bcc", "message-id", "in-reply-to", "references", "subject",
        "mime-version", "content-type", "content-transfer-encoding", "list-unsubscribe", "list-unsubscribe-post",
    ];

    public static MessageSource Read(ReadOnlyMemory<byte> octets)
    {
        var excesses = ImmutableArray.CreateBuilder<Excess>();
        var end = WireForm.HeaderEnd(octets.Span);
        if (end > MessageLimits.HeaderOctets)
        {
            excesses.Add(new Excess("header", MessageLimits.HeaderOctets));
        }

        var text = Decode(octets.Span[..Math.Min(end, MessageLimits.HeaderOctets)]);
        var fields = HeaderFields.Split(text);
        var from = fields.Where(f => f.Name == "from").Take(5).SelectMany(f => HeaderAnalyzer.Addresses(f.Value)).ToImmutableArray();
        var form = WireForm.Scan(octets.Span, end) with
        {
            Fields = fields.DistinctBy(f => f.Name).Take(MessageLimits.Fields).ToImmutableDictionary(f => f.Name, f => f.Value),
            Repeated = [.. fields.GroupBy(f => f.Name).Where(g => Singular.Contains(g.Key) && g.Skip(1).Any()).Select(g => (g.Key, g.Count()))],
            From = from,
        };

        // A header of that size alone would keep the parser busy for long.
        var message = octets.Length > MessageLimits.Octets || end > MessageLimits.HeaderOctets ? null : PartCounter.Load(octets, excesses);
        if (octets.Length > MessageLimits.Octets)
        {
            excesses.Add(new Excess("octets", MessageLimits.Octets));
        }

        return new MessageSource(HeaderAnalyzer.Analyze(text), form, message, excesses.ToImmutable());
    }

    /// <summary>UTF-8 (RFC 6532), else octet by octet: what is neither is said by the form.</summary>
    private static string Decode(ReadOnlySpan<byte> header)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(header);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(header);
        }
    }
}
