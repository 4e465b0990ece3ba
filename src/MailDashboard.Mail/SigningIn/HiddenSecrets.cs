using System.Collections.Immutable;
using System.Net;
using System.Text;

namespace MailDashboard.Mail.SigningIn;

/// <summary>
/// Takes secrets out of what others say, in every form in which they may hand them back: as they are, in base64 wherever they stand in what
/// was encoded (RFC 4648 §4, §5), hexadecimal (§8), URL-encoded (RFC 3986 §2.1), in HTML; in capitals or not.
/// </summary>
public sealed class HiddenSecrets
{
    private const string Mask = "********";

    /// <summary>Characters. A shorter piece of base64 gives nothing away, and would hide what has nothing to do with it.</summary>
    private const int ShortestPiece = 5;

    private readonly ImmutableArray<string> _forms;

    /// <summary>Hides these.</summary>
    /// <param name="secrets">As they are; null and empty ones are none.</param>
    public HiddenSecrets(params IEnumerable<string?> secrets) =>
        _forms = [.. secrets.Where(s => !string.IsNullOrEmpty(s)).SelectMany(s => Forms(s!)).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(f => f.Length)];

    /// <summary>The text without them.</summary>
    public string Hide(string text) => _forms.Aggregate(text, (t, form) => t.Replace(form, Mask, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Forms(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        var encoded = Convert.ToBase64String(bytes);
        string[] whole = [secret, encoded, Convert.ToHexString(bytes), Uri.EscapeDataString(secret), WebUtility.UrlEncode(secret), WebUtility.HtmlEncode(secret)];
        var pieces = Enumerable.Range(0, 3).Select(before => Piece(bytes, before)).Where(p => p.Length >= ShortestPiece);
        return whole.Concat(pieces.Append(encoded).SelectMany(p => new[] { p, p.TrimEnd('=').Replace('+', '-').Replace('/', '_') })).Where(f => f.Trim().Length > 0);
    }

    /// <summary>The characters of base64 that depend on the secret alone, with so many octets before it and any behind it.</summary>
    private static string Piece(byte[] secret, int before)
    {
        var encoded = Convert.ToBase64String([.. new byte[before], .. secret]);
        var first = before == 0 ? 0 : before + 1;
        var last = (before + secret.Length) * 8 / 6;
        return last > first ? encoded[first..last] : "";
    }
}
