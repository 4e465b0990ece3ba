using System.Collections.Immutable;

namespace MailDashboard.Checks.Probing.Http;

/// <summary>Takes out of a response what is kept of it.</summary>
internal static class HttpBody
{
    private const int HeaderLimit = 100;
    private const int HeaderLength = 1000;

    /// <summary>The body up to a limit, and whether that was all of it.</summary>
    public static async Task<(ReadOnlyMemory<byte> Body, bool IsWhole)> ReadAsync(HttpResponseMessage response, int limit, CancellationToken token)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(token).ConfigureAwait(false);
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, token).ConfigureAwait(false);
            if (read == 0)
            {
                return (body.ToArray(), true);
            }

            var room = limit - (int)body.Length;
            body.Write(buffer, 0, Math.Min(read, room));
            if (read > room)
            {
                return (body.ToArray(), false);
            }
        }
    }

    /// <summary>The headers, as sent, cut.</summary>
    public static ImmutableArray<(string Name, string Value)> Headers(HttpResponseMessage response) =>
    [
        .. response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .SelectMany(h => h.Value.Select(v => (h.Key.ToLowerInvariant(), v.Length <= HeaderLength ? v : v[..HeaderLength])))
            .Take(HeaderLimit),
    ];

    /// <summary>Where a redirect leads; a redirect without that header is none.</summary>
    public static string? Location(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.FirstOrDefault() : null;
}
