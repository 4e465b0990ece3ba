using System.Collections.Immutable;
using System.Text;
using MailDashboard.Mail.Headers;

namespace MailDashboard.Mail.Messages.Content;

/// <summary>A message before it is taken apart.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Form">Its form.</param>
/// <param name="Excesses">Why it is not taken apart; empty where it may be.</param>
internal sealed record MessageSource(HeaderAnalysis Header, FormFacts Form, ImmutableArray<Excess> Excesses)
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
            IsHeaderCut = end > MessageLimits.HeaderOctets,
        };

        if (octets.Length > MessageLimits.Octets)
        {
            excesses.Add(new Excess("octets", MessageLimits.Octets));
        }

        if (form.EmptyLines > MessageLimits.EmptyLines)
        {
            excesses.Add(new Excess("emptyLines", MessageLimits.EmptyLines));
        }

        return new MessageSource(HeaderAnalyzer.Analyze(text), form, excesses.ToImmutable());
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
