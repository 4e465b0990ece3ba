using System.Text;
using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.SigningIn;

namespace MailDashboard.Tests.Mail.SigningIn;

/// <summary>What others repeat of our secrets, however they write it.</summary>
public sealed class HiddenSecretsTests
{
    private const string Password = "kai?mauer>17 é";

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("\0anna\0")]
    [InlineData("n,a=anna,\u0001host=smtp.example.org\u0001port=587\u0001auth=Bearer ")]
    [InlineData("xy")]
    public void Hide_InBase64_WhateverStandsAroundIt(string before)
    {
        var hidden = new HiddenSecrets(Password);
        foreach (var after in new[] { "", "\u0001\u0001", "a", "abc" })
        {
            var said = Convert.ToBase64String(Encoding.UTF8.GetBytes(before + Password + after));

            var left = hidden.Hide($"535 {said}") + hidden.Hide(said.TrimEnd('=').Replace('+', '-').Replace('/', '_'));

            // What depends on the neighbours as well is an octet at each end.
            Assert.DoesNotContain(said[(before.Length + 3)..^8], left, StringComparison.Ordinal);
            Assert.Contains("********", left, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Hide_AsItIsOrHexadecimalOrUrlEncodedOrInHtml()
    {
        var bytes = Encoding.UTF8.GetBytes(Password);
        var said = $"{Password} {Convert.ToHexString(bytes)} {Convert.ToHexStringLower(bytes)} {Uri.EscapeDataString(Password)} kai%3fmauer%3e17+%c3%a9 kai?mauer&gt;17 &#233;";

        Assert.Equal("******** ******** ******** ******** ******** ********", new HiddenSecrets(Password).Hide(said));
    }

    [Fact]
    public void Hide_NothingOrSomethingShort_LeavesEverythingElse()
    {
        Assert.Equal("250 fine", new HiddenSecrets(null, "").Hide("250 fine"));
        Assert.Equal("250 f******** y2vs", new HiddenSecrets("in").Hide("250 fin y2vs"));
    }

    [Fact]
    public void Conversation_WithAServerThatRepeatsItInTwoPieces_HidesIt()
    {
        using var conversation = new ServerConversation(SignIn.Of("anna", Password));
        conversation.LogClient(Encoding.UTF8.GetBytes("EHLO me\r\n"), 0, 9);
        foreach (var piece in new[] { "535-no\r\n535 kai?ma", "uer>17 é is ", "wrong" })
        {
            var bytes = Encoding.UTF8.GetBytes(piece);
            conversation.LogServer(bytes, 0, bytes.Length);
        }

        Assert.Equal(["> EHLO me", "< 535-no", "< 535 ******** is wrong"], conversation.Lines);
    }

    [Fact]
    public void Conversation_AboutAMessage_CountsItsOctetsOnly()
    {
        using var conversation = new ServerConversation(SignIn.Nobody);
        foreach (var (isOurs, line) in new[] { (true, "DATA\r\n"), (false, "354 go on\r\n"), (true, "Subject: x\r\n.\r\n"), (false, "250 que"), (false, "ued\r\n"), (true, "QUIT\r\n") })
        {
            var bytes = Encoding.UTF8.GetBytes(line);
            (isOurs ? (Action<byte[], int, int>)conversation.LogClient : conversation.LogServer)(bytes, 0, bytes.Length);
        }

        Assert.Equal(["> DATA", "< 354 go on", "* the message, 15 bytes", "< 250 queued", "> QUIT"], conversation.Lines);
    }
}
