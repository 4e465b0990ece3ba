using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using MailDashboard.Checks.Spf;
using MailDashboard.Cli.Output;

namespace MailDashboard.Cli.Commands;

/// <summary><c>maildash spf</c>: <c>check_host()</c> of RFC 7208, with the record's whole tree.</summary>
internal sealed class SpfCommand : CliCommand
{
    private readonly Option<IPAddress> _ip = new("--ip")
    {
        Description = "Address of the SMTP client.",
        HelpName = "ADDRESS",
        Required = true,
        CustomParser = ParseAddress,
    };

    private readonly Option<string> _helo = new("--helo") { Description = "Name given in HELO or EHLO.", HelpName = "NAME", Required = true };

    private readonly Option<string> _mailFrom = new("--mail-from")
    {
        Description = "Sender of the envelope; \"\" is the null sender.",
        HelpName = "ADDRESS",
        Required = true,
    };

    private readonly Option<string?> _domain = new("--domain") { Description = "Domain to look at, where it is not the sender's.", HelpName = "NAME" };

    /// <summary>The command with its options.</summary>
    public SpfCommand()
        : base(
            "spf",
            "Evaluate SPF (RFC 7208 check_host) for a client and a sender.",
            "maildash spf --ip ADDRESS --helo NAME --mail-from ADDRESS [--domain NAME] [--dns HOST[:PORT]]… [--json]")
    {
        Options.Add(_ip);
        Options.Add(_helo);
        Options.Add(_mailFrom);
        Options.Add(_domain);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult result, CommonOptions common, CliHost host, CancellationToken cancellationToken)
    {
        var request = SpfRequest.For(
            result.GetRequiredValue(_ip),
            result.GetRequiredValue(_helo),
            result.GetRequiredValue(_mailFrom),
            result.GetValue(_domain) is { Length: > 0 } domain ? domain : null);
        var dns = await common.OpenResolverAsync(result, host, cancellationToken).ConfigureAwait(false);
        var evaluation = await SpfLookup.RunAsync(dns, request, host.Time, cancellationToken).ConfigureAwait(false);
        if (result.GetValue(common.Json))
        {
            await JsonOutput.WriteAsync(host.Output, SpfJson.From(evaluation)).ConfigureAwait(false);
        }
        else
        {
            await host.Output.WriteLineAsync(SpfPlain.Render(request, evaluation)).ConfigureAwait(false);
        }

        return evaluation.Result == SpfResult.TempError ? ExitCode.Undetermined : ExitCode.Good;
    }

    private static IPAddress? ParseAddress(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;

        // The framework also takes "1" and "127.1" for addresses; a person who types them made a slip.
        if (IPAddress.TryParse(text, out var address) && (text.Contains(':', StringComparison.Ordinal) || text.Split('.').Length == 4))
        {
            return address;
        }

        argument.AddError($"--ip: '{text}' is no IPv4 or IPv6 address.");
        return null;
    }
}
