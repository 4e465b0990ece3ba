using System.Collections.Immutable;
using MailDashboard.Checks.ClientAccess;

namespace MailDashboard.Checks.Autoconfig;

/// <summary>A file from which mail programs find their settings.</summary>
/// <param name="File">What it is asked for by, and what mail programs call it.</param>
/// <param name="MediaType">With its character set.</param>
/// <param name="SaveAs">The name to keep it under.</param>
/// <param name="Text">Its content.</param>
/// <param name="Places">The exact addresses to serve it at; empty where it is not served.</param>
public sealed record AutoconfigDownload(string File, string MediaType, string SaveAs, string Text, ImmutableArray<string> Places);

/// <summary>The files for a domain, from the settings that an audit proposed. Pure.</summary>
public static class AutoconfigDownloads
{
    /// <summary>Key of the fact about the domain that holds the proposed settings, one a line.</summary>
    public const string FactKey = "proposal";

    /// <summary>The files that can be made; none where no settings are proposed.</summary>
    /// <param name="domain">A-labels, lower case.</param>
    /// <param name="facts">The facts of the family, as an audit left them.</param>
    public static ImmutableArray<AutoconfigDownload> Of(string domain, IEnumerable<Fact> facts)
    {
        var value = facts.FirstOrDefault(f => f.Key == FactKey && f.Subject == Subject.Domain(domain))?.Value ?? "";
        ImmutableArray<MailSetting> settings = [.. value.Split('\n').Select(MailSetting.Parse).OfType<MailSetting>()];
        if (settings.IsEmpty)
        {
            return [];
        }

        const string Xml = "application/xml; charset=utf-8";
        var files = ImmutableArray.CreateBuilder<AutoconfigDownload>();
        files.Add(new AutoconfigDownload(
            "config-v1.1.xml",
            Xml,
            "config-v1.1.xml",
            AutoconfigFiles.ConfigXml(domain, settings),
            [$"https://autoconfig.{domain}/mail/config-v1.1.xml", $"https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml"]));
        files.Add(new AutoconfigDownload("autodiscover.xml", Xml, "autodiscover.xml", AutoconfigFiles.AutodiscoverXml(settings), [$"https://autodiscover.{domain}/autodiscover/autodiscover.xml"]));
        files.Add(new AutoconfigDownload("srv.zone", "text/plain; charset=utf-8", $"{domain}-srv.zone", AutoconfigFiles.ZoneLines(domain, settings), []));
        if (AppleProfile.Write(domain, settings) is { } profile)
        {
            files.Add(new AutoconfigDownload("apple.mobileconfig", "application/x-apple-aspen-config; charset=utf-8", $"{domain}.mobileconfig", profile, []));
        }

        return files.ToImmutable();
    }

    /// <summary>
    /// What to publish: for each protocol the published setting that encrypts and whose host is there, else what a settings file says, else
    /// the best known port. POP3 is not proposed on a guess.
    /// </summary>
    internal static ImmutableArray<MailSetting> Propose(AutoconfigObservation seen) =>
    [
        .. seen.Published
            .Concat(seen.Files.SelectMany(f => f.Settings ?? []))
            .Concat(AutoconfigFiles.Best(seen.Services.Where(s => s.Protocol != ClientProtocol.Pop3 || s.Origin != ServiceOrigin.Guessed)))
            .Where(s => s.Security != MailSecurity.None && MailSetting.IsHost(s.Host) && !seen.Hosts.Any(h => h.Host == s.Host && h.IsMissing == true))
            .DistinctBy(s => s.Protocol)
            .OrderBy(s => s.Protocol),
    ];
}
