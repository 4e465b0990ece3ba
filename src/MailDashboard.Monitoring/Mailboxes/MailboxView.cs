using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Mailboxes;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;

namespace MailDashboard.Monitoring.Mailboxes;

/// <summary>A mailbox as pages see it.</summary>
public sealed record MailboxView(
    int Id,
    string Name,
    string Host,
    int Port,
    ServerSecurity Security,
    MailboxProtocol Protocol,
    SignInView SignIn,
    string Address,
    TestAddressing Addressing,
    bool IsSeed,
    string? Provider,
    string? SpamFolder,
    string? Relays,
    AccountHealthView Health)
{
    internal static MailboxView Of(Mailbox m) => new(
        m.Id, m.Name, m.Host, m.Port, m.Security, m.Protocol, SignInView.Of(m), m.Address, m.Addressing, m.IsSeed, m.Provider, m.SpamFolder, m.Relays, AccountHealthView.Of(m));
}

/// <summary>How storing a mailbox ended.</summary>
/// <param name="Id">Of the mailbox; null where nothing was stored.</param>
/// <param name="Problems">What is wrong; empty where it was stored, or somebody removed it meanwhile.</param>
public sealed record MailboxSaved(int? Id, IReadOnlyList<ProfileProblem> Problems);

/// <summary>How trying a mailbox ended.</summary>
/// <param name="Look">Null where the draft was not even tried.</param>
/// <param name="Problems">Why it was not.</param>
public sealed record MailboxTrial(MailboxLook? Look, IReadOnlyList<ProfileProblem> Problems);
