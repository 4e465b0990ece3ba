using System.Collections.Immutable;
using System.Globalization;

namespace MailDashboard.Checks.MtaSts;

/// <summary>What senders do with a server that does not comply (RFC 8461 §5).</summary>
public enum MtaStsMode
{
    /// <summary>Nothing: no policy.</summary>
    None,

    /// <summary>They report it, and deliver all the same.</summary>
    Testing,

    /// <summary>They do not deliver to it.</summary>
    Enforce,
}

/// <summary>What makes a policy invalid, or is wrong in it.</summary>
public enum MtaStsFaultKind
{
    /// <summary><c>version: STSv1</c> is missing or another.</summary>
    Version,

    /// <summary><c>mode</c> is missing or none of the three.</summary>
    Mode,

    /// <summary><c>max_age</c> is missing, no number, or over 31,557,600.</summary>
    MaxAge,

    /// <summary>No <c>mx</c>, in a mode other than none.</summary>
    NoMx,

    /// <summary>An <c>mx</c> that is no host name, or a wildcard elsewhere than in place of the left-most label.</summary>
    BadMx,

    /// <summary>A line that is no <c>key: value</c>.</summary>
    BadLine,

    /// <summary>More lines than are read.</summary>
    TooManyLines,
}

/// <summary>A fault and the line that it is in; empty where something is missing.</summary>
public sealed record MtaStsFault(MtaStsFaultKind Kind, string Text);

/// <summary>A policy file (RFC 8461 §3.2). Reading never fails: what does not fit becomes a fault.</summary>
/// <param name="Mode">Null where it is missing or invalid.</param>
/// <param name="MaxAge">Seconds that senders remember it; null where it is missing or invalid.</param>
/// <param name="Mx">Patterns, lower case.</param>
/// <param name="Faults">Each makes the policy invalid.</param>
/// <param name="Duplicates">Keys that are there twice; the first counted.</param>
public sealed record MtaStsPolicy(MtaStsMode? Mode, int? MaxAge, ImmutableArray<string> Mx, ImmutableArray<MtaStsFault> Faults, ImmutableArray<string> Duplicates)
{
    /// <summary>The highest <c>max_age</c>, in seconds: a year.</summary>
    public const int HighestAge = 31_557_600;

    private const int LineLimit = 500;
    private const int Shown = 100;

    /// <summary>Senders apply it.</summary>
    public bool IsValid => Faults.IsEmpty;

    /// <summary>Reads a policy.</summary>
    public static MtaStsPolicy Parse(string text)
    {
        var faults = ImmutableArray.CreateBuilder<MtaStsFault>();
        var duplicates = ImmutableArray.CreateBuilder<string>();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var mx = ImmutableArray.CreateBuilder<string>();
        var count = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim(" \t\r");
            if (line.IsEmpty)
            {
                continue;
            }

            if (++count > LineLimit)
            {
                faults.Add(new MtaStsFault(MtaStsFaultKind.TooManyLines, ""));
                break;
            }

            var colon = line.IndexOf(':');
            var key = colon < 0 ? "" : line[..colon].TrimEnd(" \t").ToString();
            if (!IsKey(key))
            {
                faults.Add(new MtaStsFault(MtaStsFaultKind.BadLine, Cut(line)));
            }
            else if (key == "mx")
            {
                Pattern(line, colon, mx, faults);
            }
            else if (!values.TryAdd(key, line[(colon + 1)..].TrimStart(" \t").ToString()))
            {
                duplicates.Add(Cut(key));
            }
        }

        return Judge(values, mx.ToImmutable(), faults, duplicates.ToImmutable());
    }

    /// <summary>Whether one of the patterns covers a mail server; a wildcard stands for exactly one label (RFC 8461 §4.1).</summary>
    public bool Names(string host)
    {
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        var parent = dot > 0 ? host[(dot + 1)..] : "";
        return Mx.Any(p => p == host || (parent.Length > 0 && p.Length == parent.Length + 2 && p.StartsWith("*.", StringComparison.Ordinal) && p.EndsWith(parent, StringComparison.Ordinal)));
    }

    private static MtaStsPolicy Judge(Dictionary<string, string> values, ImmutableArray<string> mx, ImmutableArray<MtaStsFault>.Builder faults, ImmutableArray<string> duplicates)
    {
        string Line(string key) => values.TryGetValue(key, out var value) ? Cut($"{key}: {value}") : "";

        if (values.GetValueOrDefault("version") != "STSv1")
        {
            faults.Add(new MtaStsFault(MtaStsFaultKind.Version, Line("version")));
        }

        MtaStsMode? mode = values.GetValueOrDefault("mode") switch { "none" => MtaStsMode.None, "testing" => MtaStsMode.Testing, "enforce" => MtaStsMode.Enforce, _ => null };
        if (mode is null)
        {
            faults.Add(new MtaStsFault(MtaStsFaultKind.Mode, Line("mode")));
        }

        int? age = int.TryParse(values.GetValueOrDefault("max_age"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= HighestAge ? seconds : null;
        if (age is null)
        {
            faults.Add(new MtaStsFault(MtaStsFaultKind.MaxAge, Line("max_age")));
        }

        if (mx.IsEmpty && mode != MtaStsMode.None && !faults.Any(f => f.Kind == MtaStsFaultKind.BadMx))
        {
            faults.Add(new MtaStsFault(MtaStsFaultKind.NoMx, ""));
        }

        return new MtaStsPolicy(mode, age, mx, faults.ToImmutable(), duplicates);
    }

    private static void Pattern(ReadOnlySpan<char> line, int colon, ImmutableArray<string>.Builder mx, ImmutableArray<MtaStsFault>.Builder faults)
    {
        var pattern = line[(colon + 1)..].Trim(" \t").ToString().TrimEnd('.').ToLowerInvariant();
        var host = pattern.StartsWith("*.", StringComparison.Ordinal) ? pattern[2..] : pattern;
        var isHost = host.Length is > 0 and <= 253 && host.Split('.').All(l => l.Length is > 0 and <= 63) && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');
        if (isHost)
        {
            mx.Add(pattern);
        }
        else
        {
            faults.Add(new MtaStsFault(MtaStsFaultKind.BadMx, Cut(line)));
        }
    }

    private static bool IsKey(string key) => key.Length is > 0 and <= 32 && char.IsAsciiLetterOrDigit(key[0]) && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    private static string Cut(ReadOnlySpan<char> text) => text.Length <= Shown ? text.ToString() : string.Concat(text[..Shown], "…");
}
