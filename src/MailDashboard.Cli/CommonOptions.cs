using System.CommandLine;
using System.CommandLine.Parsing;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Cli;

/// <summary>The options that every command has.</summary>
public sealed class CommonOptions
{
    /// <summary><c>--dns HOST[:PORT]</c>, repeatable.</summary>
    public Option<DnsServerAddress[]> Dns { get; } = new("--dns")
    {
        Description = "DNS server to ask, HOST[:PORT]; may be repeated. Default: the system's.",
        HelpName = "HOST[:PORT]",
        Arity = ArgumentArity.OneOrMore,
        Recursive = true,
        CustomParser = ParseServers,
    };

    /// <summary><c>--json</c>.</summary>
    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON document on standard output.",
        Recursive = true,
    };

    /// <summary>The resolver that the options ask for.</summary>
    public Task<IDnsResolver> OpenResolverAsync(ParseResult result, CliHost host, CancellationToken cancellationToken) =>
        host.OpenResolver(result.GetValue(Dns) ?? [], host.Time, cancellationToken);

    private static DnsServerAddress[] ParseServers(ArgumentResult argument)
    {
        var servers = new List<DnsServerAddress>();
        foreach (var token in argument.Tokens)
        {
            if (DnsServerAddress.TryParse(token.Value, out var server, out var error))
            {
                servers.Add(server);
            }
            else
            {
                argument.AddError($"--dns: {error}");
            }
        }

        return [.. servers];
    }
}
