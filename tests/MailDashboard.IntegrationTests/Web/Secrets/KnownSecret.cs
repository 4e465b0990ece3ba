using System.Net;
using System.Text;
using System.Text.Json;

namespace MailDashboard.IntegrationTests.Web.Secrets;

/// <summary>A secret that is looked for, in every form in which it may have got somewhere.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Bytes">It.</param>
internal sealed record KnownSecret(string Name, byte[] Bytes)
{
    /// <summary>Fewer characters of base64 may be there by chance.</summary>
    private const int ShortestPiece = 10;

    private readonly string[] _forms = [.. Forms(Bytes).Where(f => f.Length > 0).Distinct(StringComparer.Ordinal)];

    public KnownSecret(string name, string text)
        : this(name, Encoding.UTF8.GetBytes(text))
    {
    }

    public bool IsIn(string text) => _forms.Any(f => text.Contains(f, StringComparison.Ordinal));

    private static IEnumerable<string> Forms(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        string[] whole =
        [
            text, Encoding.Latin1.GetString(bytes), Uri.EscapeDataString(text), WebUtility.UrlEncode(text), WebUtility.HtmlEncode(text), JsonSerializer.Serialize(text).Trim('"'),
            Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes),
        ];
        var pieces = Enumerable.Range(0, 3).Select(before => Piece(bytes, before)).Where(p => p.Length >= ShortestPiece);
        return whole.Concat(pieces.SelectMany(p => new[] { p, p.Replace('+', '-').Replace('/', '_') }));
    }

    /// <summary>What base64 makes of it with so many octets before it, and any behind it.</summary>
    private static string Piece(byte[] bytes, int before)
    {
        var encoded = Convert.ToBase64String([.. new byte[before], .. bytes]);
        var first = before == 0 ? 0 : before + 1;
        return encoded[first..((before + bytes.Length) * 8 / 6)];
    }
}
