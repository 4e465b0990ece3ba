using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;

namespace MailDashboard.Monitoring.MessageTests;

/// <summary>Spam filters to ask; from <c>MailDashboard:MessageTests</c>.</summary>
/// <param name="SpamAssassin">Host and port of spamd; null asks none.</param>
/// <param name="Rspamd">Address of a normal worker; null asks none.</param>
/// <param name="RspamdPassword">Its password, where it wants one.</param>
public sealed record MessageFilterOptions((string Host, int Port)? SpamAssassin = null, Uri? Rspamd = null, string? RspamdPassword = null)
{
    private const int SpamdPort = 783;

    /// <summary>What cannot be used; each names its variable.</summary>
    internal ImmutableArray<string> Problems { get; private init; } = [];

    internal static MessageFilterOptions Of(IConfiguration configuration)
    {
        var section = configuration.GetSection("MailDashboard:MessageTests");
        var (spamd, rspamd) = (section["SpamAssassin"]?.Trim() ?? "", section["Rspamd"]?.Trim() ?? "");
        var options = new MessageFilterOptions(Endpoint(spamd), Worker(rspamd), section["RspamdPassword"]);
        var problems = ImmutableArray.CreateBuilder<string>();
        if (spamd.Length > 0 && options.SpamAssassin is null)
        {
            problems.Add($"MailDashboard__MessageTests__SpamAssassin: \"{spamd}\" is not a host and port such as spamd:{SpamdPort}");
        }

        if (rspamd.Length > 0 && options.Rspamd is null)
        {
            problems.Add($"MailDashboard__MessageTests__Rspamd: \"{rspamd}\" is not an address such as http://rspamd:11333/");
        }

        return options with { Problems = problems.ToImmutable() };
    }

    private static (string Host, int Port)? Endpoint(string text) =>
        Uri.TryCreate($"tcp://{text}", UriKind.Absolute, out var uri) && uri is { PathAndQuery: "/" or "", UserInfo: "", Host.Length: > 0 } ? (uri.DnsSafeHost, uri.Port > 0 ? uri.Port : SpamdPort) : null;

    private static Uri? Worker(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;
}
