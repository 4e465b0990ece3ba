using System.Net;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Monitoring.Scheduling;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Settings;

/// <summary>One step of a trial; neither good nor bad where it could not be told.</summary>
public sealed record TrialStep(string What, string Seen, bool? IsGood);

/// <summary>
/// Tries the resolver and outbound port 25 on a domain that a person knows to be fine: it tells a network that closes the
/// port from a server that is down.
/// </summary>
public sealed class ConnectionTrial(LiveEngine engine, SmtpProbeOptions smtp, IPort25Vantage port25, TimeProvider time, IStringLocalizer<SettingsTexts> texts)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task<IReadOnlyList<TrialStep>> RunAsync(string typed, CancellationToken cancellationToken)
    {
        var steps = new List<TrialStep>();
        var name = DnsNames.Normalize(typed.Trim());
        if (!DnsNames.CanBeAsked(name))
        {
            return [new TrialStep(texts["Try.NotAName"], typed, false)];
        }

        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var dns = await engine.GetDnsAsync(both.Token);
            var mx = await AskAsync(dns, name, DnsRecordType.MX, steps, both.Token);
            var host = mx.Records.OfType<MxRecord>().OrderBy(r => r.Preference).FirstOrDefault(r => r.Exchange.Length > 0)?.Exchange ?? name;
            var addresses = await AskAsync(dns, host, DnsRecordType.A, steps, both.Token);
            if (addresses.Records.OfType<AddressRecord>().FirstOrDefault() is { } record)
            {
                steps.Add(await ConnectAsync(host, record.Address, both.Token));
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            steps.Add(new TrialStep(texts["Try.Limit"], $"{Patience.TotalSeconds} s", null));
        }

        return steps;
    }

    private async Task<DnsAnswer> AskAsync(IDnsResolver dns, string name, DnsRecordType type, List<TrialStep> steps, CancellationToken cancellationToken)
    {
        var answer = await dns.QueryAsync(name, type, DnsOptions.Fresh, cancellationToken);
        var replied = answer.Status is not (DnsStatus.Timeout or DnsStatus.Unreachable or DnsStatus.Refused or DnsStatus.ServFail);
        steps.Add(new TrialStep(
            texts["Try.Dns", type, name],
            $"{answer.Status} · {answer.Records.Length} · {answer.Server} · {answer.Elapsed.TotalMilliseconds:0} ms",
            replied));
        return answer;
    }

    private async Task<TrialStep> ConnectAsync(string host, IPAddress address, CancellationToken cancellationToken)
    {
        var connector = await engine.GetConnectorAsync(cancellationToken);
        var result = await connector.ConnectAsync(new IPEndPoint(address, smtp.Port), cancellationToken);
        using var socket = result.Socket;
        if (result.Status != ConnectStatus.Guarded)
        {
            port25.Record(address, result.Status, time.GetUtcNow());
        }

        // A refusal is no proof either: firewalls refuse in the stead of a host that is known to be fine.
        return new TrialStep(
            texts["Try.Port", smtp.Port, host],
            $"{address} · {result.Status} · {result.Elapsed.TotalMilliseconds:0} ms",
            result.Status switch
            {
                ConnectStatus.Connected => true,
                ConnectStatus.Guarded => null,
                _ => false,
            });
    }
}
