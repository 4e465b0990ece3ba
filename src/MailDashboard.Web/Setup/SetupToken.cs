using System.Security.Cryptography;
using System.Text;

namespace MailDashboard.Web.Setup;

/// <summary>
/// Proves that who creates the first administrator can read the console of this process: without it, whoever finds a new
/// dashboard on the network first would own it. Made at each start; <c>MailDashboard:SetupToken</c> fixes it for several instances.
/// </summary>
public sealed class SetupToken(IConfiguration configuration)
{
    // No letters that are mistaken for each other: it is typed from a console.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    public string Value { get; } = configuration["MailDashboard:SetupToken"] is { Length: >= 16 } chosen
        ? chosen
        : string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Alphabet, 5)));

    /// <summary>Compares in constant time.</summary>
    public bool Matches(string? candidate) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(candidate?.Trim() ?? "")),
        SHA256.HashData(Encoding.UTF8.GetBytes(Value)));
}
