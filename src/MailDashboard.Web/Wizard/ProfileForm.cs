using MailDashboard.Mail.Connecting;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Wizard;

namespace MailDashboard.Web.Wizard;

/// <summary>What is being typed about a profile.</summary>
/// <param name="proposal">What is known without asking.</param>
/// <param name="typed">What was typed before; null where nothing was.</param>
internal sealed class ProfileForm(ProfileDraft proposal, TypedProfile? typed)
{
    /// <summary>Something was typed since the last look.</summary>
    public bool IsChanged { get; set; }

    public string Host { get; set => Set(ref field, value); } = typed?.Host ?? proposal.Host;

    public int Port { get; set => Set(ref field, value); } = typed?.Port ?? proposal.Port;

    public ServerSecurity Security { get; set => Set(ref field, value); } = typed?.Security ?? proposal.Security;

    public string? UserName { get; set => Set(ref field, value); } = typed?.UserName;

    /// <summary>Only ever what was typed now.</summary>
    public string? Password { get; set => Set(ref field, value); }

    public string SenderAddress { get; set => Set(ref field, value); } = typed?.SenderAddress ?? proposal.SenderAddress;

    public string? SenderName { get; set => Set(ref field, value); } = typed?.SenderName;

    public ProfileDraft Draft(int? domainId) => proposal with
    {
        Host = Host,
        Port = Port,
        Security = Security,
        UserName = UserName,
        Password = Password,
        SenderAddress = SenderAddress,
        SenderName = SenderName,
        DomainIds = domainId is { } id ? [id] : [],
    };

    public TypedProfile Typed() => new(Host, Port, Security, UserName, SenderAddress, SenderName);

    private void Set<T>(ref T field, T value) => (field, IsChanged) = (value, true);
}
