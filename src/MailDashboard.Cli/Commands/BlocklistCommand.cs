using System.CommandLine;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Cli.Output;

namespace MailDashboard.Cli.Commands;

/// <summary><c>maildash blocklist</c>: one address or domain on every list of its kind.</summary>
internal sealed class BlocklistCommand : CliCommand
{
    private readonly Argument<string> _subject = new("ADDRESS|DOMAIN") { Description = "IPv4 or IPv6 address, or domain." };
    private readonly BlocklistOptions _lists = new();

    /// <summary>The command with its options.</summary>
    public BlocklistCommand()
        : base(
            "blocklist",
            "Look an address or a domain up on blocklists.",
            "maildash blocklist ADDRESS|DOMAIN [--blocklist-data FILE] [--blocklist-key ID=KEY]… [--dns HOST[:PORT]]… [--json]")
    {
        Arguments.Add(_subject);
        _lists.AddTo(this);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult result, CommonOptions common, CliHost host, CancellationToken cancellationToken)
    {
        var subject = Subject(result.GetRequiredValue(_subject));
        var (catalogue, settings) = _lists.Read(result);
        var dns = await common.OpenResolverAsync(result, host, cancellationToken).ConfigureAwait(false);
        var probe = new BlocklistProbe(dns, catalogue, settings, new BlocklistHealth(host.Time));
        var looks = await Task.WhenAll(catalogue.Lists
            .Where(l => l.Kinds.Contains(subject.Kind))
            .Select(l => probe.LookAsync(subject, l, delivers: false, cancellationToken))).ConfigureAwait(false);
        var sorted = looks.OrderBy(l => Rank(l.State)).ThenByDescending(l => l.Weight).ToList();
        if (result.GetValue(common.Json))
        {
            await JsonOutput.WriteAsync(host.Output, BlocklistJson.From(subject, sorted)).ConfigureAwait(false);
        }
        else
        {
            await host.Output.WriteLineAsync(BlocklistPlain.Render(subject, sorted, Paint.For(host))).ConfigureAwait(false);
        }

        return looks.Any(l => l.State == ListingState.Listed) ? ExitCode.Bad
            : looks.Any(l => l.IsDetermined) ? ExitCode.Good
            : ExitCode.Undetermined;
    }

    private static BlocklistSubject Subject(string text)
    {
        if (CliDomain.TryParseAddress(text, out var address))
        {
            return BlocklistSubject.Of(address);
        }

        return CliDomain.TryParse(text, out var domain, out var problem)
            ? BlocklistSubject.Domain(domain)
            : throw new CliException(problem, ExitCode.Usage);
    }

    private static int Rank(ListingState state) => state switch
    {
        ListingState.Listed => 0,
        ListingState.Unknown => 1,
        ListingState.NotListed => 2,
        _ => 3,
    };
}
