using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace MailDashboard.Web.Toolbox;

/// <summary>A question to the toolbox, as its address holds it: whoever opens the address asks the same.</summary>
/// <param name="Text">What was pasted.</param>
public sealed record ToolboxRequest(string Text)
{
    /// <summary>Longer texts, and those of several lines, go packed into the fragment, which no server and no proxy logs.</summary>
    public const int MaximumQuery = 1000;

    /// <summary>The tool chosen; null takes those that fit.</summary>
    public ToolboxTool? Tool { get; init; }

    /// <summary>Families of an audit; empty takes all.</summary>
    public ImmutableArray<string> Families { get; init; } = [];

    /// <summary>Client of an SPF evaluation.</summary>
    public string Ip { get; init; } = "";

    /// <summary>HELO name of an SPF evaluation.</summary>
    public string Helo { get; init; } = "";

    /// <summary>Sender of an SPF evaluation.</summary>
    public string MailFrom { get; init; } = "";

    /// <summary>Record type of a look-up.</summary>
    public string Type { get; init; } = "";

    /// <summary>Domain that a draft is for.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Selector of a drafted key.</summary>
    public string Selector { get; init; } = "";

    /// <summary>The address, relative to the application; null where the text is too long for one.</summary>
    public string? ToUri()
    {
        var isShort = Text.Length <= MaximumQuery && !Text.Contains('\n', StringComparison.Ordinal);
        var packed = isShort ? null : TextPacking.Pack(Text);
        if (!isShort && packed is null)
        {
            return null;
        }

        var query = new Dictionary<string, string?>
        {
            ["q"] = isShort && Text.Length > 0 ? Text : null,
            ["tool"] = Tool is { } tool ? ToolboxTools.Id(tool) : null,
            ["families"] = Families.IsDefaultOrEmpty ? null : string.Join(',', Families),
            ["ip"] = Ip,
            ["helo"] = Helo,
            ["from"] = MailFrom,
            ["type"] = Type,
            ["domain"] = Domain,
            ["selector"] = Selector,

            // Addresses that differ in their fragment alone are one page to a browser: a second text would not be read.
            ["p"] = packed is null ? null : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Text)), 0, 4),
        };
        var uri = QueryHelpers.AddQueryString("toolbox", query.Where(p => !string.IsNullOrEmpty(p.Value)).ToDictionary());
        return packed is null ? uri : $"{uri}#t={packed}";
    }

    /// <summary>Reads an address. What cannot be read is left out.</summary>
    public static ToolboxRequest Of(Uri uri)
    {
        var query = QueryHelpers.ParseQuery(uri.Query);
        string Value(string key, int limit = 300) => query.TryGetValue(key, out var values) && values.ToString().Trim() is { } value ? value[..Math.Min(value.Length, limit)] : "";

        var packed = uri.Fragment.StartsWith("#t=", StringComparison.Ordinal) ? TextPacking.Unpack(uri.Fragment[3..]) : null;
        return new ToolboxRequest(packed ?? Value("q", MaximumQuery))
        {
            Tool = ToolboxTools.Read(Value("tool")),
            Families = [.. Value("families").Split(',', 40, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            Ip = Value("ip"),
            Helo = Value("helo"),
            MailFrom = Value("from"),
            Type = Value("type", 10).ToUpperInvariant(),
            Domain = Value("domain"),
            Selector = Value("selector"),
        };
    }
}
