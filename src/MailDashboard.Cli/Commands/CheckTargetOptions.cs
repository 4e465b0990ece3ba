using System.CommandLine;
using System.Net;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Cli.Commands;

/// <summary>What the person at the shell states about a domain, and DNS cannot tell.</summary>
internal sealed class CheckTargetOptions
{
    public Option<string[]> Selectors { get; } = new("--selector") { Description = "DKIM selector in use; may be repeated.", HelpName = "NAME" };

    public Option<string[]> OwnHosts { get; } = new("--own-host")
    {
        Description = "Mail server that is yours: it is also tested for an open relay (no message is sent); may be repeated.",
        HelpName = "NAME",
    };

    public Option<string[]> ClientHosts { get; } = new("--client-host")
    {
        Description = "Host that people's mail programs connect to, in place of those that DNS names; may be repeated.",
        HelpName = "NAME",
    };

    public Option<string[]> SendingAddresses { get; } = new("--sending-address") { Description = "Address that sends for the domain; may be repeated.", HelpName = "ADDRESS" };

    public void AddTo(Command command)
    {
        command.Options.Add(Selectors);
        command.Options.Add(OwnHosts);
        command.Options.Add(ClientHosts);
        command.Options.Add(SendingAddresses);
    }

    /// <summary>A target without its domain.</summary>
    /// <exception cref="CliException">A name or address that is none.</exception>
    public AuditTarget Read(ParseResult result) => new("")
    {
        Selectors = [.. (result.GetValue(Selectors) ?? []).Select(Selector).Distinct()],
        OwnHosts = [.. (result.GetValue(OwnHosts) ?? []).Select(h => Host("--own-host", h)).Distinct()],
        ClientHosts = [.. (result.GetValue(ClientHosts) ?? []).Select(h => Host("--client-host", h)).Distinct()],
        SendingAddresses = [.. (result.GetValue(SendingAddresses) ?? []).Select(Address).Distinct()],
    };

    private static string Selector(string typed)
    {
        var selector = DnsNames.Normalize(typed.Trim());
        return selector.Length > 0 && DnsNames.CanBeAsked(selector) && selector.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? selector
            : throw new CliException($"--selector: '{CliDomain.Show(typed)}' is no selector", ExitCode.Usage);
    }

    private static string Host(string option, string typed) =>
        CliDomain.TryParse(typed, out var host, out _) ? host : throw new CliException($"{option}: '{CliDomain.Show(typed)}' is no host name", ExitCode.Usage);

    private static IPAddress Address(string typed) =>
        IPAddress.TryParse(typed, out var address) && typed.AsSpan().ContainsAny(".:")
            ? address
            : throw new CliException($"--sending-address: '{CliDomain.Show(typed)}' is no address", ExitCode.Usage);
}
