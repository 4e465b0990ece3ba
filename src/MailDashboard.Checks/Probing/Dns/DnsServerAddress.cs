using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MailDashboard.Checks.Probing.Dns;

/// <summary>A DNS server as a person writes it: <c>192.0.2.53</c>, <c>192.0.2.53:5353</c>, <c>[2001:db8::53]:53</c>, <c>unbound:53</c>.</summary>
/// <param name="Host">An address, or a host name for the system's own resolver.</param>
/// <param name="Port">53 unless stated.</param>
public sealed record DnsServerAddress(string Host, int Port)
{
    private const int DefaultPort = 53;

    /// <summary>Reads one server.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong.</exception>
    public static DnsServerAddress Parse(string text) =>
        TryParse(text, out var server, out var error) ? server : throw new FormatException(error);

    /// <summary>Reads one server, or says what is wrong.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DnsServerAddress? server, [NotNullWhen(false)] out string? error)
    {
        server = null;
        error = null;
        var trimmed = text?.Trim() ?? "";
        var (host, port) = Split(trimmed);
        if (port is { } digits && !(int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 65535))
        {
            error = $"'{trimmed}' is no DNS server: the port must be a number from 1 to 65535.";
            return false;
        }

        if (!IsHost(host))
        {
            error = $"'{trimmed}' is no DNS server: expected HOST, HOST:PORT or [IPv6]:PORT.";
            return false;
        }

        server = new DnsServerAddress(host, port is null ? DefaultPort : int.Parse(port, CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>
    /// Where to send questions. A host name is looked up by the system's resolver, once, here: it is the administrator's own
    /// name for the server (a container's, as a rule), nothing that the checks came across.
    /// </summary>
    /// <exception cref="SocketException">The host name has no address.</exception>
    public async Task<ImmutableArray<IPEndPoint>> ResolveAsync(CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(Host, out var literal))
        {
            return [new IPEndPoint(literal, Port)];
        }

#pragma warning disable RS0030 // The one name that cannot be asked of the server that it names.
        var addresses = await System.Net.Dns.GetHostAddressesAsync(Host, cancellationToken).ConfigureAwait(false);
#pragma warning restore RS0030
        return [.. addresses.Select(a => new IPEndPoint(a, Port))];
    }

    /// <inheritdoc/>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static (string Host, string? Port) Split(string text)
    {
        if (text.StartsWith('['))
        {
            var close = text.IndexOf(']', StringComparison.Ordinal);
            var rest = close < 0 ? "" : text[(close + 1)..];
            var inside = close < 0 ? "" : text[1..close];
            return !inside.Contains(':', StringComparison.Ordinal) ? ("", null)
                : rest.Length == 0 ? (inside, null)
                : rest[0] == ':' ? (inside, rest[1..])
                : ("", null);
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var isBareIPv6 = colon >= 0 && text.IndexOf(':', colon + 1) >= 0;
        return colon < 0 || isBareIPv6 ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }

    private static bool IsHost(string host)
    {
        if (host.Contains(':', StringComparison.Ordinal))
        {
            return IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;
        }

        if (host.Length == 0 || host.All(c => char.IsAsciiDigit(c) || c == '.'))
        {
            // '127.1' and '12' are addresses to the system and a slip of the hand to a person.
            return host.Split('.').Length == 4 && IPAddress.TryParse(host, out _);
        }

        return Uri.CheckHostName(host) == UriHostNameType.Dns && DnsNames.CanBeAsked(DnsNames.Normalize(host));
    }
}
