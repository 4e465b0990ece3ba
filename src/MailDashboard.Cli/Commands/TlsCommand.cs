using System.CommandLine;
using System.CommandLine.Parsing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Cli.Output;

namespace MailDashboard.Cli.Commands;

/// <summary><c>maildash tls</c>: versions of TLS and certificate of ports, each at every address.</summary>
internal sealed class TlsCommand : CliCommand
{
    private const int MostServices = 50;

    private readonly Argument<string[]> _services = new("HOST[:PORT]")
    {
        Description = "Host and port; without a port every port of mail (25, 465, 587, 993, 143, 995, 110).",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<TlsPrelude?> _startTls = new("--starttls")
    {
        Description = "What is spoken before the handshake: smtp, imap or pop3. Default: by the port; at unusual ports TLS begins at once.",
        HelpName = "smtp|imap|pop3",
        CustomParser = ParsePrelude,
    };

    /// <summary>The command with its options.</summary>
    public TlsCommand()
        : base(
            "tls",
            "Show which versions of TLS ports offer, and their certificates.",
            "maildash tls HOST[:PORT]… [--starttls smtp|imap|pop3] [--dns HOST[:PORT]]… [--json]")
    {
        Arguments.Add(_services);
        Options.Add(_startTls);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult result, CommonOptions common, CliHost host, CancellationToken cancellationToken)
    {
        var services = result.GetRequiredValue(_services).Select(CliService.Parse).Distinct().ToList();
        if (services.Count > MostServices)
        {
            throw new CliException($"{services.Count} hosts are too many at once; give at most {MostServices}", ExitCode.Usage);
        }

        var startTls = result.GetValue(_startTls);
        var dns = await common.OpenResolverAsync(result, host, cancellationToken).ConfigureAwait(false);
        var hosts = host.OpenHosts(dns, host.Time);
        var looks = await LookAsync(services, startTls, dns, hosts.Tls, host, cancellationToken).ConfigureAwait(false);
        var now = host.Time.GetUtcNow();
        if (result.GetValue(common.Json))
        {
            var talks = await TlsTalks.TalkAsync(hosts.Services, looks.SelectMany(l => l.Seen), cancellationToken).ConfigureAwait(false);
            await JsonOutput.WriteAsync<object>(host.Output, TlsJson.From(looks, talks, now)).ConfigureAwait(false);
        }
        else
        {
            await host.Output.WriteLineAsync(TlsPlain.Render(looks, now, Paint.For(host))).ConfigureAwait(false);
        }

        return ExitCodeOf(looks, now);
    }

    private static async Task<List<TlsLook>> LookAsync(
        List<CliService> services, TlsPrelude? startTls, IDnsResolver dns, ITlsVersionProbe probe, CliHost host, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(services.Select(s => HostAddresses.FindAsync(dns, s.Host, cancellationToken))).ConfigureAwait(false);
        var looks = services.Zip(found, (s, a) => new TlsLook(s, a, [])).ToList();
        var targets = looks.SelectMany(l => l.Targets(startTls)).Distinct().ToList();
        var seen = new List<TlsVersionObservation>();
        await foreach (var port in TlsSurvey.RunAsync(probe, targets, cancellationToken).ConfigureAwait(false))
        {
            seen.Add(port);
            if (host.IsErrorTerminal)
            {
                await host.Error.WriteAsync(seen.Count == targets.Count ? "\r\u001b[K" : $"\rlooking: {seen.Count} of {targets.Count} ports").ConfigureAwait(false);
            }
        }

        return [.. looks.Select(l => l with { Seen = [.. l.Targets(startTls).Select(t => seen.First(o => o.Target == t))] })];
    }

    /// <summary>Of a host without a port nobody said that it serves every port: one that does is enough.</summary>
    private static int ExitCodeOf(List<TlsLook> looks, DateTimeOffset now)
    {
        var states = looks.Select(l => l.Seen.Select(s => TlsPortStates.Of(s, now)).ToList()).ToList();
        return states.Exists(s => s.Exists(x => x is TlsPortState.NoTls or TlsPortState.BadCertificate)) ? ExitCode.Bad
            : states.TrueForAll(s => s.Contains(TlsPortState.Good)) ? ExitCode.Good
            : ExitCode.Undetermined;
    }

    private static TlsPrelude? ParsePrelude(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (Enum.TryParse<TlsPrelude>(text, ignoreCase: true, out var prelude) && prelude != TlsPrelude.None && Enum.IsDefined(prelude) && text.All(char.IsAsciiLetterOrDigit) && !char.IsAsciiDigit(text[0]))
        {
            return prelude;
        }

        argument.AddError($"--starttls: '{CliDomain.Show(text)}' is none of smtp, imap, pop3.");
        return null;
    }
}
