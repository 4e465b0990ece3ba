namespace MailDashboard.Cli;

/// <summary>Exit statuses, the same for every command.</summary>
public static class ExitCode
{
    /// <summary>Nothing of severity error or above.</summary>
    public const int Good = 0;

    /// <summary>At least one finding of severity error or above; a listing.</summary>
    public const int Bad = 1;

    /// <summary>Could not be determined.</summary>
    public const int Undetermined = 2;

    /// <summary>Wrong usage (EX_USAGE of sysexits.h).</summary>
    public const int Usage = 64;
}
