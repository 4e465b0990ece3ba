using System.Collections.Immutable;
using System.CommandLine;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;

namespace MailDashboard.Cli.Commands;

/// <summary>Which families <c>maildash check</c> runs, and how.</summary>
internal sealed class CheckOptions
{
    public Option<string[]> Families { get; } = new("--families")
    {
        Description = $"Only these, separated by commas: {string.Join(", ", CheckFamilies.All.Select(f => f.Descriptor.Id))}.",
        HelpName = "ID,…",
    };

    public Option<bool> DnsOnly { get; } = new("--dns-only") { Description = "Only what needs no connection to the domain's own hosts." };

    public void AddTo(Command command)
    {
        command.Options.Add(Families);
        command.Options.Add(DnsOnly);
    }

    /// <exception cref="CliException">An id that is none.</exception>
    public AuditOptions Read(ParseResult result)
    {
        var dnsOnly = result.GetValue(DnsOnly);
        var named = result.GetValue(Families);
        ImmutableHashSet<string>? chosen = null;
        if (named is { Length: > 0 })
        {
            chosen = [.. named.SelectMany(n => n.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(n => Family(n, dnsOnly))];
            if (chosen.IsEmpty)
            {
                throw new CliException($"--families: name at least one of {Known()}", ExitCode.Usage);
            }
        }

        return new AuditOptions { Families = chosen, DnsOnly = dnsOnly };
    }

    private static string Family(string typed, bool dnsOnly)
    {
        var id = typed.ToLowerInvariant();
        if (CheckFamilies.All.FirstOrDefault(f => f.Descriptor.Id == id) is not { } family)
        {
            throw new CliException($"--families: '{CliDomain.Show(typed)}' is no family; there are {Known()}", ExitCode.Usage);
        }

        return dnsOnly && family.Descriptor.Kind == FamilyKind.Connection
            ? throw new CliException($"--families: '{id}' connects to hosts, which --dns-only forbids", ExitCode.Usage)
            : id;
    }

    private static string Known() => string.Join(", ", CheckFamilies.All.Select(f => f.Descriptor.Id));
}
