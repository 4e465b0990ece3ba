using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.Probing.Http;

/// <summary>
/// Fetches over connections of our own: the client library would resolve names by the operating system and follow redirects
/// anywhere. A connection serves one request; nothing is remembered.
/// </summary>
/// <param name="connector">Opens the connection, past the address guard.</param>
/// <param name="certificates">Judges what the server shows.</param>
/// <param name="time">The clock.</param>
public sealed class HttpProbe(IConnector connector, CertificateInspector certificates, TimeProvider time) : IHttpProbe
{
    private const int HeaderKilobytes = 32;

    /// <inheritdoc/>
    public async Task<HttpObservation> FetchAsync(HttpRequest request, IDnsResolver dns, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var patience = new CancellationTokenSource(request.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var redirects = ImmutableArray.CreateBuilder<Uri>();
        var conversations = ImmutableArray.CreateBuilder<HostConversation>();
        var uri = request.Uri;
        while (true)
        {
            var (at, before) = (time.GetUtcNow(), time.GetTimestamp());
            var seen = await OnceAsync(request, uri, dns, both.Token, cancellationToken).ConfigureAwait(false);
            if (HttpConversation.Of(request, seen, at, time.GetElapsedTime(before)) is { } conversation)
            {
                conversations.Add(conversation);
            }

            seen = seen with { Redirects = redirects.ToImmutable(), Conversations = conversations.ToImmutable(), Elapsed = time.GetElapsedTime(started) };
            if (seen.Location is null || request.RedirectLimit == 0)
            {
                return seen;
            }

            if (redirects.Count == request.RedirectLimit || !Uri.TryCreate(uri, seen.Location, out var next) || !MayFollow(uri, next))
            {
                return seen with { End = HttpEnd.TooManyRedirects };
            }

            redirects.Add(uri);
            uri = next;
        }
    }

    /// <summary>From an encrypted page never to one that is not.</summary>
    private static bool MayFollow(Uri from, Uri to) =>
        to.Scheme == Uri.UriSchemeHttps || (to.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttp);

    private async Task<HttpObservation> OnceAsync(HttpRequest request, Uri uri, IDnsResolver dns, CancellationToken token, CancellationToken caller)
    {
        var attempt = new HttpAttempt(connector, certificates, dns, uri, request, time, token);
        try
        {
            using var handler = Handler(attempt);
            using var client = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
            using var message = Message(request, uri);
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, token).ConfigureAwait(false);
            attempt.Status = (int)response.StatusCode;
            var (body, isWhole) = await HttpBody.ReadAsync(response, request.BodyLimit, token).ConfigureAwait(false);
            return new HttpObservation(uri, isWhole ? HttpEnd.Answered : HttpEnd.TooLarge)
            {
                Status = (int)response.StatusCode,
                MediaType = response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant() ?? "",
                Headers = HttpBody.Headers(response),
                Body = body,
                Location = (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 ? HttpBody.Location(response) : null,
                Address = attempt.Address,
                Tls = attempt.Tls,
                Failure = isWhole ? null : $"more than {request.BodyLimit} octets",
            };
        }
        catch (OperationCanceledException)
        {
            caller.ThrowIfCancellationRequested();
            return attempt.Failed(HttpEnd.TimedOut, $"no whole answer within {request.Timeout.TotalSeconds:0.#} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AuthenticationException or SocketException or InvalidOperationException)
        {
            caller.ThrowIfCancellationRequested();
            return attempt.Failed(EndOf(e), Innermost(e).Message);
        }
    }

    private static SocketsHttpHandler Handler(HttpAttempt attempt) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = HeaderKilobytes,
        MaxResponseDrainSize = 0,
        MaxConnectionsPerServer = 1,
        ConnectTimeout = Timeout.InfiniteTimeSpan,
        ConnectCallback = (_, token) => attempt.ConnectAsync(token),
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = attempt.ChainPolicy(),
            RemoteCertificateValidationCallback = attempt.Validate,
        },
    };

    private static HttpRequestMessage Message(HttpRequest request, Uri uri)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), uri) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        message.Headers.ConnectionClose = true;
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("MailDashboard", "1.0"));
        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (!request.BodyOctets.IsEmpty)
        {
            message.Content = new ReadOnlyMemoryContent(request.BodyOctets);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(request.BodyType);
        }
        else if (request.Body is not null)
        {
            message.Content = new StringContent(request.Body, Encoding.UTF8, request.BodyType);
        }

        return message;
    }

    /// <summary>A connection that is dropped in the middle of a handshake says nothing of certificates.</summary>
    private static HttpEnd EndOf(Exception e) => e switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => Innermost(e) is IOException or SocketException ? HttpEnd.Broken : HttpEnd.Tls,
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => HttpEnd.TooLarge,
        HttpIOException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => HttpEnd.TooLarge,
        AuthenticationException => HttpEnd.Tls,
        _ => HttpEnd.Broken,
    };

    private static Exception Innermost(Exception e)
    {
        while (e.InnerException is not null)
        {
            e = e.InnerException;
        }

        return e;
    }
}
