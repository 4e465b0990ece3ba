using System.Collections.Immutable;
using MailDashboard.Mail.Connecting;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Wizard;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Monitoring.Wizard;

public sealed class WizardMailboxTests
{
    private static readonly DomainName Name = new("example.org", "example.org");

    private static readonly WizardState Own = WizardState.Empty with
    {
        Provider = new ProviderPart("own") { Entries = ImmutableDictionary<string, string>.Empty.Add("host", "box.example.org") },
    };

    [Fact]
    public async Task Look_AddressOfALargeProvider_IsItsPreset()
    {
        var dns = new FakeDns();

        Assert.Equal("gmail", (await LookAsync(dns, "ada@Gmail.com")).Preset?.Id);
        Assert.Equal("outlook", (await LookAsync(dns, "ada@hotmail.fr")).Preset?.Id);
        Assert.Empty(dns.Asked);
    }

    [Fact]
    public async Task Look_ServersThatDnsPublishes_ComeBeforeWhatTheSetUpKnows()
    {
        var dns = new FakeDns().A("imap.example.net", "192.0.2.1");
        dns.Srv("_imap._tcp.example.org", 143, "imap.example.net");
        Assert.Equal(new MailboxSight(null, "imap.example.net", 143, ServerSecurity.StartTls), await LookAsync(dns, "ada@example.org"));

        dns.Srv("_imaps._tcp.example.org", 1993, "imap.example.net");
        Assert.Equal(new MailboxSight(null, "imap.example.net", 1993, ServerSecurity.ImplicitTls), await LookAsync(dns, "ada@example.org"));
    }

    [Fact]
    public async Task Look_NoServersByDns_TriesUsualNamesAndThenWhatTheSetUpKnows()
    {
        Assert.Equal(new MailboxSight(null, "mail.example.net"), await LookAsync(new FakeDns().A("mail.example.net", "192.0.2.1"), "ada@example.net"));
        Assert.Equal(new MailboxSight(null, "box.example.org"), await LookAsync(new FakeDns(), "ada@example.org"));
        Assert.Equal(new MailboxSight(null), await LookAsync(new FakeDns(), "ada@example.net"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("ada@")]
    [InlineData("ada@exa mple.org")]
    public async Task Look_NoAddress_IsUnknown(string address)
    {
        var dns = new FakeDns();

        Assert.Equal(new MailboxSight(null), await LookAsync(dns, address));
    }

    [Fact]
    public void Draft_SignsInByItsAddressAndIsASeed()
    {
        var draft = WizardMailbox.Draft(new MailboxDraft { Address = " ada@example.org " });
        Assert.Equal(("ada@example.org", TestAddressing.None, true), (draft.UserName, draft.Addressing, draft.IsSeed));

        var gmail = WizardMailbox.Draft(new MailboxDraft { Address = "ada@gmail.com", Provider = "gmail", UserName = "somebody" });
        Assert.Equal(("somebody", TestAddressing.PlusAddress), (gmail.UserName, gmail.Addressing));
    }

    private static Task<MailboxSight> LookAsync(FakeDns dns, string address) => new WizardMailbox(dns).LookAsync(Own, Name, address, CancellationToken.None);
}
