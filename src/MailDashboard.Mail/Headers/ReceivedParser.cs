using System.Text;
using System.Text.RegularExpressions;
using MimeKit.Utils;

namespace MailDashboard.Mail.Headers;

/// <summary>Reads a Received field as servers write it, which is rarely as RFC 5321 §4.4 has it.</summary>
internal static partial class ReceivedParser
{
    private const int MaximumLength = 4000;

    public static ReceivedHop Parse(string value)
    {
        var text = value.Length > MaximumLength ? value[..MaximumLength] : value;
        var semicolon = text.LastIndexOf(';');
        var clauses = Clauses(semicolon < 0 ? text : text[..semicolon]);
        var (with, comments) = (clauses.GetValueOrDefault("with").Text ?? "", string.Join(' ', clauses.Values.Select(c => c.Comment)) + " " + text);
        var protocol = with.Split(' ', 2)[0];
        var version = Version().Match(comments);
        return new ReceivedHop(Name(clauses, "from"), Name(clauses, "by"), HeaderFields.Clean(with, 80))
        {
            Client = HeaderFields.Clean(clauses.GetValueOrDefault("from").Comment ?? "", 300),
            At = semicolon >= 0 && DateUtils.TryParse(text[(semicolon + 1)..].Trim(), out var at) ? at : null,
            TlsVersion = version.Success ? $"TLS 1.{(version.Groups["minor"].Success ? version.Groups["minor"].Value : "0")}" : null,
            Cipher = Cipher().Match(comments) is { Success: true } cipher ? cipher.Groups["name"].Value : null,
            IsEncrypted = version.Success || IsSecure(protocol),
            IsAuthenticated = protocol.ToUpperInvariant() is "ESMTPA" or "ESMTPSA" or "UTF8SMTPA" or "UTF8SMTPSA" or "LMTPA" or "LMTPSA",
        };
    }

    /// <summary>The S of RFC 3848.</summary>
    private static bool IsSecure(string protocol) => protocol.ToUpperInvariant() is "ESMTPS" or "ESMTPSA" or "UTF8SMTPS" or "UTF8SMTPSA" or "LMTPS" or "LMTPSA" or "HTTPS" or "SMTPS";

    private static string Name(Dictionary<string, (string Text, string Comment)> clauses, string key) =>
        HeaderFields.Clean((clauses.GetValueOrDefault(key).Text ?? "").Split(' ', 2)[0], 260).ToLowerInvariant();

    /// <summary>What stands behind each keyword, outside and inside of brackets; a keyword in brackets is a word like any other.</summary>
    private static Dictionary<string, (string Text, string Comment)> Clauses(string text)
    {
        var clauses = new Dictionary<string, (string Text, string Comment)>();
        var (key, plain, comment, word, depth) = ("", new StringBuilder(), new StringBuilder(), new StringBuilder(), 0);
        foreach (var c in text.Append(' '))
        {
            if (c == '(' && depth++ == 0)
            {
                EndWord();
                continue;
            }

            if (c == ')' && depth > 0 && --depth == 0)
            {
                comment.Append(' ');
                continue;
            }

            if (depth > 0)
            {
                comment.Append(c);
            }
            else if (char.IsWhiteSpace(c))
            {
                EndWord();
            }
            else
            {
                word.Append(c);
            }
        }

        Close();
        return clauses;

        void EndWord()
        {
            if (word.Length == 0)
            {
                return;
            }

            var found = word.ToString();
            word.Clear();
            if (found.ToLowerInvariant() is "from" or "by" or "with" or "id" or "for" or "via" && !clauses.ContainsKey(found.ToLowerInvariant()))
            {
                Close();
                key = found.ToLowerInvariant();
            }
            else
            {
                plain.Append(plain.Length > 0 ? " " : "").Append(found);
            }
        }

        void Close()
        {
            clauses.TryAdd(key, (plain.ToString(), comment.ToString().Trim()));
            plain.Clear();
            comment.Clear();
        }
    }

    [GeneratedRegex(@"\bTLS\s?v?1(?:[._](?<minor>[0-3]))?(?![0-9A-Za-z-]|\.[A-Za-z])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Version();

    [GeneratedRegex(@"(?:\bcipher[= ]|\btls |:)(?<name>(?:TLS_|ECDHE|DHE|AES|EDH|RC4|CHACHA)[A-Za-z0-9_\-]{3,60})", RegexOptions.CultureInvariant)]
    private static partial Regex Cipher();
}
