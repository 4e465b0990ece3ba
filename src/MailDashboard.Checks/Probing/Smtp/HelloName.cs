using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace MailDashboard.Checks.Probing.Smtp;

/// <summary>How we introduce ourselves (RFC 5321 §4.1.1.1): a full name, else the address that we speak from.</summary>
internal static class HelloName
{
    /// <summary>The name configured, the machine's full name, or an address literal (RFC 5321 §4.1.3).</summary>
    public static string For(string? configured, EndPoint? local)
    {
        if (configured is not null && IsName(configured))
        {
            return configured;
        }

        var machine = Machine();
        return machine.Contains('.', StringComparison.Ordinal) && IsName(machine) ? machine : Literal(local);
    }

    private static string Machine()
    {
        try
        {
            var properties = IPGlobalProperties.GetIPGlobalProperties();
            return properties.DomainName.Length > 0 && !properties.HostName.Contains('.', StringComparison.Ordinal)
                ? $"{properties.HostName}.{properties.DomainName}"
                : properties.HostName;
        }
        catch (NetworkInformationException)
        {
            return "";
        }
    }

    private static string Literal(EndPoint? local) => local is not IPEndPoint { Address: var address }
        ? "[127.0.0.1]"
        : address.AddressFamily == AddressFamily.InterNetwork ? $"[{address}]" : $"[IPv6:{new IPAddress(address.GetAddressBytes())}]";

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 253 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-') && char.IsAsciiLetterOrDigit(name[0]);
}
