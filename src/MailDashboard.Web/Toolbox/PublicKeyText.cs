namespace MailDashboard.Web.Toolbox;

/// <summary>A public key as key generators and mail servers show it, before it is a DKIM record.</summary>
internal static class PublicKeyText
{
    private const string Begin = "-----BEGIN PUBLIC KEY-----";
    private const string End = "-----END PUBLIC KEY-----";

    /// <summary>Shorter ones are words by chance.</summary>
    private const int Shortest = 100;

    /// <summary>The record that publishes an RSA key (RFC 6376 §3.6.1); null where the text is no such key.</summary>
    public static string? ToRecord(string text)
    {
        var isFramed = text.StartsWith(Begin, StringComparison.Ordinal);
        var body = isFramed ? text[Begin.Length..].Replace(End, "", StringComparison.Ordinal) : text;
        var key = string.Concat(body.Where(c => !char.IsWhiteSpace(c)));
        return key.Length >= Shortest && key.StartsWith("MI", StringComparison.Ordinal) && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=')
            ? $"v=DKIM1; k=rsa; p={key}"
            : null;
    }
}
