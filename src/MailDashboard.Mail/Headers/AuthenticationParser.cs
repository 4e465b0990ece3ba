using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MailDashboard.Checks.TagLists;
using MimeKit.Cryptography;

namespace MailDashboard.Mail.Headers;

/// <summary>Reads Authentication-Results (RFC 8601) and the ARC fields (RFC 8617).</summary>
internal static class AuthenticationParser
{
    private const int MaximumResults = 50;
    /// <summary>Sets of a chain (RFC 8617 §4.2.1).</summary>
    public const int MaximumSets = 50;

    /// <summary>Null where the value cannot be read.</summary>
    public static AuthenticationField? Parse(string value)
    {
        if (!AuthenticationResults.TryParse(Encoding.UTF8.GetBytes(value), out var parsed) && !AuthenticationResults.TryParse(Encoding.UTF8.GetBytes(WithoutOddities(value)), out parsed))
        {
            return null;
        }

        return new AuthenticationField(
            HeaderFields.Clean(parsed.AuthenticationServiceIdentifier ?? "", 260).ToLowerInvariant(),
            [.. parsed.Results.Take(MaximumResults).Select(Result)]);
    }

    /// <summary>Sets by instance; the fields that carry no usable <c>i=</c> are left out.</summary>
    public static ImmutableArray<ArcSet> Arc(IReadOnlyList<HeaderField> fields)
    {
        var byInstance = fields
            .Where(f => f.Name is "arc-seal" or "arc-message-signature" or "arc-authentication-results")
            .Select(f => (Field: f, Instance: Instance(f.Value)))
            .Where(x => x.Instance is >= 1 and <= MaximumSets)
            .GroupBy(x => x.Instance)
            .OrderBy(g => g.Key);
        return [.. byInstance.Select(g => Set(g.Key, [.. g.Select(x => x.Field)]))];
    }

    /// <summary>Fastmail adds properties without a type (<c>x-bits=2048</c>), others empty results: none of it is in RFC 8601 §2.2, and the rest is good.</summary>
    private static string WithoutOddities(string value) => string.Join("; ", value
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(result => string.Join(' ', result.Split(' ').Where((word, index) => index == 0 || !IsUntyped(word)))));

    private static bool IsUntyped(string word) =>
        word.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals && word.AsSpan(0, equals).IndexOfAny('.', '(', '"') < 0 && word.AsSpan().IndexOfAny('(', ')', '"') < 0
        && !word.StartsWith("reason=", StringComparison.OrdinalIgnoreCase);

    private static ArcSet Set(int instance, List<HeaderField> fields)
    {
        var seal = fields.Where(f => f.Name == "arc-seal").Select(f => TagList.Parse(f.Value)).FirstOrDefault();
        var results = fields.FirstOrDefault(f => f.Name == "arc-authentication-results");
        return new ArcSet(
            instance,
            HeaderFields.Clean(seal?["d"] ?? "", 260).ToLowerInvariant(),
            HeaderFields.Clean(seal?["cv"] ?? "", 20).ToLowerInvariant(),
            fields.Count == 3 && fields.DistinctBy(f => f.Name).Count() == 3)
        {
            Results = results.Value is { } value ? Parse(value) : null,
        };
    }

    /// <summary>The instance of an ARC field; 0 where it names none.</summary>
    public static int Instance(string value)
    {
        // The first tag in the results field, anywhere in the other two.
        foreach (var part in value.Split(';', 40))
        {
            var tag = part.Trim();
            if (tag.StartsWith("i=", StringComparison.Ordinal) && int.TryParse(tag.AsSpan(2).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var instance))
            {
                return instance;
            }
        }

        return 0;
    }

    private static MethodResult Result(AuthenticationMethodResult result)
    {
        string? Value(string type, string property) => result.Properties
            .FirstOrDefault(p => p.PropertyType.Equals(type, StringComparison.OrdinalIgnoreCase) && p.Property.Equals(property, StringComparison.OrdinalIgnoreCase))?.Value;

        var method = HeaderFields.Clean(result.Method, 40).ToLowerInvariant();
        var domain = method switch
        {
            "spf" => Value("smtp", "mailfrom") ?? Value("smtp", "helo"),
            "dkim" when result.Result is not "none" => Value("header", "d") ?? Value("header", "i"),
            "dmarc" => Value("header", "from"),
            _ => null,
        };
        return new MethodResult(
            method,
            HeaderFields.Clean(result.Result ?? "", 40).ToLowerInvariant(),
            [.. result.Properties.Take(MaximumResults).Select(p => HeaderFields.Clean($"{p.PropertyType}.{p.Property}={p.Value}", 300))])
        {
            Reason = HeaderFields.Clean(result.Reason ?? result.ResultComment ?? "", 300),
            Domain = domain is null ? null : Alignments.DomainOf(domain),
        };
    }
}
