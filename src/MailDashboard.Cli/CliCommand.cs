using System.CommandLine;

namespace MailDashboard.Cli;

/// <summary>
/// A command of <c>maildash</c>. To add one: derive in <c>Commands/</c>, add options in the constructor, do the work in
/// <see cref="RunAsync"/>, and name it in <see cref="MaildashCommand"/>.
/// </summary>
internal abstract class CliCommand : Command
{
    /// <summary>A command.</summary>
    /// <param name="name">As typed.</param>
    /// <param name="description">One line.</param>
    /// <param name="usage">What is right, shown after an error: <c>maildash spf --ip ADDRESS …</c>.</param>
    protected CliCommand(string name, string description, string usage)
        : base(name, description) => Usage = usage;

    /// <summary>What is right.</summary>
    public string Usage { get; }

    /// <summary>Does the work.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public abstract Task<int> RunAsync(ParseResult result, CommonOptions common, CliHost host, CancellationToken cancellationToken);
}
