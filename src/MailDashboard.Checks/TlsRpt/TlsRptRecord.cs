using System.Collections.Immutable;
using MailDashboard.Checks.TagLists;

namespace MailDashboard.Checks.TlsRpt;

/// <summary>A request for reports about encryption (RFC 8460 §3).</summary>
/// <param name="Text">Verbatim.</param>
/// <param name="Fields">Its fields without the version, names as published.</param>
/// <param name="Broken">Parts that are no field, and a second <c>rua</c>; cut to 100 characters.</param>
public sealed record TlsRptRecord(string Text, ImmutableArray<Tag> Fields, ImmutableArray<string> Broken)
{
    /// <summary>What a record begins with; letters count by case.</summary>
    public const string Version = "v=TLSRPTv1";

    /// <summary>Far more fields than any record has; bounds the time that a hostile one takes.</summary>
    public const int MaximumFields = 64;

    private const int LongestName = 32;

    /// <summary>Where reports go, usable or not.</summary>
    public ImmutableArray<TlsRptDestination> Destinations { get; } =
        TlsRptDestination.ParseList(Fields.FirstOrDefault(f => f.Name == "rua").Value);

    /// <summary>Senders know where to send to.</summary>
    public bool RequestsReports => Destinations.Any(d => d.IsValid);

    /// <summary>Reads a text; null where it is no such record. Never throws.</summary>
    public static TlsRptRecord? Parse(string text)
    {
        if (!text.StartsWith(Version, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = text[Version.Length..].TrimStart(' ', '\t');
        return rest.StartsWith(';') ? Read(text, rest[1..]) : null;
    }

    private static TlsRptRecord Read(string text, string rest)
    {
        var fields = ImmutableArray.CreateBuilder<Tag>();
        var broken = ImmutableArray.CreateBuilder<string>();
        var parts = rest.Split(';', MaximumFields + 1, StringSplitOptions.TrimEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            var isLast = i == parts.Length - 1;
            if (parts[i].Length == 0 && isLast)
            {
                // One semicolon may close the record.
                break;
            }

            var equals = parts[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? "" : parts[i][..equals].TrimEnd();
            if (i == MaximumFields || !IsName(name) || (name == "rua" && fields.Any(f => f.Name == "rua")))
            {
                broken.Add(parts[i].Length <= 100 ? parts[i] : parts[i][..100]);
                continue;
            }

            fields.Add(new Tag(name, parts[i][(equals + 1)..].TrimStart()));
        }

        return new TlsRptRecord(text, fields.ToImmutable(), broken.ToImmutable());
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
