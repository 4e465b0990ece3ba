using MailDashboard.Checks.TagLists;

namespace MailDashboard.Checks.MtaSts;

/// <summary>The TXT record that announces a policy (RFC 8461 §3.1).</summary>
/// <param name="Text">Verbatim.</param>
/// <param name="Id">Value of <c>id</c>; null where it is absent.</param>
public sealed record MtaStsRecord(string Text, string? Id)
{
    private const string Version = "v=STSv1";
    private const int IdLength = 32;
    private const int Reach = 60;

    /// <summary><see cref="Id"/> is 1 to 32 letters and digits; without it senders ignore the record.</summary>
    public bool IsValid => Id is { Length: > 0 and <= IdLength } && Id.All(char.IsAsciiLetterOrDigit);

    /// <summary>Reads a text; null where it is no such record.</summary>
    public static MtaStsRecord? Parse(string text) =>
        text.StartsWith(Version, StringComparison.Ordinal) && (text.Length == Version.Length || text[Version.Length] is ';' or ' ' or '\t')
            ? new MtaStsRecord(text, TagList.Parse(text)["id"])
            : null;

    /// <summary>A text at <c>_mta-sts</c> that was meant as the record: another case, a space, quotation marks, no version.</summary>
    public static bool IsNearMiss(string text) =>
        Parse(text) is null
        && (text.AsSpan(0, Math.Min(text.Length, Reach)).Contains("STSv", StringComparison.OrdinalIgnoreCase)
            || (TagList.Parse(text)["id"] is not null && !text.StartsWith("v=", StringComparison.OrdinalIgnoreCase)));
}
