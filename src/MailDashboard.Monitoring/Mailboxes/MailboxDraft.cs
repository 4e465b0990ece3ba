using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Mailboxes;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Settings;

namespace MailDashboard.Monitoring.Mailboxes;

/// <summary>A mailbox, as typed.</summary>
public sealed record MailboxDraft : AccountDraft
{
    public MailboxDraft() => (Port, Security) = (993, ServerSecurity.ImplicitTls);

    public MailboxProtocol Protocol { get; init; }

    public string Address { get; init; } = "";

    public TestAddressing Addressing { get; init; }

    public bool IsSeed { get; init; }

    /// <summary>Id of a <see cref="MailboxPreset"/>; null for any other provider.</summary>
    public string? Provider { get; init; }

    public string? SpamFolder { get; init; }

    /// <summary>Addresses and networks of own relays in front of it, as people type a list.</summary>
    public string? Relays { get; init; }
}

/// <summary>What a mailbox may be. Pure.</summary>
internal static class MailboxRules
{
    private const int LongestFolder = 200;
    private const int LongestRelays = 1000;

    public static List<ProfileProblem> Check(MailboxDraft draft, Mailbox? stored)
    {
        var problems = AccountRules.Check(draft, stored);
        if (draft.Kind == SignInKind.Nobody)
        {
            problems.Add(new(nameof(draft.UserName), ProfileFault.Missing));
        }

        if (!AccountRules.IsAddress(draft.Address))
        {
            problems.Add(new(nameof(draft.Address), string.IsNullOrWhiteSpace(draft.Address) ? ProfileFault.Missing : ProfileFault.NotAnAddress));
        }

        if (draft is { Addressing: TestAddressing.None, IsSeed: false })
        {
            problems.Add(new(nameof(draft.Addressing), ProfileFault.NoUse));
        }

        if (draft.SpamFolder?.Length > LongestFolder)
        {
            problems.Add(new(nameof(draft.SpamFolder), ProfileFault.TooLong));
        }

        if (draft.Relays?.Length > LongestRelays)
        {
            problems.Add(new(nameof(draft.Relays), ProfileFault.TooLong));
        }

        var wrong = new List<SettingProblem>();
        SettingRules.ParseNetworks(nameof(draft.Relays), draft.Relays, wrong);
        if (wrong.Count > 0)
        {
            problems.Add(new(nameof(draft.Relays), ProfileFault.NotAnAddress));
        }

        return problems;
    }
}
