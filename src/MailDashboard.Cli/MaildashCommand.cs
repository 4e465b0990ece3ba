using System.CommandLine;
using MailDashboard.Cli.Commands;

namespace MailDashboard.Cli;

/// <summary>The program: parses, says in one line what is wrong, runs the command.</summary>
public static class MaildashCommand
{
    private const string Usage = "maildash COMMAND [--dns HOST[:PORT]]… [--json] …; 'maildash --help' lists the commands";

    /// <summary>Runs.</summary>
    /// <returns>The exit status.</returns>
    public static async Task<int> RunAsync(string[] args, CliHost host)
    {
        var common = new CommonOptions();
        var root = new RootCommand("Checks the mail set-up of domains: the same checks as the dashboard's pages.") { common.Dns, common.Json };
        foreach (var command in Commands())
        {
            command.SetAction((result, cancellationToken) => command.RunAsync(result, common, host, cancellationToken));
            root.Subcommands.Add(command);
        }

        // "@" begins a response file by default, and here it begins the sender of "--mail-from @example.org".
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (parsed.Errors.Count > 0)
        {
            var wrong = parsed.UnmatchedTokens is [var token, ..] ? $"'{token}' is not known here" : parsed.Errors[0].Message;
            return await FailAsync(host, OneLine(wrong), parsed, ExitCode.Usage).ConfigureAwait(false);
        }

        try
        {
            var exitCode = await parsed
                .InvokeAsync(new InvocationConfiguration { Output = host.Output, Error = host.Error, EnableDefaultExceptionHandler = false })
                .ConfigureAwait(false);
            await host.Output.FlushAsync().ConfigureAwait(false);
            return exitCode;
        }
        catch (CliException e)
        {
            return await FailAsync(host, OneLine(e.Message), parsed, e.ExitCode).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return await FailAsync(host, "interrupted", null, ExitCode.Undetermined).ConfigureAwait(false);
        }
    }

    private static IEnumerable<CliCommand> Commands() =>
    [
        new CheckCommand(),
        new SpfCommand(),
        new BlocklistCommand(),
        new TlsCommand(),
        new ExplainCommand(),
    ];

    private static async Task<int> FailAsync(CliHost host, string message, ParseResult? parsed, int exitCode)
    {
        var usage = parsed is null ? "" : $" (usage: {(parsed.CommandResult.Command as CliCommand)?.Usage ?? Usage})";
        await host.Error.WriteLineAsync($"maildash: {message}{usage}").ConfigureAwait(false);
        return exitCode;
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
