using System.Net;
using DnsClient;

namespace MailDashboard.IntegrationTests.Servers.Dns;

/// <summary>Asks one server directly, past every cache: for the servers' own readiness, not for what the product does.</summary>
public static class DnsPoll
{
    // Short: a datagram to a port where nobody listens yet is simply lost, and polling asks again.
    private static readonly TimeSpan PollTimeout = TimeSpan.FromMilliseconds(150);

    public static LookupClient Client(IPEndPoint server, TimeSpan? timeout = null) => new(new LookupClientOptions(server)
    {
        UseCache = false,
        Retries = 0,
        Timeout = timeout ?? TimeSpan.FromSeconds(5),
        ThrowDnsErrors = false,
        ContinueOnDnsError = false,
    });

    /// <summary>The serial of the zone as this server has it; null while it does not answer with one.</summary>
    public static async Task<uint?> SerialAsync(IPEndPoint server, string zone, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await Client(server, PollTimeout).QueryAsync(zone, QueryType.SOA, cancellationToken: cancellationToken);
            return answer.Answers.SoaRecords().FirstOrDefault()?.Serial;
        }
        catch (DnsResponseException)
        {
            return null;
        }
    }

    /// <summary>Whether the server says that it does not know the zone; silence is no such answer.</summary>
    public static async Task<bool> RefusesAsync(IPEndPoint server, string zone, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await Client(server, PollTimeout).QueryAsync(zone, QueryType.SOA, cancellationToken: cancellationToken);
            return answer.Header.ResponseCode == DnsHeaderResponseCode.Refused;
        }
        catch (DnsResponseException)
        {
            return false;
        }
    }

    /// <summary>Whether anything at all comes back.</summary>
    public static async Task<bool> AnswersAsync(IPEndPoint server, string name, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await Client(server, PollTimeout).QueryAsync(name, QueryType.A, cancellationToken: cancellationToken);
            return answer.MessageSize > 0;
        }
        catch (DnsResponseException)
        {
            return false;
        }
    }
}
