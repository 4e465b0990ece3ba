using System.Collections.Immutable;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>The ways to log in that a server's capabilities name (RFC 4954, RFC 9051, RFC 5034). Pure.</summary>
public static class AuthMechanisms
{
    /// <summary>Names in upper case, each once; <c>LOGIN</c> and <c>USER</c> of IMAP and POP3 included.</summary>
    /// <param name="protocol">What is spoken.</param>
    /// <param name="capabilities">As the probe read them: keywords for IMAP, lines for SMTP and POP3.</param>
    public static ImmutableArray<string> Of(TlsPrelude protocol, ImmutableArray<string> capabilities)
    {
        var lines = capabilities.Select(c => c.ToUpperInvariant()).ToList();
        IEnumerable<string> found = protocol switch
        {
            TlsPrelude.Smtp => lines.Where(l => l.StartsWith("AUTH ", StringComparison.Ordinal) || l.StartsWith("AUTH=", StringComparison.Ordinal)).SelectMany(Words),
            TlsPrelude.Imap => lines.Where(l => l.StartsWith("AUTH=", StringComparison.Ordinal)).Select(l => l[5..])
                .Concat(lines.Count > 0 && !lines.Contains("LOGINDISABLED") ? ["LOGIN"] : Array.Empty<string>()),
            TlsPrelude.Pop3 => lines.Where(l => l.StartsWith("SASL ", StringComparison.Ordinal)).SelectMany(Words).Concat(lines.Contains("USER") ? ["USER"] : Array.Empty<string>()),
            _ => [],
        };
        return [.. found.Distinct().Take(50)];
    }

    private static string[] Words(string line) => line[5..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
