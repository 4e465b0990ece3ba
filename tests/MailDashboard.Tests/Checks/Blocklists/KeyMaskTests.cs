using System.Collections.Immutable;
using MailDashboard.Checks.Blocklists;

namespace MailDashboard.Tests.Checks.Blocklists;

public class KeyMaskTests
{
    [Theory]
    [InlineData("2.0.0.127.abc123.zen.dq.spamhaus.net", "2.0.0.127.***.zen.dq.spamhaus.net")]
    [InlineData("ABC123.zen.dq.spamhaus.net", "***.zen.dq.spamhaus.net")]
    [InlineData("abc123", "***")]
    [InlineData("https://x/?k=abc123&z", "https://x/?k=***&z")]
    [InlineData("abc1234.example", "abc1234.example")]
    [InlineData("xabc123 abc123", "xabc123 ***")]
    public void Mask_WholeLabelsOnly(string text, string masked) => Assert.Equal(masked, Mask("abc123").Mask(text));

    [Fact]
    public void Mask_OneKeyInsideAnother_HidesBothWhole() => Assert.Equal("***.x", Mask("abc", "abc.def").Mask("abc.def.x"));

    private static KeyMask Mask(params string[] keys) =>
        KeyMask.For(new BlocklistSettings { Keys = keys.Select((k, i) => (k, i)).ToImmutableDictionary(p => $"id{p.i}", p => p.k) });
}
