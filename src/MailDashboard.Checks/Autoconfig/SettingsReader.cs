using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Autoconfig;

/// <summary>
/// Reads the two files that mail programs ask for. Hostile: no document types, no outside files, bounded. Null where it is no such
/// file; never throws.
/// </summary>
public static class SettingsReader
{
    private const int CharacterLimit = 128 * 1024;
    private const int Limit = 24;

    /// <summary>Reads <c>config-v1.1.xml</c>, as Thunderbird and others ask for it.</summary>
    public static ImmutableArray<MailSetting>? ReadConfig(ReadOnlyMemory<byte> file, string domain)
    {
        if (Root(file) is not { Name.LocalName: "clientConfig" } root)
        {
            return null;
        }

        var servers = root.Descendants().Where(e => e.Name.LocalName is "incomingServer" or "outgoingServer").Take(Limit);
        return [.. servers.Select(s => Setting(
            (string?)s.Attribute("type"),
            Child(s, "hostname").Replace("%EMAILDOMAIN%", domain, StringComparison.OrdinalIgnoreCase),
            Child(s, "port"),
            Child(s, "socketType").ToUpperInvariant() switch { "SSL" or "TLS" => MailSecurity.Implicit, "STARTTLS" => MailSecurity.StartTls, _ => MailSecurity.None })).OfType<MailSetting>()];
    }

    /// <summary>Reads Autodiscover's plain XML answer. An answer that names another address, or Exchange alone, has no settings.</summary>
    public static ImmutableArray<MailSetting>? ReadAutodiscover(ReadOnlyMemory<byte> file)
    {
        if (Root(file) is not { Name.LocalName: "Autodiscover" } root)
        {
            return null;
        }

        return [.. root.Descendants().Where(e => e.Name.LocalName == "Protocol").Take(Limit).Select(p => Setting(Child(p, "Type"), Child(p, "Server"), Child(p, "Port"), Security(p))).OfType<MailSetting>()];
    }

    /// <summary><c>Encryption</c> goes before <c>SSL</c>, which is on where it is left out.</summary>
    private static MailSecurity Security(XElement protocol)
    {
        var isSubmission = Child(protocol, "Port") is "587" or "143" or "110";
        return (Child(protocol, "Encryption").ToUpperInvariant(), Child(protocol, "SSL").ToUpperInvariant()) switch
        {
            ("TLS", _) => MailSecurity.StartTls,
            ("SSL", _) => MailSecurity.Implicit,
            ("NONE", _) or ("", "OFF") => MailSecurity.None,
            _ => isSubmission ? MailSecurity.StartTls : MailSecurity.Implicit,
        };
    }

    private static MailSetting? Setting(string? type, string host, string port, MailSecurity security)
    {
        ClientProtocol? protocol = type?.Trim().ToUpperInvariant() switch
        {
            "IMAP" => ClientProtocol.Imap,
            "POP3" => ClientProtocol.Pop3,
            "SMTP" => ClientProtocol.Submission,
            _ => null,
        };
        var name = DnsNames.Normalize(host);
        return protocol is { } known && MailSetting.IsHost(name) && ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new MailSetting(known, name, number, security)
            : null;
    }

    internal static string Child(XElement parent, string name) => parent.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value.Trim() ?? "";

    /// <summary>The root element; null where it is no XML, has a document type, or is too large.</summary>
    internal static XElement? Root(ReadOnlyMemory<byte> file)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = CharacterLimit };
        try
        {
            using var stream = new MemoryStream(file.ToArray());
            using var reader = XmlReader.Create(stream, settings);
            return XDocument.Load(reader).Root;
        }
        catch (Exception e) when (e is XmlException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            return null;
        }
    }
}
