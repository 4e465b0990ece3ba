using System.Collections.Immutable;

namespace MailDashboard.Mail.Messages;

/// <summary>Every mark there is.</summary>
public static class MessageMarks
{
    /// <summary>All of them, by code.</summary>
    public static ImmutableArray<MarkDefinition> All { get; } =
    [
        .. Judging.AuthenticationMarks.All, .. Judging.ServerMarks.All, .. Judging.FormMarks.All, .. Judging.ContentMarks.All, .. Judging.AttachmentMarks.All,
    ];

    /// <summary>The mark with this code; null where there is none.</summary>
    public static MarkDefinition? Find(string code) => All.FirstOrDefault(m => m.Code == code);
}
