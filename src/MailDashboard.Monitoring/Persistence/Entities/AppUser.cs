using Microsoft.AspNetCore.Identity;

namespace MailDashboard.Monitoring.Persistence.Entities;

/// <summary>A person who signs in.</summary>
public sealed class AppUser : IdentityUser
{
    public string? FullName { get; set; }

    /// <summary><c>en</c> or <c>fr</c>; null follows the browser.</summary>
    public string? Language { get; set; }

    /// <summary>IANA id; null follows the browser.</summary>
    public string? TimeZone { get; set; }

    /// <summary><c>light</c>, <c>dark</c>; null follows the browser.</summary>
    public string? Theme { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? LastSignInAt { get; set; }
}

/// <summary>What people may do.</summary>
public static class AppRoles
{
    /// <summary>Everything, people and settings included.</summary>
    public const string Administrator = "Administrator";

    /// <summary>Domains, checks, alerts.</summary>
    public const string Operator = "Operator";

    /// <summary>Reads.</summary>
    public const string Viewer = "Viewer";

    public static IReadOnlyList<string> All { get; } = [Administrator, Operator, Viewer];
}
