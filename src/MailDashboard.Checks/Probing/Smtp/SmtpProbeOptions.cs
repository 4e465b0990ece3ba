namespace MailDashboard.Checks.Probing.Smtp;

/// <summary>How to talk SMTP, and how much patience a server gets.</summary>
public sealed record SmtpProbeOptions
{
    /// <summary>Port that mail is exchanged on; tests listen elsewhere.</summary>
    public int Port { get; init; } = 25;

    /// <summary>Name to say in EHLO; null takes the machine's, or the address literal where it has no full name.</summary>
    public string? HelloName { get; init; }

    /// <summary>Time for the greeting: servers that fight spam greet late on purpose.</summary>
    public TimeSpan GreetingTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for each later step: a reply to its last line, or the handshake.</summary>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for everything on one connection; the look for old TLS versions is a second one.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Time for all questions about mailboxes together, within <see cref="TotalTimeout"/>: a server may look a recipient up elsewhere.</summary>
    public TimeSpan MailboxTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Characters in a line, more than RFC 5321 §4.5.3.1.5 allows (512 octets) because servers do send more.</summary>
    public int LineLimit { get; init; } = 2048;

    /// <summary>Lines in one reply.</summary>
    public int ReplyLineLimit { get; init; } = 100;

    /// <summary>Octets of clear text in one conversation.</summary>
    public int ByteLimit { get; init; } = 64 * 1024;

    /// <summary>Makes a second connection to learn whether TLS 1.1 or 1.0 is still accepted.</summary>
    public bool LookForOldTls { get; init; } = true;
}
