using System.Security.Authentication;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Tests.Checks.Probing;

public class TlsFlightTests
{
    private static readonly byte[] ServerHello = [2, 0, 0, 38, 3, 1, .. new byte[32], 0, 0xC0, 0x14, 0];
    private static readonly byte[] Certificate = [11, 0, 0, 8, 0, 0, 5, 0, 0, 2, 0x30, 0x00];
    private static readonly byte[] Done = [14, 0, 0, 0];

    [Fact]
    public async Task ReadAsync_WholeFlight_IsTheSameByteByByteAndInOne()
    {
        byte[] flight = [.. Record(ServerHello), .. Record([.. Certificate, .. Done])];

        foreach (var chunk in new[] { 1, 7, flight.Length })
        {
            var answer = await TlsFlight.ReadAsync(new ChunkedStream(flight, chunk), TlsVersions.Tls11, TestContext.Current.CancellationToken);

            Assert.Equal(TlsVersions.Tls10, answer.Version);
            Assert.Equal("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", answer.CipherSuite);
            Assert.Equal([0x30, 0x00], Assert.Single(answer.Certificates).ToArray());
        }
    }

    [Fact]
    public async Task ReadAsync_AlertAfterHello_IsRefused()
    {
        byte[] flight = [.. Record(ServerHello), 21, 3, 1, 0, 2, 2, 80];

        var answer = await TlsFlight.ReadAsync(new MemoryStream(flight), TlsVersions.Tls11, TestContext.Current.CancellationToken);

        Assert.Same(TlsAnswer.Refused, answer);
    }

    [Theory]
    [InlineData("1603")]
    [InlineData("352035205350")]
    [InlineData("160301FFFF00")]
    public async Task ReadAsync_Rubbish_IsUnknown(string hex)
    {
        var answer = await TlsFlight.ReadAsync(new MemoryStream(Convert.FromHexString(hex)), TlsVersions.Tls11, TestContext.Current.CancellationToken);

        Assert.Same(TlsAnswer.Unclear, answer);
    }

    [Fact]
    public async Task ReadAsync_EndlessHandshake_EndsBounded()
    {
        var record = Record([11, 0xFF, 0xFF, 0xFF, .. new byte[1000]]);
        var answer = await TlsFlight.ReadAsync(new EndlessStream(record), TlsVersions.Tls11, TestContext.Current.CancellationToken);

        Assert.Same(TlsAnswer.Unclear, answer);
    }

    [Theory]
    [InlineData("", TlsAnswerKind.Closed)]
    [InlineData("1503010002" + "0246", TlsAnswerKind.Refused)]
    [InlineData("1503010002" + "0228", TlsAnswerKind.Refused)]
    [InlineData("1503010002" + "0100", TlsAnswerKind.Closed)]
    [InlineData("1503010002" + "0270", TlsAnswerKind.Unclear)]
    [InlineData("1503010002" + "0170", TlsAnswerKind.Closed)]
    [InlineData("1503010002" + "0170" + "1503010002" + "0246", TlsAnswerKind.Refused)]
    public async Task ReadAsync_NoHello_IsRefusedClosedOrUnclear(string hex, object kind)
    {
        var answer = await TlsFlight.ReadAsync(new MemoryStream(Convert.FromHexString(hex)), TlsVersions.Tls11, TestContext.Current.CancellationToken);

        Assert.Equal(kind, answer.Kind);
    }

    [Fact]
    public void Add_ServerHelloOf13_IsAcceptedAtOnceAndOnlyWhereAskedFor()
    {
        byte[] hello = [2, 0, 0, 46, 3, 3, .. new byte[32], 0, 0x13, 0x01, 0, 0, 6, 0, 43, 0, 2, 3, 4];

        Assert.Equal((TlsAnswerKind.Accepted, SslProtocols.Tls13), Parse(hello, SslProtocols.Tls13));
        Assert.Equal((TlsAnswerKind.Unclear, SslProtocols.None), Parse(hello, SslProtocols.Tls12));
    }

    [Fact]
    public void Add_OlderVersionThanAsked_IsTheOneChosen()
    {
        byte[] flight = [.. ServerHello, .. Certificate, .. Done];

        Assert.Equal((TlsAnswerKind.Accepted, TlsVersions.Tls10), Parse(flight, SslProtocols.Tls12));
        Assert.Equal((TlsAnswerKind.Unclear, SslProtocols.None), Parse(flight, SslProtocols.Tls13));
    }

    [Fact]
    public void Add_EveryTruncation_NeverThrows()
    {
        byte[] flight = [.. ServerHello, .. Certificate, .. Done];

        for (var length = 0; length < flight.Length; length++)
        {
            Assert.Null(new TlsFlightParser(TlsVersions.Tls11).Add(flight.AsSpan(0, length)));
        }
    }

    [Fact]
    public async Task ReadAsync_RandomAndMutated_NeverThrows()
    {
        var random = new Random(20261);
        byte[] hello13 = [2, 0, 0, 46, 3, 3, .. new byte[32], 0, 0x13, 0x01, 0, 0, 6, 0, 43, 0, 2, 3, 4];
        byte[][] seeds = [[.. Record(ServerHello), .. Record([.. Certificate, .. Done])], Record(hello13), [21, 3, 1, 0, 2, 2, 70]];
        SslProtocols[] versions = [TlsVersions.Tls10, TlsVersions.Tls11, SslProtocols.Tls12, SslProtocols.Tls13];
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = (byte[])seeds[i % seeds.Length].Clone();
            for (var n = random.Next(6); n >= 0; n--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            if (i % 4 == 0)
            {
                bytes = new byte[random.Next(200)];
                random.NextBytes(bytes);
            }

            Assert.NotNull(await TlsFlight.ReadAsync(new MemoryStream(bytes), versions[i % 4], TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task ReadAsync_RecordsOfOneOctet_EndBounded()
    {
        var answer = await TlsFlight.ReadAsync(new EndlessStream([22, 3, 1, 0, 1, 11]), TlsVersions.Tls11, TestContext.Current.CancellationToken);

        Assert.Same(TlsAnswer.Unclear, answer);
    }

    private static (TlsAnswerKind, SslProtocols) Parse(byte[] flight, SslProtocols asked)
    {
        var answer = new TlsFlightParser(asked).Add(flight)!;
        return (answer.Kind, answer.Version);
    }

    private static byte[] Record(byte[] body) => [22, 3, 1, (byte)(body.Length >> 8), (byte)body.Length, .. body];

    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, chunk)], cancellationToken);
    }

    private sealed class EndlessStream(byte[] piece) : MemoryStream(piece)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Position %= Length;
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
