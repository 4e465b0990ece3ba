using System.Net;

namespace MailDashboard.Web.Toolbox;

/// <summary>What to say to a text that no tool knows: the likeliest slip by its name, so that the next try works. Pure.</summary>
internal static class ToolboxAdvice
{
    private const int MostCharacters = 20_000;

    private static readonly char[] Separators = [' ', '\t', '\r', '\n', ',', ';'];

    /// <summary>Key of what stands against asking at all; null where nothing does. What is asked goes into the address, and a secret must not.</summary>
    public static string? BeforeAsking(ToolboxInput input) =>
        input.Kind == ToolboxKind.Empty ? "Problem.Empty" : IsPrivateKey(input.Text) ? "Problem.PrivateKey" : null;

    /// <summary>Key of the sentence that helps.</summary>
    public static string About(string text)
    {
        if (IsPrivateKey(text))
        {
            return "Problem.PrivateKey";
        }

        var parts = text.Length > MostCharacters ? [] : text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            [_, _, ..] when parts.All(IsOne) => "Problem.Several",
            [var one] when one.Contains('/', StringComparison.Ordinal) && IPAddress.TryParse(one.Split('/')[0], out _) => "Problem.Network",
            [var one] when IsMeantAsAddress(one) => "Problem.Ip",
            [var one] when one.All(c => char.IsLetterOrDigit(c) || c == '-') && one.Any(char.IsLetter) && one.Length <= 63 => "Problem.Word",
            _ => "Problem.Unknown",
        };
    }

    private static bool IsOne(string part) => ToolboxInput.Recognise(part).Kind is ToolboxKind.Name or ToolboxKind.Address or ToolboxKind.Mailbox or ToolboxKind.Url;

    private static bool IsMeantAsAddress(string text) =>
        (text.Contains('.', StringComparison.Ordinal) && text.All(c => char.IsAsciiDigit(c) || c == '.'))
        || (text.Count(c => c == ':') > 1 && text.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.'));

    private static bool IsPrivateKey(string text) => text.Contains("PRIVATE KEY-----", StringComparison.Ordinal);
}
