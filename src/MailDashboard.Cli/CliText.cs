namespace MailDashboard.Cli;

/// <summary>Text for a terminal.</summary>
internal static class CliText
{
    /// <summary>What strangers wrote must not steer a terminal: control and direction characters become visible marks.</summary>
    public static string Clean(string text) =>
        text.Any(IsUnsafe) ? string.Concat(text.Select(c => IsUnsafe(c) ? '\uFFFD' : c)) : text;

    private static bool IsUnsafe(char c) => char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
