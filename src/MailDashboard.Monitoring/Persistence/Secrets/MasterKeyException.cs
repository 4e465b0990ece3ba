namespace MailDashboard.Monitoring.Persistence.Secrets;

/// <summary>The key ring cannot be opened, and what to do about it: the program does not start.</summary>
public sealed class MasterKeyException : Exception
{
    public MasterKeyException(string message)
        : base(message)
    {
    }

    public MasterKeyException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public MasterKeyException()
    {
    }
}
