using System.CommandLine;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Cli.Output;

namespace MailDashboard.Cli.Commands;

/// <summary><c>maildash check</c>: the audit that the pages show, for one domain or a file of them.</summary>
internal sealed class CheckCommand : CliCommand
{
    private readonly Argument<string?> _domain = new("DOMAIN") { Description = "Domain to check.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _input = new("--input") { Description = "Check every domain of a file, one a line ('-' reads standard input).", HelpName = "FILE" };

    private readonly Option<int> _concurrency = new("--concurrency")
    {
        Description = "Domains checked at the same time with --input.",
        HelpName = "N",
        DefaultValueFactory = _ => 16,
    };

    private readonly Option<bool> _transcript = new("--transcript")
    {
        Description = "With --input: print what was asked and said as well, as for a single DOMAIN.",
    };

    private static readonly TimeSpan OneRun = TimeSpan.FromHours(1);

    private readonly CheckOptions _options = new();
    private readonly CheckTargetOptions _target = new();
    private readonly BlocklistOptions _lists = new();

    /// <summary>The command with its options.</summary>
    public CheckCommand()
        : base(
            "check",
            "Check a domain's mail: records, hosts, blocklists.",
            "maildash check DOMAIN [--families ID,…] [--selector NAME]… [--own-host NAME]… [--client-host NAME]… [--sending-address ADDRESS]… [--dns-only], or maildash check --input FILE [--concurrency N] [--transcript]; both take --dns, --json, --blocklist-data, --blocklist-key")
    {
        Arguments.Add(_domain);
        Options.Add(_input);
        Options.Add(_concurrency);
        Options.Add(_transcript);
        _options.AddTo(this);
        _target.AddTo(this);
        _lists.AddTo(this);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult result, CommonOptions common, CliHost host, CancellationToken cancellationToken)
    {
        var typed = result.GetValue(_domain);
        var input = result.GetValue(_input);
        if (typed is null == input is null)
        {
            throw new CliException("give either a DOMAIN or --input FILE", ExitCode.Usage);
        }

        var concurrency = result.GetValue(_concurrency);
        if (concurrency is < 1 or > 512)
        {
            throw new CliException("--concurrency: must be 1 to 512", ExitCode.Usage);
        }

        // Many domains often share their mail servers: a server is looked at once in a run.
        var options = _options.Read(result) with { ShareHostsFor = input is null ? TimeSpan.Zero : OneRun };
        var stated = _target.Read(result);
        var settings = _lists.Read(result).Settings;
        var dns = await common.OpenResolverAsync(result, host, cancellationToken).ConfigureAwait(false);
        var audit = CreateAudit(dns, host.Time);
        async Task<AuditReport> AuditAsync(string domain, FamilyProgressLine? progress)
        {
            var report = await audit.RunAsync(stated with { Domain = domain }, options, settings, progress, cancellationToken).ConfigureAwait(false);
            progress?.End();
            await TellDefectsAsync(report, host.Error).ConfigureAwait(false);
            return report;
        }

        if (input is not null)
        {
            using var batch = new CheckBatch(host, d => AuditAsync(d, null), options.Families is not null, result.GetValue(_transcript));
            return await batch.RunAsync(input, concurrency, cancellationToken).ConfigureAwait(false);
        }

        if (!CliDomain.TryParse(typed!, out var domain, out var problem))
        {
            throw new CliException(problem, ExitCode.Usage);
        }

        var report = await AuditAsync(domain, host.IsErrorTerminal ? new FamilyProgressLine(host.Error) : null).ConfigureAwait(false);
        if (result.GetValue(common.Json))
        {
            await JsonOutput.WriteAsync(host.Output, CheckJson.From(report, withTranscript: true)).ConfigureAwait(false);
        }
        else
        {
            await host.Output.WriteLineAsync(CheckPlain.Render(report, Paint.For(host))).ConfigureAwait(false);
        }

        return CheckWords.ExitCodeOf(report, options.Families is not null);
    }

    /// <summary>The person at the shell can reach everything from here anyway: no address is refused.</summary>
    private static DomainAudit CreateAudit(IDnsResolver dns, TimeProvider time) =>
        AuditEngine.Over(dns, new AuditEngineOptions { Guard = AddressGuard.AllowAll }, time).CreateAudit(CheckFamilies.All);

    /// <summary>What a defective family threw: its outcome only names the kind.</summary>
    private static async Task TellDefectsAsync(AuditReport report, TextWriter error)
    {
        foreach (var family in report.Families.Where(f => f.Defect is not null))
        {
            var lines = family.Defect!.ToString().ReplaceLineEndings("\n").Split('\n').Select(CliText.Clean);
            await error.WriteLineAsync($"maildash: {report.Domain}: {family.Family} failed: {string.Join("\n  ", lines)}").ConfigureAwait(false);
        }
    }
}
