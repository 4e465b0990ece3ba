using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace MailDashboard.Checks.Probing.Connecting;

/// <summary>Networks in CIDR notation (RFC 4632, RFC 4291 §2.3), as an administrator types them.</summary>
public static class IpNetworkList
{
    /// <summary>Reads networks and single addresses separated by spaces, commas, semicolons or line ends.</summary>
    /// <param name="text">For example <c>10.0.0.0/8, 192.168.1.7, fd00::/8</c>; null or empty is none.</param>
    /// <param name="networks">What was read, in order; empty where anything is wrong.</param>
    /// <param name="errors">One sentence for each entry that is wrong.</param>
    /// <returns>True where nothing is wrong.</returns>
    public static bool TryParse(string? text, out ImmutableArray<IPNetwork> networks, out ImmutableArray<string> errors)
    {
        var read = ImmutableArray.CreateBuilder<IPNetwork>();
        var wrong = ImmutableArray.CreateBuilder<string>();
        foreach (var entry in (text ?? "").Split([' ', '\t', '\r', '\n', ',', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (TryParseOne(entry, out var network, out var error))
            {
                read.Add(network);
            }
            else
            {
                wrong.Add(error);
            }
        }

        errors = wrong.ToImmutable();
        networks = errors.IsEmpty ? read.ToImmutable() : [];
        return errors.IsEmpty;
    }

    /// <summary>Reads networks and single addresses.</summary>
    /// <exception cref="FormatException">Something is wrong; the message says what, for every entry.</exception>
    public static ImmutableArray<IPNetwork> Parse(string? text) =>
        TryParse(text, out var networks, out var errors) ? networks : throw new FormatException(string.Join(' ', errors));

    /// <summary>Reads one network, or one address as a network of its own.</summary>
    public static bool TryParseOne(string entry, out IPNetwork network, [NotNullWhen(false)] out string? error)
    {
        network = default;
        error = null;
        var slash = entry.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? entry : entry[..slash];
        if (!TryAddress(host, out var address))
        {
            error = $"'{entry}' is no network: '{host}' is no IP address.";
            return false;
        }

        var bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var prefix = bits;
        if (slash >= 0 && !(int.TryParse(entry.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out prefix) && prefix <= bits))
        {
            error = $"'{entry}' is no network: the prefix must be a number from 0 to {bits}.";
            return false;
        }

        var first = FirstAddress(address, prefix);
        if (!first.Equals(address))
        {
            // Somebody who types 10.0.0.1/8 may mean the host: opening a whole network must not be a slip of the hand.
            error = $"'{entry}' is no network: it has bits set after the prefix; did you mean {first}/{prefix}, or {address}/{bits}?";
            return false;
        }

        network = new IPNetwork(address, prefix);
        return true;
    }

    // '10.1' and '0x0a000001' are addresses to the system and mistakes to a person.
    private static bool TryAddress(string text, [NotNullWhen(true)] out IPAddress? address) =>
        IPAddress.TryParse(text, out address)
        && !text.Contains('%', StringComparison.Ordinal)
        && (address.AddressFamily == AddressFamily.InterNetworkV6
            ? text.Contains(':', StringComparison.Ordinal) && text[0] != '['
            : address.ToString() == text);

    private static IPAddress FirstAddress(IPAddress address, int prefix)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(prefix - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }

        return new IPAddress(bytes);
    }
}
