using System.Globalization;
using System.Net.Sockets;

namespace MailDashboard.Cli;

/// <summary>A host, with a port or without, as people type it: <c>mail.example.org</c>, <c>mail.example.org:993</c>, <c>[2001:db8::1]:25</c>.</summary>
/// <param name="Host">A-labels in lower case, a single label, or an address.</param>
/// <param name="Port">Null where none was typed.</param>
internal sealed record CliService(string Host, int? Port)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="CliException">It is none.</exception>
    public static CliService Parse(string typed)
    {
        var text = typed.Trim();
        if (CliDomain.TryParseAddress(text, out var bare))
        {
            return new CliService(bare.ToString(), null);
        }

        var (host, port) = Split(text);
        if (port is null)
        {
            return new CliService(ReadHost(host, text), null);
        }

        return int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 65535
            ? new CliService(ReadHost(host, text), number)
            : throw new CliException($"'{CliDomain.Show(text)}': the port must be a number from 1 to 65535", ExitCode.Usage);
    }

    private static (string Host, string? Port) Split(string text)
    {
        if (text.StartsWith('['))
        {
            var close = text.IndexOf(']', StringComparison.Ordinal);
            return close < 0 ? (text, null)
                : close == text.Length - 1 ? (text[1..close], null)
                : text[close + 1] == ':' ? (text[1..close], text[(close + 2)..])
                : (text, null);
        }

        var colon = text.LastIndexOf(':');
        return colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }

    private static string ReadHost(string host, string typed)
    {
        if (CliDomain.TryParseAddress(host, out var address) && (address.AddressFamily == AddressFamily.InterNetwork || typed.StartsWith('[')))
        {
            return address.ToString();
        }

        // A single label is a container's name, or localhost.
        var isLabel = host.Length is > 0 and <= 63 && host[0] != '-' && host[^1] != '-' && host.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && !host.All(char.IsAsciiDigit);
        return isLabel ? host.ToLowerInvariant()
            : CliDomain.TryParse(host, out var domain, out var problem) ? domain
            : throw new CliException(problem, ExitCode.Usage);
    }
}
