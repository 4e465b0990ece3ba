using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Tests.Checks.Probing;

public class OldTlsFlightTests
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
            var answer = await OldTlsFlight.ReadAsync(new ChunkedStream(flight, chunk), TestContext.Current.CancellationToken);

            Assert.Equal(TlsVersions.Tls10, answer.Version);
            Assert.Equal("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", answer.CipherSuite);
            Assert.Equal([0x30, 0x00], Assert.Single(answer.Certificates).ToArray());
        }
    }

    [Fact]
    public async Task ReadAsync_AlertAfterHello_IsRefused()
    {
        byte[] flight = [.. Record(ServerHello), 21, 3, 1, 0, 2, 2, 80];

        var answer = await OldTlsFlight.ReadAsync(new MemoryStream(flight), TestContext.Current.CancellationToken);

        Assert.Same(OldTlsAnswer.Refused, answer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1603")]
    [InlineData("352035205350")]
    [InlineData("160301FFFF00")]
    public async Task ReadAsync_Rubbish_IsUnknown(string hex)
    {
        var answer = await OldTlsFlight.ReadAsync(new MemoryStream(Convert.FromHexString(hex)), TestContext.Current.CancellationToken);

        Assert.Same(OldTlsAnswer.Unknown, answer);
    }

    [Fact]
    public async Task ReadAsync_EndlessHandshake_EndsBounded()
    {
        var record = Record([11, 0xFF, 0xFF, 0xFF, .. new byte[1000]]);
        var answer = await OldTlsFlight.ReadAsync(new EndlessStream(record), TestContext.Current.CancellationToken);

        Assert.Same(OldTlsAnswer.Unknown, answer);
    }

    [Fact]
    public void Parse_EveryTruncation_NeverThrows()
    {
        byte[] flight = [.. ServerHello, .. Certificate, .. Done];

        for (var length = 0; length < flight.Length; length++)
        {
            Assert.Null(OldTlsFlight.Parse(flight.AsMemory(0, length)));
        }
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
