using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Settings;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Channels;

/// <summary>How a test went with one receiver.</summary>
/// <param name="Receiver">An e-mail address, or the host that was posted to.</param>
/// <param name="Problem">For what is posted.</param>
/// <param name="Stage">For e-mail.</param>
/// <param name="Detail">What was answered, secrets hidden. Hostile text.</param>
public sealed record ChannelTestLine(string Receiver, bool IsAccepted, PostProblem Problem, SendStage? Stage, string Detail);

/// <summary>How a test went; no line where there was nobody to send to, or nothing to send with.</summary>
public sealed record ChannelTestResult(ImmutableArray<ChannelTestLine> Lines)
{
    public bool IsAccepted => Lines.Length > 0 && Lines.All(l => l.IsAccepted);
}

/// <summary>Proves a channel with a real message, past the outbox: the answer is what people wait for.</summary>
public sealed class ChannelTester(
    ChannelStore channels, HttpChannelSender post, ProfileTester mail, SettingsStore settings, IDbContextFactory<DashboardContext> contexts, TimeProvider time)
{
    private const int MostRecipients = 20;

    /// <returns>Null where the channel is gone.</returns>
    public async Task<ChannelTestResult?> TestAsync(int id, CancellationToken cancellationToken)
    {
        if (await channels.LoadAsync(id, cancellationToken) is not { } loaded)
        {
            return null;
        }

        return loaded.Channel.Kind == ChannelKind.Email ? await MailAsync(id, cancellationToken) : await PostAsync(loaded.Channel, loaded.Target, cancellationToken);
    }

    private async Task<ChannelTestResult> PostAsync(NotificationChannel channel, ChannelTarget target, CancellationToken cancellationToken)
    {
        var culture = CultureInfo.GetCultureInfo(channel.Language);
        var (texts, current) = (new ChannelTexts(culture), await settings.GetAsync(cancellationToken));
        var told = new Announcement(AnnouncementKind.Test, texts.Format("Test.Subject", channel.Name), texts["Test.Text"], [], 0, current.PublicUrl, time.GetUtcNow());
        var result = await post.PostAsync(target, ChannelPayloads.Compose(channel.Kind, told, culture), OutgoingMime.NewMessageId(current.PublicHost), cancellationToken);
        await channels.RememberTestAsync(channel.Id, Attempt.Of(result), cancellationToken);
        return new([new(channel.UrlHost ?? "", result.Verdict == PostVerdict.Delivered, result.Problem, null, result.Detail)]);
    }

    private async Task<ChannelTestResult> MailAsync(int id, CancellationToken cancellationToken)
    {
        var lines = ImmutableArray.CreateBuilder<ChannelTestLine>();
        foreach (var recipient in await RecipientsAsync(id, cancellationToken))
        {
            var result = await mail.SendTestAsync(recipient.Address, CultureInfo.GetCultureInfo(recipient.Language), cancellationToken);
            if (result.Problems.Count > 0)
            {
                break;
            }

            lines.Add(new(recipient.Address, result.IsAccepted, PostProblem.None, result.Stage, result.Detail));
            if (result.IsAccepted)
            {
                await channels.RememberTestAsync(id, new Attempt(true, true, false, null, ChannelSign.Works), cancellationToken);
            }
            else if (result.Stage < SendStage.Recipient)
            {
                // The others would fare no better, and each may take minutes.
                break;
            }
        }

        return new(lines.ToImmutable());
    }

    private async Task<List<AlertRecipient>> RecipientsAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.AlertRecipients.AsNoTracking().Where(r => r.ChannelId == id && r.IsEnabled).OrderBy(r => r.Id).Take(MostRecipients).ToListAsync(cancellationToken);
    }
}
