namespace MailDashboard.Monitoring.Persistence;

/// <summary>Whether the database can be used: a closed set that the web host turns into a page.</summary>
public abstract record DatabaseState
{
    private DatabaseState()
    {
    }

    /// <summary>Not looked at yet.</summary>
    public sealed record Pending : DatabaseState;

    /// <summary>Migrations are being applied.</summary>
    public sealed record Upgrading(IReadOnlyList<string> Migrations) : DatabaseState;

    /// <summary>Usable.</summary>
    public sealed record Ready : DatabaseState;

    /// <summary>It will not be used until a person does something: the reason says what.</summary>
    public sealed record Refused(string Reason) : DatabaseState;

    /// <summary>It does not answer; tried again by itself.</summary>
    public sealed record Unavailable(string Reason) : DatabaseState;
}
