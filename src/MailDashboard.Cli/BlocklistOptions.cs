using System.Collections.Immutable;
using System.CommandLine;
using System.Net;
using MailDashboard.Checks.Blocklists;

namespace MailDashboard.Cli;

/// <summary>The options of every command that asks blocklists.</summary>
internal sealed class BlocklistOptions
{
    private const int ProblemsShown = 3;

    /// <summary>Whoever asks at the shell means the address, be it a private one.</summary>
    private static readonly ImmutableArray<IPNetwork> Every = [IPNetwork.Parse("0.0.0.0/0"), IPNetwork.Parse("::/0")];

    /// <summary><c>--blocklist-data FILE</c>.</summary>
    public Option<string?> Data { get; } = new("--blocklist-data")
    {
        Description = "File of lists that takes the place of ours.",
        HelpName = "FILE",
    };

    /// <summary><c>--blocklist-key ID=KEY</c>, repeatable.</summary>
    public Option<string[]> Keys { get; } = new("--blocklist-key")
    {
        Description = "Key for a list (or a publisher's lists), ID=KEY; may be repeated.",
        HelpName = "ID=KEY",
    };

    /// <summary>Adds both to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(Data);
        command.Options.Add(Keys);
    }

    /// <summary>The lists and settings that were asked for.</summary>
    /// <exception cref="CliException">The file or a key cannot be used.</exception>
    public (BlocklistCatalogue Catalogue, BlocklistSettings Settings) Read(ParseResult result)
    {
        var settings = new BlocklistSettings { DataFile = result.GetValue(Data), PrivateNetworks = Every };
        var load = BlocklistLoad.For(settings);
        if (load.Catalogue is not { } catalogue)
        {
            var more = load.Problems.Length > ProblemsShown ? $" (and {load.Problems.Length - ProblemsShown} more)" : "";
            throw new CliException($"--blocklist-data: {string.Join(' ', load.Problems.Take(ProblemsShown).Select(CliText.Clean))}{more}", ExitCode.Usage);
        }

        var keys = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var text in result.GetValue(Keys) ?? [])
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var id = equals > 0 ? text[..equals] : "";
            if (equals < 1 || equals == text.Length - 1)
            {
                // The text is not repeated: it may be a key.
                throw new CliException("--blocklist-key: give it as ID=KEY", ExitCode.Usage);
            }

            var takers = catalogue.Lists.Where(l => l.KeyedZone is not null).SelectMany(l => new[] { l.KeyId, l.Id }).Distinct().ToList();
            if (!takers.Contains(id, StringComparer.Ordinal))
            {
                throw new CliException($"--blocklist-key: '{CliDomain.Show(id)}' takes no key; these do: {string.Join(", ", takers)}", ExitCode.Usage);
            }

            keys[id] = text[(equals + 1)..];
        }

        return (catalogue, settings with { Keys = keys.ToImmutable() });
    }
}
