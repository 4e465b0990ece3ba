using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Mailboxes;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;

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
}

/// <summary>What a mailbox may be. Pure.</summary>
internal static class MailboxRules
{
    private const int LongestFolder = 200;

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

        return problems;
    }
}
