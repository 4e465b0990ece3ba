using System.Collections.Immutable;

namespace MailDashboard.Mail.Advice;

/// <summary>Recommends who sends, by which port, how people read and what is kept apart. Pure; the person decides.</summary>
public static class Adviser
{
    /// <summary>Messages a month from which own servers start to pay.</summary>
    public const int OwnServerPaysFrom = 50_000;

    /// <summary>One recommendation a topic, in the order in which they are decided.</summary>
    public static ImmutableArray<Recommendation> Advise(AdviserAnswers answers) =>
        [Hosting(answers), Submission(answers), Reading(answers), Separation(answers)];

    /// <summary>What an option costs in work.</summary>
    public static Work WorkOf(AdviceOption option) => option switch
    {
        AdviceOption.SendingService => new(1, 0.5),
        AdviceOption.MailboxService => new(3, 1),
        AdviceOption.OwnServer => new(24, 8),
        AdviceOption.Mapi => new(2, 0.5),
        AdviceOption.NameForCampaigns => new(1, 0),
        AdviceOption.Imap or AdviceOption.Pop3 => new(0.5, 0.25),
        _ => new(0, 0),
    };

    private static Recommendation Hosting(AdviserAnswers answers)
    {
        var needsMailboxes = answers.Purposes.Contains(MailPurpose.Mailboxes) || answers.Purposes.Contains(MailPurpose.Calendars) || answers.Readers.Count > 0;
        var isLarge = answers.MonthlyVolume >= OwnServerPaysFrom;
        var hasExchange = answers.Systems.Contains(SendingSystem.Exchange);
        if (answers.HasMailStaff && (isLarge || hasExchange))
        {
            ImmutableArray<AdviceReason> reasons = [.. Where((isLarge, AdviceReason.VolumeIsLarge), (hasExchange, AdviceReason.ExchangeIsThere), (true, AdviceReason.SomebodyLooksAfterIt))];
            return new(AdviceTopic.Hosting, AdviceOption.OwnServer, reasons, [AdviceOption.SendingService, AdviceOption.MailboxService]);
        }

        var option = needsMailboxes ? AdviceOption.MailboxService : AdviceOption.SendingService;
        return new(
            AdviceTopic.Hosting,
            option,
            [.. Where(
                (needsMailboxes, AdviceReason.PeopleNeedMailboxes),
                (answers.Purposes.Contains(MailPurpose.Calendars), AdviceReason.CalendarsAreShared),
                (!needsMailboxes, AdviceReason.NobodyNeedsMailboxes),
                (!isLarge, AdviceReason.VolumeIsSmall),
                (!answers.HasMailStaff, AdviceReason.NobodyLooksAfterIt))],
            [needsMailboxes ? AdviceOption.SendingService : AdviceOption.MailboxService, AdviceOption.OwnServer]);
    }

    private static Recommendation Submission(AdviserAnswers answers) =>
        answers.Systems.Contains(SendingSystem.Devices) || answers.Systems.Contains(SendingSystem.BusinessSoftware) || answers.Systems.Contains(SendingSystem.Exchange)
            ? new(AdviceTopic.Submission, AdviceOption.Port587, [AdviceReason.SystemsKnowStartTls], [AdviceOption.Port465])
            : new(AdviceTopic.Submission, AdviceOption.Port465, [AdviceReason.EncryptedFromTheStart, AdviceReason.SystemsKnowTls], [AdviceOption.Port587]);

    private static Recommendation Reading(AdviserAnswers answers)
    {
        if (answers.Readers.Count == 0 && !answers.Purposes.Contains(MailPurpose.Mailboxes) && !answers.Purposes.Contains(MailPurpose.Calendars))
        {
            return new(AdviceTopic.Reading, AdviceOption.NoReading, [AdviceReason.NobodyReads], [AdviceOption.Imap]);
        }

        if (answers.Purposes.Contains(MailPurpose.Calendars) || (answers.Systems.Contains(SendingSystem.Exchange) && answers.Readers.Contains(ReadingWith.Outlook)))
        {
            ImmutableArray<AdviceReason> reasons =
                [.. Where((answers.Purposes.Contains(MailPurpose.Calendars), AdviceReason.CalendarsAreShared), (answers.Systems.Contains(SendingSystem.Exchange), AdviceReason.ExchangeIsThere))];
            return new(AdviceTopic.Reading, AdviceOption.Mapi, reasons, [AdviceOption.Imap, AdviceOption.Pop3]);
        }

        return answers.Purposes.Contains(MailPurpose.WeakNetworks) && answers.Readers.Count <= 1
            ? new(AdviceTopic.Reading, AdviceOption.Pop3, [AdviceReason.ReadWithoutNetwork], [AdviceOption.Imap])
            : new(AdviceTopic.Reading, AdviceOption.Imap, [AdviceReason.SameOnEveryDevice], [AdviceOption.Pop3, AdviceOption.Mapi]);
    }

    private static Recommendation Separation(AdviserAnswers answers) =>
        answers.Purposes.Contains(MailPurpose.Campaigns) && answers.Purposes.Count > 1
            ? new(AdviceTopic.Separation, AdviceOption.NameForCampaigns, [AdviceReason.CampaignsHarmTheRest], [AdviceOption.OneName])
            : new(AdviceTopic.Separation, AdviceOption.OneName, [AdviceReason.NothingToKeepApart], [AdviceOption.NameForCampaigns]);

    private static IEnumerable<AdviceReason> Where(params (bool Holds, AdviceReason Reason)[] reasons) => reasons.Where(r => r.Holds).Select(r => r.Reason);
}
