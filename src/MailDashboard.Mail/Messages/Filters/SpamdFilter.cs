using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Headers;

namespace MailDashboard.Mail.Messages.Filters;

/// <summary>SpamAssassin by the protocol of its daemon: REPORT of SPAMC/1.5, over TCP, to an address that the guard passed.</summary>
/// <param name="host">Host name or address of spamd.</param>
/// <param name="port">Its port, 783 as a rule.</param>
/// <param name="dns">Resolves the name.</param>
/// <param name="connector">Connects.</param>
/// <param name="time">The clock.</param>
public sealed partial class SpamdFilter(string host, int port, IDnsResolver dns, IConnector connector, TimeProvider time) : IMessageFilter
{
    private const string Called = "SpamAssassin";
    private const int MaximumReply = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public string Name => Called;

    /// <inheritdoc/>
    public async Task<FilterReport> JudgeAsync(ReadOnlyMemory<byte> message, FilterEnvelope envelope, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await AskAsync(message, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return FilterReport.Unavailable(Called, "FilterTimedOut");
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return FilterReport.Unavailable(Called, "FilterUnreachable", HeaderFields.Clean(e.Message, 200));
        }
    }

    private async Task<FilterReport> AskAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var address = await AddressAsync(cancellationToken).ConfigureAwait(false);
        if (address is null)
        {
            return FilterReport.Unavailable(Called, "FilterUnreachable", host);
        }

        var connected = await connector.ConnectAsync(new IPEndPoint(address, port), cancellationToken).ConfigureAwait(false);
        if (connected.Socket is null)
        {
            return FilterReport.Unavailable(Called, "FilterUnreachable", connected.Detail ?? connected.Status.ToString());
        }

        await using var stream = new NetworkStream(connected.Socket, ownsSocket: true);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"REPORT SPAMC/1.5\r\nContent-length: {message.Length}\r\n\r\n")), cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(message, cancellationToken).ConfigureAwait(false);
        connected.Socket.Shutdown(SocketShutdown.Send);
        return Parse(await ReadAsync(stream, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Reads a reply: status line, <c>Spam:</c>, and the table of the report. Never throws.</summary>
    internal static FilterReport Parse(string reply)
    {
        if (!reply.StartsWith("SPAMD/", StringComparison.Ordinal) || Verdict().Match(reply) is not { Success: true } verdict)
        {
            return FilterReport.Unavailable(Called, "FilterBroken", HeaderFields.Clean(reply.Split('\n')[0], 200));
        }

        var rules = new List<FilterRule>();
        foreach (var line in reply.Split('\n').Select(l => l.TrimEnd('\r')))
        {
            if (Rule().Match(line) is { Success: true } rule && Number(rule.Groups["points"].Value) is { } points)
            {
                rules.Add(new FilterRule(rule.Groups["name"].Value, points, HeaderFields.Clean(rule.Groups["text"].Value, 300)));
            }
            else if (rules is [.., var last] && Continued().IsMatch(line))
            {
                rules[^1] = last with { Description = HeaderFields.Clean($"{last.Description} {line.Trim()}", 300) };
            }
        }

        return new FilterReport(Called, Number(verdict.Groups["score"].Value) ?? 0, Number(verdict.Groups["required"].Value) ?? 0, [.. rules.OrderByDescending(r => r.Points).Take(MessageLimits.FilterRules)]);
    }

    private async Task<IPAddress?> AddressAsync(CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return literal;
        }

        var a = await dns.QueryAsync(host, DnsRecordType.A, cancellationToken).ConfigureAwait(false);
        return a.Addresses.FirstOrDefault() ?? (await dns.QueryAsync(host, DnsRecordType.AAAA, cancellationToken).ConfigureAwait(false)).Addresses.FirstOrDefault();
    }

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var (buffer, length) = (new byte[MaximumReply], 0);
        int read;
        while (length < buffer.Length && (read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false)) > 0)
        {
            length += read;
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^Spam: (?:True|False|Yes|No) ; (?<score>-?[0-9.]{1,10}) / (?<required>-?[0-9.]{1,10})", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Verdict();

    [GeneratedRegex(@"^\s{0,3}(?<points>-?[0-9]{1,4}(?:\.[0-9]{1,3})?) (?<name>[A-Z][A-Z0-9_]{1,80}) +(?<text>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^\s{20,}\S", RegexOptions.CultureInvariant)]
    private static partial Regex Continued();
}
