using MailDashboard.Mail.SigningIn.OAuth;

namespace MailDashboard.Monitoring.Profiles.Connecting;

/// <summary>Which table an account is in.</summary>
public enum AccountTable
{
    Profiles,

    Mailboxes,
}

/// <summary>An account to be connected.</summary>
public sealed record AccountReference(AccountTable Table, int Id)
{
    /// <summary>The page to come back to, below the dashboard; null for the page of the account itself. Ours, never what a browser makes up.</summary>
    public string? BackTo { get; init; }
}

/// <summary>How connecting an account ended.</summary>
public enum ConnectEnd
{
    /// <summary>We have a lasting token.</summary>
    Connected,

    /// <summary>Nobody of this browser asked for it, or it was used before.</summary>
    NotAsked,

    /// <summary>The person declined, or the provider does not let the client ask.</summary>
    Declined,

    /// <summary>Server, client or user changed meanwhile, or the account is gone.</summary>
    Changed,

    /// <summary>There is a token, and none that lasts: the scope does not ask for it.</summary>
    NotLasting,

    /// <summary>The token endpoint refuses, or cannot be reached.</summary>
    Failed,

    /// <summary>The person took longer than there was time.</summary>
    Expired,

    /// <summary>The public address of the dashboard is not set, so that nobody can come back to it.</summary>
    NoWayBack,

    /// <summary>No endpoint for that is stored with the account.</summary>
    NoEndpoint,
}

/// <summary>How connecting an account ended.</summary>
/// <param name="End">In a word.</param>
/// <param name="Account">Null where nobody asked.</param>
/// <param name="Fault">What the token endpoint found wrong.</param>
/// <param name="Detail">What it said; one line, hostile text.</param>
public sealed record ConnectResult(ConnectEnd End, AccountReference? Account = null, TokenFault? Fault = null, string Detail = "");
