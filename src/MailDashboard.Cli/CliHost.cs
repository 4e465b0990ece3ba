using MailDashboard.Checks.Probing;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Cli;

/// <summary>Makes the resolver that the <c>--dns</c> options ask for; none asks the system's servers.</summary>
/// <exception cref="CliException">A server's name has no address.</exception>
public delegate Task<IDnsResolver> OpenResolver(IReadOnlyList<DnsServerAddress> servers, TimeProvider time, CancellationToken cancellationToken);

/// <summary>What a command has of the world: where it prints, the clock, DNS.</summary>
/// <param name="Output">Results, and nothing else.</param>
/// <param name="Error">Progress and diagnostics.</param>
/// <param name="Time">The clock.</param>
/// <param name="OpenResolver">Makes the resolver.</param>
public sealed record CliHost(TextWriter Output, TextWriter Error, TimeProvider Time, OpenResolver OpenResolver)
{
    /// <summary>Makes what connects to hosts.</summary>
    public Func<IDnsResolver, TimeProvider, HostProbes> OpenHosts { get; init; } = CliHosts.Open;

    /// <summary>Results go to a terminal: colours are welcome.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>Diagnostics go to a terminal: a progress bar is welcome.</summary>
    public bool IsErrorTerminal { get; init; }
}

/// <summary>Something that the person at the shell can mend; its message is one line.</summary>
public sealed class CliException(string message, int exitCode) : Exception(message)
{
    /// <summary>What the program ends with.</summary>
    public int ExitCode { get; } = exitCode;
}
