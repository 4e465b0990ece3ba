using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using MailDashboard.Checks.ClientAccess;

namespace MailDashboard.Checks.Autoconfig;

/// <summary>
/// Writes a configuration profile with a mail account (payload type <c>com.apple.mail.managed</c>) for iPhone, iPad and Mac. It names nobody:
/// the device asks for name, address and password when it is installed.
/// </summary>
internal static class AppleProfile
{
    private const string Password = "EmailAuthPassword";

    /// <summary>Null where mail can be read or sent, but not both.</summary>
    public static string? Write(string domain, ImmutableArray<MailSetting> settings)
    {
        var incoming = settings.FirstOrDefault(s => s.Protocol == ClientProtocol.Imap) ?? settings.FirstOrDefault(s => s.Protocol == ClientProtocol.Pop3);
        var outgoing = settings.FirstOrDefault(s => s.Protocol == ClientProtocol.Submission);
        if (incoming is null || outgoing is null)
        {
            return null;
        }

        var account = Dictionary(
            ("PayloadType", "com.apple.mail.managed"),
            ("PayloadVersion", 1),
            ("PayloadIdentifier", $"{Reverse(domain)}.mail.account"),
            ("PayloadUUID", Identity(domain, "account")),
            ("PayloadDisplayName", domain),
            ("EmailAccountDescription", domain),
            ("EmailAccountType", incoming.Protocol == ClientProtocol.Imap ? "EmailTypeIMAP" : "EmailTypePOP"),
            ("IncomingMailServerAuthentication", Password),
            ("IncomingMailServerHostName", incoming.Host),
            ("IncomingMailServerPortNumber", incoming.Port),
            ("IncomingMailServerUseSSL", true),
            ("OutgoingMailServerAuthentication", Password),
            ("OutgoingMailServerHostName", outgoing.Host),
            ("OutgoingMailServerPortNumber", outgoing.Port),
            ("OutgoingMailServerUseSSL", true),
            ("OutgoingPasswordSameAsIncomingPassword", true));
        var profile = Dictionary(
            ("PayloadContent", new XElement("array", account)),
            ("PayloadType", "Configuration"),
            ("PayloadVersion", 1),
            ("PayloadIdentifier", $"{Reverse(domain)}.mail"),
            ("PayloadUUID", Identity(domain, "profile")),
            ("PayloadDisplayName", domain));
        return AutoconfigFiles.Write(
            new XElement("plist", new XAttribute("version", "1.0"), profile),
            new XDocumentType("plist", "-//Apple//DTD PLIST 1.0//EN", "http://www.apple.com/DTDs/PropertyList-1.0.dtd", null));
    }

    private static XElement Dictionary(params (string Key, object Value)[] entries) => new("dict", entries.SelectMany(e => new[]
    {
        new XElement("key", e.Key),
        e.Value switch
        {
            XElement element => element,
            bool flag => new XElement(flag ? "true" : "false"),
            int number => new XElement("integer", number),
            var text => new XElement("string", text),
        },
    }));

    private static string Reverse(string domain) => string.Join('.', domain.Split('.').Reverse());

    /// <summary>The same domain gets the same identity, so that a newer profile replaces the older one.</summary>
    private static string Identity(string domain, string part)
    {
        var octets = SHA256.HashData(Encoding.UTF8.GetBytes($"{domain}/{part}")).AsSpan(0, 16);

        // A name-based UUID of our own making (RFC 9562 §5.8).
        octets[6] = (byte)((octets[6] & 0x0F) | 0x80);
        octets[8] = (byte)((octets[8] & 0x3F) | 0x80);
        return new Guid(octets, bigEndian: true).ToString().ToUpperInvariant();
    }
}
