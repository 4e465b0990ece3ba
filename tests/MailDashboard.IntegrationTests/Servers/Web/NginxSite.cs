using MailDashboard.IntegrationTests.Servers.Mail;

namespace MailDashboard.IntegrationTests.Servers.Web;

/// <summary>One name that nginx serves over TLS.</summary>
/// <param name="Name">Server name.</param>
/// <param name="Certificate">What it shows.</param>
public sealed record NginxSite(string Name, TestCertificate Certificate)
{
    /// <summary>Path → content.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Media type of each of them.</summary>
    public string Type { get; init; } = "text/plain";

    /// <summary>More lines for its <c>server</c> block, such as a <c>location</c> that redirects.</summary>
    public string Extra { get; init; } = "";

    /// <summary>Lines for a <c>server</c> block of the same name on port 80, without encryption; null: none.</summary>
    public string? Plain { get; init; }
}
