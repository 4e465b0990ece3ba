using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Sending;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Alerting.Mails;
using MailDashboard.Monitoring.Persistence.Entities;
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
    IReadOnlyList<ProfileProblem> Problems)
{
    /// <summary>A limit of the profile allows the message only then; it was not tried.</summary>
    public DateTimeOffset? FreeAt { get; init; }

    /// <summary>Why there was no token to sign in with; null where that was not it.</summary>
    public TokenFault? Token { get; init; }

    /// <summary>What was wrong with the server's certificate; null where that was not it.</summary>
    public RefusedCertificate? Certificate { get; init; }
}

/// <summary>Proves a profile: by a connection, or with a real message.</summary>
public sealed class ProfileTester(ProfileStore profiles, ProfileMailer mailer, SettingsStore settings, TimeProvider time)
{
    /// <summary>Sends through the profile by which the dashboard sends, and remembers how it went.</summary>
    public async Task<ProfileTestResult> SendTestAsync(string recipient, CultureInfo culture, CancellationToken cancellationToken) =>
        await SendTestAsync(await profiles.LoadForNoticesAsync(cancellationToken), recipient, culture, cancellationToken);

    /// <summary>Sends through a stored profile, and remembers how it went.</summary>
    public async Task<ProfileTestResult> SendTestAsync(int id, string recipient, CultureInfo culture, CancellationToken cancellationToken) =>
        await SendTestAsync(await profiles.LoadAsync(id, cancellationToken), recipient, culture, cancellationToken);

    /// <summary>Connects and signs in as a draft says, without storing or sending anything.</summary>
    /// <param name="id">The stored profile whose secrets are kept; null for a new one.</param>
    public async Task<(ServerLook? Look, IReadOnlyList<ProfileProblem> Problems)> LookAsync(int? id, ProfileDraft draft, CancellationToken cancellationToken)
    {
        var (profile, problems) = await profiles.TryOutAsync(id, draft, cancellationToken);
        return profile is null ? (null, problems) : (await mailer.LookAsync(profile, cancellationToken), []);
    }

    private async Task<ProfileTestResult> SendTestAsync(SmtpProfile? profile, string recipient, CultureInfo culture, CancellationToken cancellationToken)
    {
        if (profile is null)
        {
            return NotTried(new ProfileProblem(nameof(ProfileDraft.Host), ProfileFault.Missing));
        }

        if (!AccountRules.IsAddress(recipient))
        {
            return NotTried(new ProfileProblem("Recipient", ProfileFault.NotAnAddress));
        }

        var current = await settings.GetAsync(cancellationToken);
        var mail = new TestMail(current.OrganisationName, current.PublicUrl, time.GetUtcNow()).Compose(culture);
        var outgoing = new OutgoingMail(recipient, mail.Subject, mail.Text, mail.Html, OutgoingMime.NewMessageId(current.PublicHost), Language: culture.TwoLetterISOLanguageName);
        var (result, freeAt) = await mailer.SendAsync(profile, outgoing, cancellationToken);
        if (result is null)
        {
            return NotTried() with { FreeAt = freeAt };
        }

        await profiles.RememberTestAsync(profile.Id, result, time.GetUtcNow(), cancellationToken);
        return new ProfileTestResult(result.IsAccepted, result.Stage, result.Detail, result.Conversation, []) { Token = result.Token, Certificate = result.Certificate };
    }

    private static ProfileTestResult NotTried(params ProfileProblem[] problems) => new(false, SendStage.Resolving, "", [], problems);
}
