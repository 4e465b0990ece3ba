using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Channels;

/// <summary>Posts a stored payload: to addresses that DNS gave and the guard passes now, whatever it passed when the channel was made.</summary>
public sealed class HttpChannelSender(GuardedHttp http, TimeProvider time)
{
    private const int AnswerLimit = 4096;

    /// <summary>For everything, from the first question to DNS to the last octet.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>Posts. Throws only when cancelled by the caller.</summary>
    internal async Task<PostResult> PostAsync(ChannelTarget target, string payload, string messageId, CancellationToken cancellationToken)
    {
        if (target.Url is not { } url)
        {
            return new(PostVerdict.Later, PostProblem.WrongAddress, 0, "the stored address cannot be decrypted");
        }

        var seen = await http.FetchAsync(Request(target, url, payload, messageId), cancellationToken);
        return PostJudgement.Of(seen, time.GetUtcNow(), SecretMask.Of(target));
    }

    private HttpRequest Request(ChannelTarget target, Uri url, string payload, string messageId)
    {
        var (uri, body) = target.Kind == ChannelKind.Ntfy ? WithTopic(url, payload) : (url, payload);
        return new HttpRequest(uri)
        {
            Method = "POST",
            Body = body,
            BodyType = "application/json",
            BodyLimit = AnswerLimit,
            Timeout = Timeout,
            Headers = Headers(target, body, messageId),
        };
    }

    private ImmutableArray<(string Name, string Value)> Headers(ChannelTarget target, string body, string messageId)
    {
        switch (target.Kind)
        {
            case ChannelKind.Ntfy when target.Secret is { } token:
                return [("Authorization", $"Bearer {token}")];
            case ChannelKind.Webhook:
                var at = time.GetUtcNow().ToUnixTimeSeconds();
                ImmutableArray<(string, string)> headers = [(WebhookSignature.DeliveryHeader, messageId), (WebhookSignature.TimestampHeader, at.ToString(CultureInfo.InvariantCulture))];
                return target.Secret is { } key ? headers.Add((WebhookSignature.SignatureHeader, WebhookSignature.Of(key, at, body))) : headers;
            default:
                return [];
        }
    }

    /// <summary>The last part of the address is the topic; JSON is posted to what is before it.</summary>
    private static (Uri Uri, string Body) WithTopic(Uri url, string payload)
    {
        var path = url.AbsolutePath;
        var topic = path[(path.LastIndexOf('/') + 1)..];
        var body = JsonNode.Parse(payload) as JsonObject ?? throw new JsonException("a payload is an object");
        body["topic"] = topic;
        return (new UriBuilder(url) { Path = path[..^topic.Length], Query = "" }.Uri, PayloadJson.Write(body));
    }
}
