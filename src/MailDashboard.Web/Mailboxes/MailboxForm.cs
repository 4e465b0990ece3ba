using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Mailboxes;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Profiles;

namespace MailDashboard.Web.Mailboxes;

/// <summary>A mailbox while somebody types it.</summary>
public sealed class MailboxForm : AccountForm
{
    private MailboxProtocol _protocol;

    public MailboxForm(MailboxView? mailbox)
        : base(mailbox?.Security ?? ServerSecurity.ImplicitTls, mailbox?.Port ?? MailboxPreset.Port)
    {
        if (mailbox is null)
        {
            Addressing = TestAddressing.PlusAddress;
            return;
        }

        Begin(mailbox.Name, mailbox.Host, mailbox.SignIn);
        (_protocol, Address, Addressing, IsSeed) = (mailbox.Protocol, mailbox.Address, mailbox.Addressing, mailbox.IsSeed);
        (Provider, SpamFolder, Relays) = (mailbox.Provider, mailbox.SpamFolder, mailbox.Relays);
    }

    public override TokenPurpose Purpose => Protocol == MailboxProtocol.Imap ? TokenPurpose.Imap : TokenPurpose.Pop3;

    /// <summary>The port that goes with another protocol is proposed.</summary>
    public MailboxProtocol Protocol
    {
        get => _protocol;
        set
        {
            var isUsual = Port == UsualPort(Security);
            _protocol = value;
            Port = isUsual ? UsualPort(Security) : Port;
        }
    }

    public string Address { get; set; } = "";

    public TestAddressing Addressing { get; set; }

    public bool IsSeed { get; set; }

    public string? Provider { get; set; }

    public string? SpamFolder { get; set; }

    public string? Relays { get; set; }

    /// <summary>Fills in what is known of a provider; null is any other.</summary>
    public void Choose(MailboxPreset? preset)
    {
        Provider = preset?.Id;
        if (preset is null)
        {
            return;
        }

        (Host, Protocol, Kind) = (preset.Host, MailboxProtocol.Imap, preset.SignIn);
        Choose(ServerSecurity.ImplicitTls);
        Port = MailboxPreset.Port;
        if (!preset.HasPlusAddresses && Addressing == TestAddressing.PlusAddress)
        {
            (Addressing, IsSeed) = (TestAddressing.None, true);
        }
    }

    public MailboxDraft Draft() => Fill(new MailboxDraft { Protocol = Protocol, Address = Address, Addressing = Addressing, IsSeed = IsSeed, Provider = Provider, SpamFolder = SpamFolder, Relays = Relays });

    protected override int UsualPort(ServerSecurity security) => (_protocol, security) switch
    {
        (MailboxProtocol.Imap, ServerSecurity.ImplicitTls) => 993,
        (MailboxProtocol.Imap, _) => 143,
        (_, ServerSecurity.ImplicitTls) => 995,
        _ => 110,
    };
}
