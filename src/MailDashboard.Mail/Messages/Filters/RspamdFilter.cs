using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Mail.Headers;

namespace MailDashboard.Mail.Messages.Filters;

/// <summary>rspamd by its HTTP protocol: <c>/checkv2</c> of a normal worker.</summary>
/// <param name="server">The worker, for example <c>http://rspamd:11333/</c>.</param>
/// <param name="password">Sent as <c>Password</c>; null sends none.</param>
/// <param name="dns">Resolves the name.</param>
/// <param name="http">Connects, past the address guard.</param>
public sealed class RspamdFilter(Uri server, string? password, IDnsResolver dns, IHttpProbe http) : IMessageFilter
{
    private const string Called = "rspamd";
    private const int MaximumReply = 512 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public string Name => Called;

    /// <inheritdoc/>
    public async Task<FilterReport> JudgeAsync(ReadOnlyMemory<byte> message, FilterEnvelope envelope, CancellationToken cancellationToken)
    {
        var request = new HttpRequest(new Uri(server, "checkv2"))
        {
            Method = "POST",
            BodyOctets = message,
            BodyType = "application/octet-stream",
            BodyLimit = MaximumReply,
            Timeout = Patience,
            Headers = Headers(envelope),
        };
        var seen = await http.FetchAsync(request, dns, cancellationToken).ConfigureAwait(false);
        return seen switch
        {
            { End: HttpEnd.Answered, Status: 200 } => Parse(seen.Body),
            { End: HttpEnd.Answered } => FilterReport.Unavailable(Called, "FilterBroken", $"HTTP {seen.Status}"),
            { End: HttpEnd.TimedOut } => FilterReport.Unavailable(Called, "FilterTimedOut"),
            _ => FilterReport.Unavailable(Called, "FilterUnreachable", HeaderFields.Clean(seen.Failure ?? seen.End.ToString(), 200)),
        };
    }

    /// <summary>Reads a reply. Never throws.</summary>
    internal static FilterReport Parse(ReadOnlyMemory<byte> reply)
    {
        try
        {
            using var json = JsonDocument.Parse(reply, new JsonDocumentOptions { MaxDepth = 16 });
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Number(root, "score") is not { } score || Number(root, "required_score") is not { } required)
            {
                return FilterReport.Unavailable(Called, "FilterBroken", HeaderFields.Clean(root.ToString(), 200));
            }

            var rules = root.TryGetProperty("symbols", out var symbols) && symbols.ValueKind == JsonValueKind.Object
                ? symbols.EnumerateObject().Where(s => s.Value.ValueKind == JsonValueKind.Object).Select(Rule)
                : [];
            return new FilterReport(Called, score, required, [.. rules.OrderByDescending(r => r.Points).Take(MessageLimits.FilterRules)]);
        }
        catch (JsonException)
        {
            return FilterReport.Unavailable(Called, "FilterBroken", "JSON");
        }
    }

    private ImmutableArray<(string Name, string Value)> Headers(FilterEnvelope envelope)
    {
        var headers = ImmutableArray.CreateBuilder<(string, string)>();
        Add("Password", password);
        Add("From", envelope.MailFrom);
        Add("IP", envelope.Address?.ToString());
        Add("Helo", envelope.Helo);
        return headers.ToImmutable();

        // From the message: what is no plain text of a header stays out of one.
        void Add(string name, string? value)
        {
            if (value is { Length: > 0 and <= 500 } && value.All(c => c is > ' ' and < '\x7f'))
            {
                headers.Add((name, value));
            }
        }
    }

    private static FilterRule Rule(JsonProperty symbol) => new(
        HeaderFields.Clean(symbol.Name, 80),
        Number(symbol.Value, "score") ?? 0,
        symbol.Value.TryGetProperty("description", out var text) && text.ValueKind == JsonValueKind.String ? HeaderFields.Clean(text.GetString() ?? "", 300) : "");

    private static decimal? Number(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && decimal.TryParse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
