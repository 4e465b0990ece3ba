using System.Collections.Immutable;
using MimeKit;
using MimeKit.Utils;

namespace MailDashboard.Mail.Headers;

/// <summary>Reads the header of a message: hops with delays, authentication, alignment, unsubscription. Pure; asks nobody.</summary>
public static class HeaderAnalyzer
{
    /// <summary>Longer texts are cut, in characters.</summary>
    public const int MaximumLength = HeaderFields.MaximumLength;

    /// <summary>More hops than this are counted and not read.</summary>
    public const int MaximumHops = 100;

    private const int MaximumResults = 30;

    /// <summary>Whether a text looks like the header of a message.</summary>
    public static bool IsHeader(string text) => HeaderFields.IsHeader(text);

    /// <summary>Analyses a pasted header, with or without the body behind it. Never throws; linear in the text.</summary>
    public static HeaderAnalysis Analyze(string text)
    {
        var fields = HeaderFields.Split(text);
        var date = First(fields, "date") is { Length: > 0 } stated && DateUtils.TryParse(stated, out var at) ? at : default(DateTimeOffset?);
        var received = fields.Where(f => f.Name == "received").ToList();
        var hops = HopChain.Order(received.Take(MaximumHops).Select(f => ReceivedParser.Parse(f.Value)), date);
        var authentication = fields.Where(f => f.Name == "authentication-results").Take(MaximumResults).Select(f => AuthenticationParser.Parse(f.Value)).OfType<AuthenticationField>().ToImmutableArray();
        var signatures = fields.Where(f => f.Name == "dkim-signature").Take(MaximumResults).Select(f => DkimSignatureField.Parse(f.Value)).ToImmutableArray();
        var (from, addresses) = From(fields);
        var fromDomain = addresses is [{ } only, ..] && only.Contains('@', StringComparison.Ordinal) && Alignments.DomainOf(only) is { Length: > 0 } domain ? domain : null;
        var receiver = HopChain.Receiver(authentication, hops);
        var analysis = new HeaderAnalysis(hops, authentication, AuthenticationParser.Arc(fields), signatures, [])
        {
            From = from,
            FromDomain = fromDomain,
            Subject = Decoded(First(fields, "subject")),
            Date = date,
            MessageId = HeaderFields.Clean(First(fields, "message-id").Trim('<', '>'), 300),
            ReplyTo = Decoded(First(fields, "reply-to")),
            Receiver = receiver,
            Alignment = Align(fromDomain, receiver),
            Unsubscribe = Unsubscribe(fields, signatures),
            Fields = fields.Count,
            Total = HopChain.Total(hops, date),
        };
        return analysis with { Notes = HeaderNotes.Of(analysis, fields, addresses, received.Count) };
    }

    /// <summary>The first value of a field; empty where there is none.</summary>
    internal static string First(List<HeaderField> fields, string name) => fields.FirstOrDefault(f => f.Name == name).Value ?? "";

    /// <summary>The addresses of a field; what cannot be read is none.</summary>
    internal static ImmutableArray<string> Addresses(string value) =>
        InternetAddressList.TryParse(value.Length > HeaderFields.MaximumValue ? value[..HeaderFields.MaximumValue] : value, out var list)
            ? [.. list.Mailboxes.Take(20).Select(m => m.Address)]
            : [];

    private static (string Shown, ImmutableArray<string> Addresses) From(List<HeaderField> fields) =>
        (Decoded(First(fields, "from")), [.. fields.Where(f => f.Name == "from").Take(5).SelectMany(f => Addresses(f.Value))]);

    /// <summary>Encoded words (RFC 2047) read; a value is short by now, and no encoding makes it longer than a few times.</summary>
    private static string Decoded(string value) => HeaderFields.Clean(Rfc2047.DecodeText(System.Text.Encoding.UTF8.GetBytes(value)));

    private static ImmutableArray<DomainAlignment> Align(string? from, AuthenticationField? receiver) =>
        from is null || receiver is null
            ? []
            : [.. receiver.Results.Where(r => r is { Method: "spf" or "dkim", Domain.Length: > 0 }).Select(r => new DomainAlignment(r.Method, r.Result, r.Domain!, Alignments.Compare(from, r.Domain!)))];

    private static UnsubscribeField? Unsubscribe(List<HeaderField> fields, ImmutableArray<DkimSignatureField> signatures)
    {
        var value = First(fields, "list-unsubscribe");
        if (value.Length == 0)
        {
            return null;
        }

        var targets = value.Split('<', 12).Skip(1).Select(p => string.Concat(p.Split('>', 2)[0].Where(c => !char.IsWhiteSpace(c)))).Where(t => t.Length > 0).Take(10).Select(t => HeaderFields.Clean(t, 500)).ToImmutableArray();
        var hasPost = First(fields, "list-unsubscribe-post").Trim().Equals("List-Unsubscribe=One-Click", StringComparison.OrdinalIgnoreCase);
        return new UnsubscribeField(
            targets,
            hasPost && targets.Any(t => t.StartsWith("https://", StringComparison.OrdinalIgnoreCase)),
            signatures.Any(s => s.CoversUnsubscription));
    }
}
