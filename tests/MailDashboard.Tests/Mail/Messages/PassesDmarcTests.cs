namespace MailDashboard.Tests.Mail.Messages;

/// <summary>Whether a message would have been taken for genuine, whatever the policy says.</summary>
public class PassesDmarcTests
{
    private readonly WellWorld _world = new();

    [Fact]
    public async Task PassesDmarc_AllWell_IsTrue() => Assert.True((await _world.JudgeAsync()).PassesDmarc);

    [Fact]
    public async Task PassesDmarc_NothingOfItsOwnDomain_IsFalse()
    {
        _world.Dns.Remove(WellWorld.From).Txt(WellWorld.From, "v=spf1 -all");

        Assert.False((await _world.JudgeAsync(WellWorld.Crlf(_world.Text))).PassesDmarc);
    }

    [Fact]
    public async Task PassesDmarc_NoRecord_CannotBeTold()
    {
        _world.Dns.Remove($"_dmarc.{WellWorld.From}");

        Assert.Null((await _world.JudgeAsync()).PassesDmarc);
    }
}
