namespace MailDashboard.Checks.Mx;

/// <summary>What a host is worth to the grade; ordered, the worst one counts.</summary>
internal enum HostVerdict
{
    /// <summary>Right.</summary>
    Good,

    /// <summary>Could not be looked at to the end.</summary>
    Open,

    /// <summary>Wrong.</summary>
    Bad,
}
