using System.Globalization;
using System.Text.RegularExpressions;

namespace MailDashboard.IntegrationTests.Servers.Dns;

/// <summary>A zone as a test writes it: records only, relative to the zone; SOA (and NS, unless given) are added.</summary>
/// <param name="Name">Such as <c>good.example</c>.</param>
/// <param name="Records">Master-file lines, such as <c>@ MX 10 mx</c>.</param>
/// <param name="Signed">Sign it with DNSSEC.</param>
/// <param name="Ttl">Of every record that names none, in seconds.</param>
public sealed partial record KnotZone(string Name, string Records, bool Signed = false, int Ttl = 60)
{
    internal string FileName => $"zones/{FileSafe().Replace(Name, "_")}.zone";

    internal string Text(uint serial)
    {
        var nameServer = OwnNameServer().IsMatch(Records) ? "" : "@ NS ns\nns A 127.0.0.1\n";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"$ORIGIN {Name.TrimEnd('.')}.\n$TTL {Ttl}\n@ SOA ns hostmaster {serial} 3600 600 86400 5\n{nameServer}{Records}\n");
    }

    [GeneratedRegex(@"^@\s+(\d+\s+)?(IN\s+)?NS\s", RegexOptions.Multiline)]
    private static partial Regex OwnNameServer();

    [GeneratedRegex("[^a-zA-Z0-9.-]")]
    private static partial Regex FileSafe();
}
