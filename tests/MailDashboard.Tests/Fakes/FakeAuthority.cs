using System.Collections.Concurrent;
using System.Net;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Tests.Fakes;

/// <summary>Name servers out of memory: each address has zones of its own, or a way of not answering. An unknown one is silent.</summary>
public sealed class FakeAuthority : IAuthorityProbe
{
    private readonly Dictionary<IPAddress, Func<DnsQuestion, AuthorityAnswer, Task<AuthorityAnswer>>> _servers = [];
    private readonly ConcurrentQueue<IPAddress> _asked = new();

    public IReadOnlyList<IPAddress> Asked => [.. _asked];

    /// <summary>Speaks for what this DNS has.</summary>
    public FakeAuthority Serves(string address, FakeDns zone) => Set(address, async (question, answer) =>
    {
        var said = await zone.QueryAsync(question.Name, question.Type, DnsOptions.None, CancellationToken.None);
        return answer with { End = AuthorityEnd.Answered, IsAuthoritative = true, Status = said.Status, Records = said.Records, Detail = said.Detail };
    });

    /// <summary>Ends every question so.</summary>
    public FakeAuthority Ends(string address, AuthorityEnd end) => Set(address, (_, answer) => Task.FromResult(answer with { End = end, Detail = end.ToString() }));

    /// <summary>Answers with an error, or from elsewhere.</summary>
    public FakeAuthority Says(string address, DnsStatus status, bool recursion = false, params DnsRecord[] records) => Set(address, (_, answer) =>
        Task.FromResult(answer with { End = AuthorityEnd.Answered, Status = status, OffersRecursion = recursion, Records = [.. records] }));

    public Task<AuthorityAnswer> AskAsync(IPAddress server, DnsQuestion question, CancellationToken cancellationToken)
    {
        _asked.Enqueue(server);
        var silent = new AuthorityAnswer(server, question, AuthorityEnd.Silent) { Detail = "no answer" };
        return _servers.TryGetValue(server, out var answer) ? answer(question, silent) : Task.FromResult(silent);
    }

    private FakeAuthority Set(string address, Func<DnsQuestion, AuthorityAnswer, Task<AuthorityAnswer>> answer)
    {
        _servers[IPAddress.Parse(address)] = answer;
        return this;
    }
}
