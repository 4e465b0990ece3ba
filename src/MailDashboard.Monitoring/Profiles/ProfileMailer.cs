using MailDashboard.Mail.Sending;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace MailDashboard.Monitoring.Profiles;

/// <summary>How handing a message to a profile ended.</summary>
/// <param name="Result">Null where a limit of the profile does not allow it yet.</param>
/// <param name="FreeAt">When it will.</param>
public sealed record MailerResult(SendResult? Result, DateTimeOffset FreeAt);

/// <summary>The one way by which anything of ours is sent: within the profile's limits, signed in as the profile says.</summary>
public sealed partial class ProfileMailer(ProfileSender sender, AccountSignIn signIns, SendingGate gate, TimeProvider time, ILogger<ProfileMailer> log)
{
    /// <summary>Sends a message of ours, or says when it may be. Throws only when cancelled by the caller, or where the database fails.</summary>
    internal Task<MailerResult> SendAsync(SmtpProfile profile, OutgoingMail mail, CancellationToken cancellationToken) =>
        SendAsync(profile, () => OutgoingMime.Build(mail, profile.SenderAddress, profile.SenderName, time.GetUtcNow()), cancellationToken);

    /// <summary>The same for any message.</summary>
    internal async Task<MailerResult> SendAsync(SmtpProfile profile, Func<MimeMessage> compose, CancellationToken cancellationToken)
    {
        var place = await gate.EnterAsync(profile.Id, profile.Limits(), cancellationToken);
        if (place.Id is null && place.FreeAt > time.GetUtcNow())
        {
            return new MailerResult(null, place.FreeAt);
        }

        // Whoever breaks off may have handed it in: it counts.
        var counts = true;
        try
        {
            var result = await ThroughAsync(profile, settings => sender.SendAsync(settings, compose, cancellationToken), cancellationToken);
            counts = result.Stage >= SendStage.Sender;
            return new MailerResult(result, place.FreeAt);
        }
        finally
        {
            await LeaveAsync(place, counts);
        }
    }

    private async Task LeaveAsync(GatePlace place, bool counts)
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), time);
            await gate.LeaveAsync(place, counts, patience.Token);
        }
        catch (Exception e)
        {
            // What the message became matters more. The place counts as used, which errs on the safe side.
            LogNotLeft(e);
        }
    }

    /// <summary>Connects and signs in, and sends nothing.</summary>
    internal async Task<ServerLook> LookAsync(SmtpProfile profile, CancellationToken cancellationToken)
    {
        ServerLook? look = null;
        var result = await ThroughAsync(
            profile,
            async settings =>
            {
                look = await sender.LookAsync(settings, cancellationToken);
                return look.Result;
            },
            cancellationToken);
        return look ?? new ServerLook(result, null, null, null, null);
    }

    private async Task<SendResult> ThroughAsync(SmtpProfile profile, Func<SubmissionSettings, Task<SendResult>> use, CancellationToken cancellationToken)
    {
        var (signIn, failure) = await signIns.GetAsync(profile, cancellationToken);
        if (signIn is null)
        {
            var detail = failure?.Detail ?? "";
            return new SendResult(SendStage.SigningIn, detail, IsPermanent: false, [$"* {detail}"]) { Token = failure?.Fault, IsUndetermined = failure?.Fault == TokenFault.Unresolved };
        }

        using var certificate = (signIn as Mail.SigningIn.SignIn.WithCertificate)?.Certificate;
        var result = await use(new SubmissionSettings(profile.Host, profile.Port, profile.Security, signIn, profile.SenderAddress, profile.SenderName));
        if (result.Stage == SendStage.SigningIn)
        {
            signIns.Forget(profile);
        }

        return result;
    }

    [LoggerMessage(410, LogLevel.Warning, "A place within a profile's limits could not be given back; it counts as used")]
    private partial void LogNotLeft(Exception exception);
}
