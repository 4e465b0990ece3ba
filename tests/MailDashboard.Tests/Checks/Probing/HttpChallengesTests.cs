using MailDashboard.Checks.Probing.Http;

namespace MailDashboard.Tests.Checks.Probing;

public class HttpChallengesTests
{
    [Theory]
    [InlineData("Negotiate", "Negotiate")]
    [InlineData("Negotiate, NTLM,Basic realm=\"a, b\", charset=\"UTF-8\"", "Negotiate,NTLM,Basic")]
    [InlineData("Bearer client_id=\"x\", trusted_issuers=\"y@*\", token_types = \"z\"", "Bearer")]
    [InlineData("Negotiate YII==, basic", "Negotiate,basic")]
    [InlineData("Basic realm=\"a \\\" , NTLM\"", "Basic")]
    [InlineData("NTLM, ntlm", "NTLM")]
    [InlineData("", "")]
    [InlineData(", ,\"NTLM\", =NTLM, <b>", "")]
    public void Of_Header_NamesTheSchemes(string header, string schemes) =>
        Assert.Equal(schemes.Split(',', StringSplitOptions.RemoveEmptyEntries), HttpChallenges.Of(Seen(header)));

    [Fact]
    public void Of_RandomHeaders_IsBoundedAndNeverThrows()
    {
        var random = new Random(9110);
        const string Alphabet = "aZ=\" \\,;-\0é";
        for (var i = 0; i < 2000; i++)
        {
            Assert.InRange(HttpChallenges.Of(Seen(new string([.. Enumerable.Range(0, random.Next(200)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]))).Length, 0, 20);
        }
    }

    private static HttpObservation Seen(string header) =>
        new(new Uri("https://www.example.test/"), HttpEnd.Answered) { Status = 401, Headers = [("www-authenticate", header), ("server", "NTLM")] };
}
