using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using MailDashboard.Checks.ClientAccess;

namespace MailDashboard.Checks.Autoconfig;

/// <summary>Writes the files and records from which mail programs find their settings. Pure.</summary>
public static class AutoconfigFiles
{
    private static readonly XNamespace Answer = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";
    private static readonly XNamespace Outlook = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";

    /// <summary>The best port of each protocol: TLS from the first octet before STARTTLS (RFC 8314 §3).</summary>
    public static ImmutableArray<MailSetting> Best(IEnumerable<ClientService> services) =>
    [
        .. services.GroupBy(s => s.Protocol).OrderBy(g => g.Key)
            .Select(g => g.OrderByDescending(s => s.ImplicitTls).First())
            .Select(s => new MailSetting(s.Protocol, s.Host, s.Port, s.ImplicitTls ? MailSecurity.Implicit : MailSecurity.StartTls)),
    ];

    /// <summary><c>config-v1.1.xml</c>, for <c>https://autoconfig.DOMAIN/mail/</c> or <c>https://DOMAIN/.well-known/autoconfig/mail/</c>.</summary>
    public static string ConfigXml(string domain, IEnumerable<MailSetting> settings)
    {
        var provider = new XElement("emailProvider", new XAttribute("id", domain), new XElement("domain", domain), new XElement("displayName", domain), new XElement("displayShortName", domain));
        foreach (var s in settings)
        {
            var type = s.Protocol switch { ClientProtocol.Imap => "imap", ClientProtocol.Pop3 => "pop3", _ => "smtp" };
            provider.Add(new XElement(
                s.Protocol == ClientProtocol.Submission ? "outgoingServer" : "incomingServer",
                new XAttribute("type", type),
                new XElement("hostname", s.Host),
                new XElement("port", s.Port),
                new XElement("socketType", s.Security switch { MailSecurity.Implicit => "SSL", MailSecurity.StartTls => "STARTTLS", _ => "plain" }),
                new XElement("username", "%EMAILADDRESS%"),
                new XElement("authentication", "password-cleartext")));
        }

        return Write(new XElement("clientConfig", new XAttribute("version", "1.1"), provider));
    }

    /// <summary>Autodiscover's answer, for <c>https://autodiscover.DOMAIN/autodiscover/autodiscover.xml</c> (asked with POST).</summary>
    public static string AutodiscoverXml(IEnumerable<MailSetting> settings)
    {
        var account = new XElement(Outlook + "Account", new XElement(Outlook + "AccountType", "email"), new XElement(Outlook + "Action", "settings"));
        foreach (var s in settings)
        {
            var type = s.Protocol switch { ClientProtocol.Imap => "IMAP", ClientProtocol.Pop3 => "POP3", _ => "SMTP" };
            account.Add(new XElement(
                Outlook + "Protocol",
                new XElement(Outlook + "Type", type),
                new XElement(Outlook + "Server", s.Host),
                new XElement(Outlook + "Port", s.Port),
                new XElement(Outlook + "DomainRequired", "off"),
                new XElement(Outlook + "SPA", "off"),
                new XElement(Outlook + "SSL", s.Security == MailSecurity.None ? "off" : "on"),
                new XElement(Outlook + "Encryption", s.Security switch { MailSecurity.Implicit => "SSL", MailSecurity.StartTls => "TLS", _ => "None" }),
                new XElement(Outlook + "AuthRequired", "on")));
        }

        return Write(new XElement(Answer + "Autodiscover", new XElement(Outlook + "Response", account)));
    }

    /// <summary>The SRV records (RFC 6186, RFC 8314 §5.1); a setting that does not encrypt has none.</summary>
    public static ImmutableArray<ProposedRecord> SrvRecords(string domain, IEnumerable<MailSetting> settings) =>
    [
        .. settings.Where(s => s.Security != MailSecurity.None).Select(s => new ProposedRecord(
            $"{Service(s)}._tcp.{domain}", "SRV", string.Create(CultureInfo.InvariantCulture, $"0 1 {s.Port} {s.Host}."))),
    ];

    /// <summary>The same as lines of a zone file.</summary>
    public static string ZoneLines(string domain, IEnumerable<MailSetting> settings) =>
        string.Concat(SrvRecords(domain, settings).Select(r => $"{r.Name}. IN {r.Type} {r.Value}\n"));

    private static string Service(MailSetting s) => (s.Protocol, s.Security) switch
    {
        (ClientProtocol.Imap, MailSecurity.Implicit) => "_imaps",
        (ClientProtocol.Imap, _) => "_imap",
        (ClientProtocol.Pop3, MailSecurity.Implicit) => "_pop3s",
        (ClientProtocol.Pop3, _) => "_pop3",
        (_, MailSecurity.Implicit) => "_submissions",
        _ => "_submission",
    };

    internal static string Write(XElement root, XDocumentType? type = null)
    {
        using var to = new MemoryStream();
        using (var writer = XmlWriter.Create(to, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) }))
        {
            new XDocument(type, root).Save(writer);
        }

        return Encoding.UTF8.GetString(to.ToArray());
    }
}
