namespace MailDashboard.Web.Hosting;

/// <summary>Where we listen: what the usual settings say, else a port of our own on this machine only.</summary>
internal static class ListenAddresses
{
    public const string Default = "http://localhost:5080";

    public static void UseDefault(WebApplicationBuilder builder)
    {
        if (Configured(builder.Configuration).Count == 0 && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(Default);
        }
    }

    /// <summary>The addresses that the settings name, with <c>*</c>, <c>+</c> and any-addresses turned into this machine's own.</summary>
    public static IReadOnlyList<string> Configured(IConfiguration configuration)
    {
        if (configuration["urls"] is { Length: > 0 } urls)
        {
            return [.. Split(urls).Select(ToLocal)];
        }

        return
        [
            .. Split(configuration["http_ports"]).Select(p => $"http://localhost:{p}"),
            .. Split(configuration["https_ports"]).Select(p => $"https://localhost:{p}"),
        ];
    }

    public static string ToLocal(string url) => url
        .Replace("://*", "://localhost", StringComparison.Ordinal)
        .Replace("://+", "://localhost", StringComparison.Ordinal)
        .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
        .Replace("://[::]", "://localhost", StringComparison.Ordinal);

    private static string[] Split(string? text) => (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
