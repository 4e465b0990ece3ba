using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Monitoring.Domains;

namespace MailDashboard.Web.Toolbox;

public sealed partial record ToolboxInput
{
    /// <summary>Names and addresses, as people copy them.</summary>
    private static class Names
    {
        public static ToolboxInput? Read(string typed)
        {
            var text = typed.Trim('"', '\'', '`', ',', ';').Trim();
            if (text is [not '<', .., '>'] && text.LastIndexOf('<') is var start and > 0 && ReadMailbox(text[start..]) is { } named)
            {
                // As mail programs copy it: Ada <ada@example.org>.
                return named;
            }

            return text.Length is 0 or > 2000 || text.Contains(' ', StringComparison.Ordinal)
                ? null
                : ReadAddress(text) ?? ReadUrl(text) ?? ReadMailbox(text) ?? ReadService(text) ?? ReadName(text);
        }

        private static ToolboxInput? ReadAddress(string text)
        {
            var bare = text is ['[', .., ']'] ? text[1..^1] : text;
            bare = bare.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase) ? bare[5..] : bare;
            return TryAddress(bare) is { } address ? new ToolboxInput(ToolboxKind.Address, address.ToString()) { Address = address } : null;
        }

        private static ToolboxInput? ReadUrl(string text)
        {
            if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            {
                return ReadMailbox(text[7..].Split('?', 2)[0]);
            }

            if (!text.Contains("://", StringComparison.Ordinal) || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            {
                return null;
            }

            if (TryAddress(uri.Host.Trim('[', ']')) is { } address)
            {
                return new ToolboxInput(ToolboxKind.Address, address.ToString()) { Address = address };
            }

            return ReadName(uri.Host) is { } name ? name with { Kind = ToolboxKind.Url, Port = uri.IsDefaultPort ? null : uri.Port } : null;
        }

        private static ToolboxInput? ReadMailbox(string text)
        {
            var bare = text is ['<', .., '>'] ? text[1..^1] : text;
            var at = bare.LastIndexOf('@');
            return at > 0 && ReadName(bare[(at + 1)..]) is { Kind: ToolboxKind.Name, Text: var name }
                ? new ToolboxInput(ToolboxKind.Mailbox, $"{bare[..at]}@{name}") { Name = name }
                : null;
        }

        private static ToolboxInput? ReadService(string text)
        {
            var colon = text.LastIndexOf(':');
            if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            {
                return null;
            }

            // Without brackets nobody can tell where an IPv6 address ends and the port begins.
            var host = text[..colon];
            if (host.Contains(':', StringComparison.Ordinal) && host is not ['[', .., ']'])
            {
                return null;
            }

            if (TryAddress(host is ['[', .., ']'] ? host[1..^1] : host) is { } address)
            {
                return new ToolboxInput(ToolboxKind.Service, text) { Address = address, Port = port };
            }

            return ReadName(host) is { } name ? new ToolboxInput(ToolboxKind.Service, $"{name.Text}:{port}") { Name = name.Text, Port = port } : null;
        }

        private static ToolboxInput? ReadName(string text)
        {
            if (DomainName.TryParse(text, out var name, out _, out _))
            {
                return new ToolboxInput(ToolboxKind.Name, name.Ascii) { Name = name.Ascii };
            }

            var plain = DnsNames.Normalize(text);
            return plain.Contains('_', StringComparison.Ordinal) && plain.Contains('.', StringComparison.Ordinal) && DnsNames.CanBeAsked(plain)
                && plain.Split('.').All(l => l.Length > 0 && l.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
                ? new ToolboxInput(ToolboxKind.DnsName, plain) { Name = plain }
                : null;
        }

        /// <summary>In its full form: the framework also takes "1" and "127.1", which nobody means.</summary>
        private static IPAddress? TryAddress(string text) =>
            !text.Contains(']', StringComparison.Ordinal) && IPAddress.TryParse(text, out var address) && (address.AddressFamily == AddressFamily.InterNetworkV6 ? text.Contains(':', StringComparison.Ordinal) : text.Count(c => c == '.') == 3)
                ? address
                : null;
    }
}
