using System.Text.Json;
using MailDashboard.Checks;
using MailDashboard.Checks.Imap;
using MailDashboard.Checks.Pop3;
using MailDashboard.Checks.Submission;

namespace MailDashboard.IntegrationTests.Checks.ClientAccess;

/// <summary>The built program against real Dovecot and Postfix: a right host is right, and one fault is its finding and no other.</summary>
public sealed class ClientServersTests(ClientServersWorld world) : IClassFixture<ClientServersWorld>
{
    private const string All = "submission,imap,pop3";

    [Fact]
    public async Task Check_StatedHost_IsRightAndSaysWhatItOffers()
    {
        var audit = await StatedAsync("right", All);

        Assert.Empty(Codes(audit));
        Assert.All(audit.GetProperty("families").EnumerateArray(), f => Assert.Equal("completed", f.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task Audit_RightHost_KeepsWhatItOffersBeforeAndAfterTls()
    {
        Assert.Equal(("–", "AUTH=PLAIN, AUTH=LOGIN, LOGIN"), await LogInsAsync(new ImapCheck()));
        Assert.Equal(("–", "SASL PLAIN, SASL LOGIN, USER"), await LogInsAsync(new Pop3Check()));
        Assert.Equal(("–", "AUTH PLAIN"), await LogInsAsync(new SubmissionCheck()));
    }

    [Theory]
    [InlineData("optional", "imap,pop3", "IMP002 POP002")]
    [InlineData("scram", "imap,pop3", "IMP003 POP003")]
    [InlineData("user", "imap,pop3", "")]
    [InlineData("notls", "imap,pop3", "IMP001 POP001")]
    [InlineData("expired", "imap,pop3", "IMP012 POP012")]
    [InlineData("selfsigned", "imap,pop3", "IMP014 POP014")]
    [InlineData("unknownca", "imap,pop3", "IMP015 POP015")]
    [InlineData("incomplete", "imap,pop3", "IMP016")]
    [InlineData("othername", "imap,pop3", "IMP017 POP017")]
    [InlineData("nearlyover", "imap,pop3", "IMP018 POP018")]
    [InlineData("clear", "submission", "SUB002")]
    [InlineData("unencrypted", "submission", "SUB001")]
    [InlineData("noauth", "submission", "SUB007")]
    [InlineData("oauth", "submission", "")]
    [InlineData("refused", "imap", "IMP004")]
    [InlineData("injected", "pop3", "POP006")]
    [InlineData("web", "imap", "IMP008")]
    [InlineData("nothing", "submission,imap,pop3", "SUB011 IMP011")]
    public async Task Check_StatedHostWithOneFault_IsToldOfItAndOfNothingElse(string host, string families, string codes) =>
        Assert.Equal(codes, string.Join(' ', Codes(await StatedAsync(host, families))));

    [Theory]
    [InlineData("oauth", "")]
    [InlineData("right", "SUB020")]
    public async Task Audit_StrictProfile_WantsMoreThanAPassword(string host, string codes)
    {
        var outcome = await world.AuditAsync(new SubmissionCheck(), host, isStrict: true);

        // This process does not trust the test's authority, which is a finding of its own.
        Assert.Equal(codes, string.Join(' ', outcome.Findings.Select(f => f.Code).Where(c => c.StartsWith("SUB02", StringComparison.Ordinal)).Distinct()));
        Assert.Contains(outcome.Details.Facts, f => f.Key == "secondFactor");
    }

    [Fact]
    public async Task Check_PublishedServices_AreHeldToTheirPromise()
    {
        var audit = await world.CheckAsync(ClientServersWorld.Published, All, "--transcript");

        Assert.Equal(["POP009"], Codes(audit));
        Assert.Contains("_pop3s._tcp.published.test SRV", audit.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("optional", "imap", "IMP002", 143)]
    [InlineData("expired", "pop3", "POP012", 995)]
    [InlineData("clear", "submission", "SUB002", 587)]
    public async Task Check_Transcript_ShowsTheConversationThatAFindingRestsOn(string host, string family, string code, int port)
    {
        var audit = await StatedAsync(host, "submission,imap,pop3", "--transcript");

        var finding = audit.GetProperty("families").EnumerateArray().SelectMany(f => f.GetProperty("findings").EnumerateArray()).Single(f => f.GetProperty("code").GetString() == code);
        var pointers = finding.GetProperty("transcript").GetProperty("conversations").EnumerateArray().Select(p => p.GetInt32()).ToList();
        var conversations = audit.GetProperty("transcript").GetProperty("conversations").EnumerateArray().ToList();
        Assert.Contains(pointers, p => conversations[p].GetProperty("port").GetInt32() == port);
        Assert.All(pointers, p => Assert.Equal(family, conversations[p].GetProperty("protocol").GetString()));
    }

    [Fact]
    public async Task Check_GuessedHost_IsFoundAndRight()
    {
        var audit = await world.CheckAsync(ClientServersWorld.Guessed, All);

        Assert.Empty(Codes(audit));
        Assert.All(audit.GetProperty("families").EnumerateArray(), f => Assert.Equal("completed", f.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task Check_VersionsAndStrength_AreTlsToSay()
    {
        var audit = await StatedAsync("right", "tls,submission,imap,pop3");

        Assert.DoesNotContain(Codes(audit), c => c.StartsWith("TLS", StringComparison.Ordinal) || c.StartsWith("IMP", StringComparison.Ordinal));
    }

    private async Task<(string Before, string After)> LogInsAsync(ICheckFamily family)
    {
        var facts = (await world.AuditAsync(family, "right")).Details.Facts;
        return (Of("logInsBefore"), Of("logInsAfter"));

        string Of(string key) => Assert.Single(facts.Where(f => f.Key == key).Select(f => f.Value).Distinct());
    }

    private Task<JsonElement> StatedAsync(string host, string families, params string[] more) =>
        world.CheckAsync(ClientServersWorld.Domain, families, ["--client-host", ClientServersWorld.Name(host), .. more]);

    /// <summary>Notice or worse.</summary>
    private static List<string> Codes(JsonElement audit) =>
    [
        .. audit.GetProperty("families").EnumerateArray()
            .SelectMany(f => f.GetProperty("findings").EnumerateArray())
            .Where(f => f.GetProperty("severity").GetString() != "info")
            .Select(f => f.GetProperty("code").GetString()!),
    ];
}
