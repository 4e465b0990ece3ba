using System.Security.Cryptography;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.MessageTests;

/// <summary>Addresses and times of tests. Pure, but for the dice.</summary>
internal static class MessageTestRules
{
    /// <summary>How long a test waits for its message.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromMinutes(30);

    /// <summary>No letter that is mistaken for a digit: people read addresses aloud.</summary>
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>Nearly a hundred bits.</summary>
    private const int TokenLength = 20;

    public static string NewToken() => RandomNumberGenerator.GetString(Letters, TokenLength);

    /// <summary>The address of a test; null where the mailbox takes no tests.</summary>
    public static string? Address(string mailbox, TestAddressing addressing, string token)
    {
        var at = mailbox.LastIndexOf('@');
        return addressing switch
        {
            TestAddressing.PlusAddress => $"{mailbox[..at]}+{token}{mailbox[at..]}",
            TestAddressing.CatchAll => $"{token}{mailbox[at..]}",
            _ => null,
        };
    }

    /// <summary>Between two looks: somebody stands before the page at first.</summary>
    public static TimeSpan Pace(TimeSpan age) => age switch
    {
        { TotalMinutes: < 2 } => TimeSpan.FromSeconds(3),
        { TotalMinutes: < 10 } => TimeSpan.FromSeconds(10),
        _ => TimeSpan.FromSeconds(30),
    };
}
