using System.Net;
using System.Net.Sockets;
using System.Text;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.IntegrationTests.Checks.Dns;

public sealed class WireResolverTests
{
    private const int A = 1;
    private const int Cname = 5;
    private const int Txt = 16;
    private const int Truncated = 0x0200;

    // Where silence is what the test is about; still long enough for a busy machine to answer where it is not.
    private static readonly DnsWireOptions Impatient = new() { Timeout = TimeSpan.FromSeconds(1) };

    private static readonly byte[] Address = [192, 0, 2, 1];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task QueryAsync_Answer_HasRecordsServerAndTime()
    {
        await using var server = HostileDnsServer.Answering(q => q.Reply(answers: 1, flags: 0x20, body: Query.Record(A, Address)));

        var answer = await AskAsync(server, "WWW.Example.COM.");

        Assert.Equal(DnsStatus.Answered, answer.Status);
        Assert.Equal(new DnsQuestion("www.example.com", DnsRecordType.A), answer.Question);
        Assert.Equal([new IPAddress(Address)], answer.Addresses);
        Assert.Equal($"127.0.0.1#{server.EndPoint.Port}", answer.Server);
        Assert.True(answer.IsAuthenticated);
        Assert.Equal(60u, answer.Ttl);
        Assert.True(answer.Elapsed > TimeSpan.Zero);
    }

    [Theory]
    [InlineData(0, DnsStatus.NoData, null)]
    [InlineData(3, DnsStatus.NxDomain, null)]
    [InlineData(2, DnsStatus.ServFail, "SERVFAIL")]
    [InlineData(5, DnsStatus.Refused, "REFUSED")]
    [InlineData(8, DnsStatus.Malformed, "response code 8")]
    public async Task QueryAsync_ResponseCode_IsKeptApart(int code, DnsStatus status, string? detail)
    {
        await using var server = HostileDnsServer.Answering(q => q.Reply(code));

        var answer = await AskAsync(server);

        Assert.Equal(status, answer.Status);
        Assert.Equal(detail, answer.Detail);
        Assert.Single(server.Queries);
    }

    [Fact]
    public async Task QueryAsync_Silence_IsATimeoutAfterTwoTries()
    {
        await using var server = HostileDnsServer.Silent();

        var answer = await AskAsync(server, options: Impatient);

        Assert.Equal(DnsStatus.Timeout, answer.Status);
        Assert.Equal(2, server.Queries.Count);
        Assert.NotEqual(server.Queries[0].Id, server.Queries[1].Id);
    }

    [Fact]
    public async Task QueryAsync_NothingListens_IsUnreachable()
    {
        var answer = await AskAsync([await ClosedPortAsync()]);

        Assert.Equal(DnsStatus.Unreachable, answer.Status);
        Assert.Equal("ConnectionRefused over UDP", answer.Detail);
    }

    [Fact]
    public async Task QueryAsync_NoServers_SaysSoAndAsksNobody()
    {
        var answer = await AskAsync([]);

        Assert.Equal(DnsStatus.Unreachable, answer.Status);
        Assert.Equal(WireResolver.NoServers, answer.Detail);
    }

    [Fact]
    public async Task QueryAsync_LiesBeforeTheAnswer_AreIgnored()
    {
        await using var server = new HostileDnsServer(q =>
        [
            [],
            [1, 2, 3],
            q.Reply(3, id: q.Id ^ 1),
            q.Bytes,
            q.Reply(3, question: [.. Query.NameOf("other.example"), 0, A, 0, 1]),
            q.Reply(3, question: [.. Query.NameOf("a.example"), 0, Txt, 0, 1]),
            q.Reply(0, question: []),
            q.Reply(answers: 1, body: Query.Record(A, Address)),
        ]);

        var answer = await AskAsync(server);

        Assert.Equal(DnsStatus.Answered, answer.Status);
        Assert.Single(server.Queries);
    }

    [Fact]
    public async Task QueryAsync_OnlyLies_IsATimeout()
    {
        await using var server = HostileDnsServer.Answering(q => q.Reply(3, id: q.Id ^ 1));

        var answer = await AskAsync(server, options: Impatient);

        Assert.Equal(DnsStatus.Timeout, answer.Status);
    }

    [Fact]
    public async Task QueryAsync_FloodOfLies_Ends()
    {
        await using var server = new HostileDnsServer(q => Enumerable.Range(0, 1000).Select(i => q.Reply(3, id: q.Id ^ (i + 1))));

        Assert.NotEqual(DnsStatus.NxDomain, (await AskAsync(server)).Status);
    }

    [Fact]
    public async Task QueryAsync_AnswerFromAnotherPort_IsIgnored()
    {
        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        stranger.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var asking = AskAsync([(IPEndPoint)server.LocalEndPoint!]);
        var buffer = new byte[512];
        var received = await server.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), Token);
        var query = new Query(buffer[..received.ReceivedBytes], OverTcp: false);
        await stranger.SendToAsync(query.Reply(3), received.RemoteEndPoint, Token);
        await server.SendToAsync(query.Reply(answers: 1, body: Query.Record(A, Address)), received.RemoteEndPoint, Token);

        Assert.Equal(DnsStatus.Answered, (await asking).Status);
    }

    [Fact]
    public async Task QueryAsync_Truncated_AsksOverTcp()
    {
        var text = Enumerable.Repeat((byte)'x', 60_000).Chunk(255).SelectMany(c => c.Prepend((byte)c.Length)).ToArray();
        await using var server = new HostileDnsServer(q => q.OverTcp
            ? [.. q.Reply(answers: 1, body: Query.Record(Txt, text)).Chunk(7000)]
            : [q.Reply(flags: Truncated)]);

        var answer = await AskAsync(server, type: DnsRecordType.TXT);

        Assert.Equal(60_000, Assert.Single(answer.Texts).Length);
        Assert.Equal([false, true], server.Queries.Select(q => q.OverTcp));
    }

    [Fact]
    public async Task QueryAsync_UnreadableOverUdp_AsksOverTcp()
    {
        await using var server = HostileDnsServer.Answering(q => q.Reply(answers: q.OverTcp ? 1 : 2, body: Query.Record(A, Address)));

        Assert.Equal(DnsStatus.Answered, (await AskAsync(server)).Status);
    }

    [Fact]
    public async Task QueryAsync_UnreadableEverywhere_IsMalformed()
    {
        await using var server = HostileDnsServer.Answering(q => q.Reply(answers: 2, body: Query.Record(A, Address)));

        var answer = await AskAsync(server);

        Assert.Equal(DnsStatus.Malformed, answer.Status);
        Assert.Contains("cannot be read", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task QueryAsync_TruncatedOverTcpAsWell_IsMalformed()
    {
        await using var server = HostileDnsServer.Answering(q => q.Reply(flags: Truncated));

        Assert.Equal(DnsStatus.Malformed, (await AskAsync(server)).Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(60_000)]
    public async Task QueryAsync_WrongLengthOverTcp_IsNoAnswer(int length)
    {
        await using var server = new HostileDnsServer(q => [q.Reply(flags: q.OverTcp ? 0 : Truncated)]) { LengthToState = length };

        Assert.Equal(DnsStatus.Malformed, (await AskAsync(server)).Status);
    }

    [Fact]
    public async Task QueryAsync_SilenceOverTcp_IsATimeout()
    {
        await using var server = new HostileDnsServer(q => q.OverTcp ? [] : [q.Reply(flags: Truncated)]) { LengthToState = 100 };

        var answer = await AskAsync(server, options: Impatient);

        Assert.Equal(DnsStatus.Timeout, answer.Status);
        Assert.Contains("over TCP", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task QueryAsync_ServerWithoutEdns_IsAskedPlainly()
    {
        await using var server = HostileDnsServer.Answering(q => q.HasOpt ? q.Reply(1, question: []) : q.Reply(answers: 1, body: Query.Record(A, Address)));

        Assert.Equal(DnsStatus.Answered, (await AskAsync(server)).Status);
    }

    [Fact]
    public async Task QueryAsync_CheckingDisabled_SetsTheBit()
    {
        await using var server = HostileDnsServer.Answering(q => (q.Flags & 0x10) != 0 ? q.Reply(answers: 1, body: Query.Record(A, Address)) : q.Reply(2));
        var resolver = new WireResolver([server.EndPoint], new DnsWireOptions(), TimeProvider.System);

        Assert.Equal(DnsStatus.ServFail, (await resolver.QueryAsync("a.example", DnsRecordType.A, Token)).Status);
        Assert.Equal(DnsStatus.Answered, (await resolver.QueryAsync("a.example", DnsRecordType.A, DnsOptions.CheckingDisabled, Token)).Status);
    }

    [Fact]
    public async Task QueryAsync_AliasOutOfTheServersZones_IsAskedOn()
    {
        await using var server = HostileDnsServer.Answering(q => q.Name == "a.example"
            ? q.Reply(answers: 1, body: Query.Record(Cname, Query.NameOf("b.elsewhere"), ttl: 5))
            : q.Reply(answers: 1, body: Query.Record(A, Address)));

        var answer = await AskAsync(server);

        Assert.Equal(DnsStatus.Answered, answer.Status);
        Assert.Equal(["b.elsewhere"], answer.Aliases);
        Assert.Equal(5u, answer.Ttl);
        Assert.Equal("b.elsewhere", Assert.Single(answer.Records).Name);
    }

    [Fact]
    public async Task QueryAsync_EndlessAliases_EndsAsAFailure()
    {
        var next = 0;
        await using var server = HostileDnsServer.Answering(q => q.Reply(answers: 1, body: Query.Record(Cname, Query.NameOf($"n{next++}.example"))));

        var answer = await AskAsync(server);

        Assert.Equal(DnsStatus.ServFail, answer.Status);
        Assert.Equal("CNAME loop", answer.Detail);
        Assert.InRange(server.Queries.Count, 10, 20);
    }

    [Fact]
    public async Task QueryAsync_AliasOfItself_EndsAsAFailure()
    {
        await using var server = HostileDnsServer.Answering(q => q.Reply(answers: 1, body: Query.Record(Cname, [0xC0, 12])));

        Assert.Equal("CNAME loop", (await AskAsync(server)).Detail);
    }

    [Fact]
    public async Task QueryAsync_AskedForTheAlias_GivesIt()
    {
        await using var server = HostileDnsServer.Answering(q => q.Reply(answers: 1, body: Query.Record(Cname, Query.NameOf("b.example"))));

        var answer = await AskAsync(server, type: DnsRecordType.CNAME);

        Assert.Equal(["b.example"], answer.Names);
        Assert.Empty(answer.Aliases);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(-1)]
    public async Task QueryAsync_FirstServerFails_SecondAnswers(int code)
    {
        await using var broken = new HostileDnsServer(q => code < 0 ? [] : [q.Reply(code)]);
        await using var good = HostileDnsServer.Answering(q => q.Reply(answers: 1, body: Query.Record(A, Address)));

        var answer = await AskAsync([broken.EndPoint, good.EndPoint], options: Impatient);

        Assert.Equal(DnsStatus.Answered, answer.Status);
        Assert.EndsWith($"#{good.EndPoint.Port}", answer.Server, StringComparison.Ordinal);
    }

    [Fact]
    public async Task QueryAsync_DeadFirstServer_IsSoonLeftAlone()
    {
        await using var dead = HostileDnsServer.Silent();
        await using var good = HostileDnsServer.Answering(q => q.Reply(answers: 1, body: Query.Record(A, Address)));
        var resolver = new WireResolver([dead.EndPoint, good.EndPoint], Impatient, TimeProvider.System);

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(DnsStatus.Answered, (await resolver.QueryAsync($"n{i}.example", DnsRecordType.A, Token)).Status);
        }

        Assert.Equal(3, dead.Queries.Count);
    }

    [Fact]
    public async Task QueryAsync_SaidByOneSilenceOfOther_KeepsWhatWasSaid()
    {
        await using var broken = HostileDnsServer.Answering(q => q.Reply(2));
        await using var dead = HostileDnsServer.Silent();

        var answer = await AskAsync([broken.EndPoint, dead.EndPoint], options: Impatient);

        Assert.Equal(DnsStatus.ServFail, answer.Status);
    }

    [Theory]
    [InlineData("a..example")]
    [InlineData("é.example")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example")]
    public async Task QueryAsync_NameThatCannotBeAsked_IsNotAsked(string name)
    {
        await using var server = HostileDnsServer.Silent();

        Assert.Equal(DnsStatus.InvalidName, (await AskAsync(server, name)).Status);
        Assert.Empty(server.Queries);
    }

    [Fact]
    public async Task QueryAsync_OddName_IsAskedAndAnswered()
    {
        await using var server = HostileDnsServer.Answering(q => q.Reply(answers: 1, body: Query.Record(A, Address)));

        Assert.Equal(DnsStatus.Answered, (await AskAsync(server, @"a b\.c!.example")).Status);
    }

    [Fact]
    public async Task QueryAsync_TextWithBytesThatAreNotUtf8_IsKept()
    {
        await using var server = HostileDnsServer.Answering(q => q.Reply(answers: 2, body:
        [
            .. Query.Record(Txt, [3, (byte)'a', 0xE9, 0xFF]),
            .. Query.Record(Txt, [.. Encoding.UTF8.GetBytes("é").Prepend((byte)2)]),
        ]));

        Assert.Equal(["aéÿ", "é"], (await AskAsync(server, type: DnsRecordType.TXT)).Texts);
    }

    [Fact]
    public async Task QueryAsync_CallerCancels_Throws()
    {
        await using var server = HostileDnsServer.Silent();
        using var caller = new CancellationTokenSource();

        var asking = AskAsync([server.EndPoint], cancellationToken: caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task QueryAsync_ThousandAtOnce_AllGetTheirOwnAnswer()
    {
        await using var server = HostileDnsServer.Answering(q => q.Reply(answers: 1, body: Query.Record(Txt, [.. Encoding.ASCII.GetBytes(q.Name).Prepend((byte)q.Name.Length)])));
        var resolver = new WireResolver([server.EndPoint], new DnsWireOptions { Concurrency = 64, Timeout = TimeSpan.FromSeconds(10) }, TimeProvider.System);

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => resolver.QueryAsync($"n{i}.example", DnsRecordType.TXT, Token)));

        Assert.All(answers, a => Assert.Equal(a.Question.Name, Assert.Single(a.Texts)));
    }

    [Fact]
    public async Task QueryAsync_CrowdOfDeadNames_DoesNotHoldUpTheLiving()
    {
        await using var server = new HostileDnsServer(q => q.Name.StartsWith("dead", StringComparison.Ordinal) ? [] : [q.Reply(answers: 1, body: Query.Record(A, Address))]);
        var resolver = new WireResolver([server.EndPoint], new DnsWireOptions { Concurrency = 50, Timeout = TimeSpan.FromSeconds(30) }, TimeProvider.System);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var dead = Enumerable.Range(0, 100).Select(i => resolver.QueryAsync($"dead{i}.example", DnsRecordType.A, enough.Token)).ToList();
        var living = await resolver.QueryAsync("a.example", DnsRecordType.A, Token);
        await enough.CancelAsync();

        Assert.Equal(DnsStatus.Answered, living.Status);
        Assert.True(living.Elapsed < TimeSpan.FromSeconds(20), $"It took {living.Elapsed}.");
        Assert.All(await Task.WhenAll(dead.Select(async d => await Record.ExceptionAsync(() => d))), e => Assert.IsType<OperationCanceledException>(e, exactMatch: false));
    }

    [Fact]
    public async Task QueryAsync_MutilatedAnswers_AreDataNeverExceptions()
    {
        var random = new Random(20261123);
        await using var server = HostileDnsServer.Answering(q =>
        {
            var reply = q.Reply(answers: 3, body: [.. Query.Record(Cname, Query.NameOf("b.example")), .. Query.Record(A, Address), .. Query.Record(Txt, [2, 65, 66])]);
            var start = 12 + q.Question.Length;
            for (var change = random.Next(1, 5); change > 0; change--)
            {
                reply[random.Next(2) == 0 ? 3 : random.Next(start, reply.Length)] = (byte)random.Next(256);
            }

            return reply[..random.Next(start, reply.Length + 1)];
        });
        var resolver = new WireResolver([server.EndPoint], Impatient, TimeProvider.System);

        for (var i = 0; i < 500; i++)
        {
            var answer = await resolver.QueryAsync("a.example", DnsRecordType.A, Token);
            Assert.Equal("a.example", answer.Question.Name);
        }
    }

    private static Task<DnsAnswer> AskAsync(HostileDnsServer server, string name = "a.example", DnsRecordType type = DnsRecordType.A, DnsWireOptions? options = null) =>
        AskAsync([server.EndPoint], name, type, options, Token);

    private static async Task<DnsAnswer> AskAsync(
        IPEndPoint[] servers,
        string name = "a.example",
        DnsRecordType type = DnsRecordType.A,
        DnsWireOptions? options = null,
        CancellationToken? cancellationToken = null)
    {
        var resolver = new WireResolver(servers, options ?? new DnsWireOptions(), TimeProvider.System);
        return await resolver.QueryAsync(name, type, cancellationToken ?? Token);
    }

    private static async Task<IPEndPoint> ClosedPortAsync()
    {
        await using var server = HostileDnsServer.Silent();
        return server.EndPoint;
    }
}
