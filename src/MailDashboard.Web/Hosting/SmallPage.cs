using System.Text.Encodings.Web;

namespace MailDashboard.Web.Hosting;

/// <summary>A page that needs nothing: shown where the pages themselves cannot be.</summary>
/// <param name="Title">One line.</param>
/// <param name="Text">What it means.</param>
internal sealed record SmallPage(string Title, string Text)
{
    /// <summary>Verbatim, below the text.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Asks again by itself after so many seconds; null does not.</summary>
    public int? RefreshSeconds { get; init; }

    /// <summary>A way on: where it leads and what it says.</summary>
    public (string Href, string Label)? Link { get; init; }

    public Task WriteAsync(HttpContext context, int status, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Html(), cancellationToken);
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private string Html() =>
        $$"""
        <!DOCTYPE html>
        <html lang="{{Languages.Current}}">
        <head>
          <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
          {{(RefreshSeconds is { } seconds ? $"<meta http-equiv=\"refresh\" content=\"{seconds}\">" : "")}}
          <title>{{Encode(Title)}} – Mail Dashboard</title>
          <link rel="icon" href="data:,">
          <style>
            :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
            body { margin: 0; min-height: 100vh; display: grid; place-content: center; padding: 1.5rem; }
            main { max-width: 34rem; } h1 { font-size: 1.375rem; margin: 0 0 .5rem; } a { color: inherit; }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .75rem 1rem; border-left: 3px solid #c4501b; background: #8881; font-size: .875rem; }
          </style>
        </head>
        <body><main role="status"><h1>{{Encode(Title)}}</h1><p>{{Encode(Text)}}</p>
        {{(Detail.Length > 0 ? $"<pre>{Encode(Detail)}</pre>" : "")}}
        {{(Link is { } link ? $"<p><a href=\"{Encode(link.Href)}\">{Encode(link.Label)}</a></p>" : "")}}</main></body>
        </html>
        """;
}
