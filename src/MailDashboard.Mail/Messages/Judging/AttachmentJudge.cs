using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Mail.Messages.Content;

namespace MailDashboard.Mail.Messages.Judging;

/// <summary>Judges attachments: of one file the worst is said.</summary>
internal static class AttachmentJudge
{
    private const long HeavyOctets = 10_000_000;

    public static void Judge(MessageObservation seen, VerdictBuilder verdict)
    {
        foreach (var file in seen.Attachments)
        {
            var subject = Subject.Part(file.Name.Length > 0 ? file.Name : file.MediaType);
            var evidence = new Evidence("octets", file.Octets.ToString(CultureInfo.InvariantCulture));
            var definition = Definition(file.Traits);
            var unread = Unread(file);
            if (definition is not null)
            {
                verdict.Mark(definition, subject, evidence);
            }

            if (unread is not null)
            {
                verdict.CouldNotTell(subject, unread);
            }
            else if (definition is null && !file.IsEntry)
            {
                verdict.Fine(subject, "attachments", $"{file.MediaType}, {file.Octets}");
            }
        }

        var total = seen.Attachments.Where(a => !a.IsEntry).Sum(a => a.Octets);
        if (total > HeavyOctets)
        {
            verdict.Mark(AttachmentMarks.Heavy, Subject.Part("attachments"), new Evidence("value", string.Create(CultureInfo.InvariantCulture, $"{total / 1e6:0.0} MB")));
        }
    }

    /// <summary>Why nobody knows what is in it; null where it is no archive, or was looked into.</summary>
    private static Reason? Unread(AttachmentFacts file) => file switch
    {
        _ when file.Traits.HasFlag(AttachmentTraits.Encrypted) => Reason.Of("ArchiveEncrypted", file.Archive ?? "ZIP"),
        { Archive: { } kind } => Reason.Of("ArchiveUnread", kind),
        _ when file.Traits.HasFlag(AttachmentTraits.Unlisted) => Reason.Of("ArchiveUnlisted"),
        _ => null,
    };

    private static MarkDefinition? Definition(AttachmentTraits traits) => traits switch
    {
        _ when traits.HasFlag(AttachmentTraits.DoubleEnding) => AttachmentMarks.DoubleEnding,
        _ when traits.HasFlag(AttachmentTraits.Program) => AttachmentMarks.Program,
        _ when traits.HasFlag(AttachmentTraits.ProgramOctets) => AttachmentMarks.DisguisedProgram,
        _ when traits.HasFlag(AttachmentTraits.Encrypted) => AttachmentMarks.Encrypted,
        _ when traits.HasFlag(AttachmentTraits.Macros) => AttachmentMarks.Macros,
        _ => null,
    };
}
