using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Alerting.Mails;
using MailDashboard.Monitoring.Settings;

namespace MailDashboard.Monitoring.Profiles;

/// <summary>How a test message went.</summary>
/// <param name="IsAccepted">The server took it.</param>
/// <param name="Stage">Where it ended.</param>
/// <param name="Detail">The server's reply, or what failed.</param>
/// <param name="Conversation">What was said, secrets hidden.</param>
/// <param name="Problems">The draft was not even tried.</param>
public sealed record ProfileTestResult(
    bool IsAccepted,
    SendStage Stage,
    string Detail,
    ImmutableArray<string> Conversation,
    IReadOnlyList<ProfileProblem> Problems);

/// <summary>Proves a profile with a real message.</summary>
public sealed class ProfileTester(ProfileStore profiles, ProfileSender sender, SettingsStore settings, TimeProvider time)
{
    /// <summary>Sends through the stored profile, and remembers how it went.</summary>
    public async Task<ProfileTestResult> SendTestAsync(string recipient, CultureInfo culture, CancellationToken cancellationToken)
    {
        var submission = await profiles.GetSubmissionAsync(cancellationToken);
        if (submission is null)
        {
            return NotTried(new ProfileProblem(nameof(ProfileDraft.Host), ProfileFault.Missing));
        }

        if (!ProfileRules.IsAddress(recipient))
        {
            return NotTried(new ProfileProblem("Recipient", ProfileFault.NotAnAddress));
        }

        var result = await SendAsync(submission, recipient, culture, cancellationToken);
        await profiles.RememberTestAsync(result, time.GetUtcNow(), cancellationToken);
        return Of(result);
    }

    /// <summary>Sends through a draft without storing anything.</summary>
    public async Task<ProfileTestResult> SendTestAsync(ProfileDraft draft, string recipient, CultureInfo culture, CancellationToken cancellationToken)
    {
        var (submission, problems) = await profiles.GetSubmissionAsync(draft, cancellationToken);
        if (submission is null)
        {
            return NotTried([.. problems]);
        }

        return ProfileRules.IsAddress(recipient)
            ? Of(await SendAsync(submission, recipient, culture, cancellationToken))
            : NotTried(new ProfileProblem("Recipient", ProfileFault.NotAnAddress));
    }

    private static ProfileTestResult NotTried(params ProfileProblem[] problems) => new(false, SendStage.Resolving, "", [], problems);

    private static ProfileTestResult Of(SendResult result) => new(result.IsAccepted, result.Stage, result.Detail, result.Conversation, []);

    private async Task<SendResult> SendAsync(SubmissionSettings submission, string recipient, CultureInfo culture, CancellationToken cancellationToken)
    {
        var current = await settings.GetAsync(cancellationToken);
        var mail = new TestMail(current.OrganisationName, current.PublicUrl, time.GetUtcNow()).Compose(culture);
        var outgoing = new OutgoingMail(recipient, mail.Subject, mail.Text, mail.Html, OutgoingMime.NewMessageId(current.PublicHost), Language: culture.TwoLetterISOLanguageName);
        return await sender.SendAsync(submission, outgoing, cancellationToken);
    }
}
