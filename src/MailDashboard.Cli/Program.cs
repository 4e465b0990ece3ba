using System.Text;
using MailDashboard.Cli;

// UTF-8 without a byte order mark, whatever the console's code page: what is printed is read by programs.
await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false));
await using var error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true };
var host = new CliHost(output, error, TimeProvider.System, CliResolver.OpenAsync)
{
    IsOutputTerminal = !Console.IsOutputRedirected,
    IsErrorTerminal = !Console.IsErrorRedirected,
};
return await MaildashCommand.RunAsync(args, host);
