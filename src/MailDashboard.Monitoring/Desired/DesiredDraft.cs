using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Monitoring.Desired;

/// <summary>What a record should be, as it was typed.</summary>
public sealed record DesiredDraft(string Name, string Type, ImmutableArray<string> Values);

/// <summary>Why a draft cannot be pinned.</summary>
public enum DesiredProblem
{
    /// <summary>No name of DNS.</summary>
    BadName,

    /// <summary>The name is neither the domain nor below it.</summary>
    OtherDomain,

    /// <summary>Not one of <see cref="DesiredDraftValidation.Types"/>.</summary>
    BadType,

    NoValue,
    TooMany,
    TooLong,

    /// <summary>No value that a record of this type can have.</summary>
    BadValue,
}

/// <summary>Normalises what was typed, or says what is wrong with it.</summary>
public static class DesiredDraftValidation
{
    public const int MostValues = 50;
    public const int LongestValue = 4096;

    /// <summary>What can be pinned.</summary>
    public static ImmutableArray<string> Types { get; } = ["TXT", "MX", "CNAME", "NS", "CAA", "TLSA", "SRV", "A", "AAAA"];

    public static (DesiredDraft Draft, DesiredProblem? Problem) Normalise(string domain, DesiredDraft draft)
    {
        var clean = new DesiredDraft(
            DnsNames.Normalize(draft.Name.Trim()),
            draft.Type.Trim().ToUpperInvariant(),
            [.. draft.Values.Select(v => Unquoted(v.Trim())).Where(v => v.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
        return (clean, Problem(domain, clean));
    }

    private static DesiredProblem? Problem(string domain, DesiredDraft draft) => draft switch
    {
        { Name.Length: 0 } => DesiredProblem.BadName,
        _ when !DnsNames.CanBeAsked(draft.Name) || draft.Name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) => DesiredProblem.BadName,
        _ when draft.Name != domain && !draft.Name.EndsWith("." + domain, StringComparison.Ordinal) => DesiredProblem.OtherDomain,
        _ when !Types.Contains(draft.Type) => DesiredProblem.BadType,
        { Values.IsEmpty: true } => DesiredProblem.NoValue,
        { Values.Length: > MostValues } => DesiredProblem.TooMany,
        _ when draft.Values.Any(v => v.Length > LongestValue) => DesiredProblem.TooLong,
        _ when !draft.Values.All(v => IsValue(draft.Type, v)) => DesiredProblem.BadValue,
        _ => null,
    };

    /// <summary>People paste a TXT as a console shows it.</summary>
    private static string Unquoted(string value) => value.Length > 1 && value[0] == '"' && value[^1] == '"' ? value[1..^1].Replace("\" \"", "", StringComparison.Ordinal) : value;

    private static bool IsValue(string type, string value)
    {
        if (value.Any(char.IsControl))
        {
            return false;
        }

        var parts = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return type switch
        {
            "MX" => parts.Length == 2 && ushort.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out _) && IsHost(parts[1]),
            "CNAME" or "NS" => parts.Length == 1 && IsHost(value),
            "SRV" => parts.Length == 4 && parts[..3].All(p => ushort.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out _)) && IsHost(parts[3]),
            "A" => value.Count(c => c == '.') == 3 && IPAddress.TryParse(value, out var four) && four.AddressFamily == AddressFamily.InterNetwork,
            "AAAA" => IPAddress.TryParse(value, out var six) && six.AddressFamily == AddressFamily.InterNetworkV6,
            _ => true,
        };
    }

    private static bool IsHost(string name) => name == "." || (DnsNames.Normalize(name) is { Length: > 0 } host && DnsNames.CanBeAsked(host));
}
