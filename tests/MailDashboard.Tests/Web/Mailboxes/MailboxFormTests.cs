using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Mailboxes;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Mailboxes;

namespace MailDashboard.Tests.Web.Mailboxes;

public sealed class MailboxFormTests
{
    [Fact]
    public void Choose_EveryPreset_FillsInAServerThatCanBeSaved()
    {
        Assert.All(MailboxPresets.All, preset =>
        {
            var form = new MailboxForm(null) { Address = "a@example.org", UserName = "a", Password = "b" };
            form.Choose(preset);
            var draft = form.Draft();

            Assert.Equal((preset.Host, 993, ServerSecurity.ImplicitTls, preset.Id, preset.SignIn), (draft.Host, draft.Port, draft.Security, draft.Provider, draft.SignInKind));
            Assert.True(draft.IsSeed || draft.Addressing != TestAddressing.None);
            Assert.Equal(preset.HasPlusAddresses, draft.Addressing == TestAddressing.PlusAddress);
        });
        Assert.Equal(MailboxPresets.All.Length, MailboxPresets.All.Select(p => p.Id).Distinct().Count());
    }

    [Fact]
    public void Protocol_Pop3_ProposesItsPortUnlessAnotherWasTyped()
    {
        var usual = new MailboxForm(null) { Protocol = MailboxProtocol.Pop3 };
        var typed = new MailboxForm(null) { Port = 9993 };
        typed.Protocol = MailboxProtocol.Pop3;

        Assert.Equal((995, TokenPurpose.Pop3), (usual.Port, usual.Purpose));
        Assert.Equal(9993, typed.Port);
    }
}
