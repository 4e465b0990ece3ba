using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Profiles;

/// <summary>How a change of the recipients ended.</summary>
public enum RecipientChange
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>Not an e-mail address.</summary>
    NotAnAddress,

    /// <summary>It is there already.</summary>
    Duplicate,

    /// <summary>Somebody removed it meanwhile.</summary>
    Gone,
}

/// <summary>Who is told by a channel of e-mail.</summary>
public sealed class RecipientStore(IDbContextFactory<DashboardContext> contexts, DatabaseWriter writer, ChangeFeed feed)
{
    public async Task<IReadOnlyList<AlertRecipient>> ListAsync(int channelId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.AlertRecipients.AsNoTracking().Where(r => r.ChannelId == channelId).OrderBy(r => r.Address).ToListAsync(cancellationToken);
    }

    /// <param name="address">Its domain is compared without case.</param>
    /// <param name="language"><c>en</c> or <c>fr</c>; anything else is English.</param>
    /// <param name="channelId">The channel of e-mail that tells it; null for the first.</param>
    public Task<RecipientChange> AddAsync(string address, string language, int? channelId, CancellationToken cancellationToken) =>
        ChangeAsync(
            async (db, token) =>
            {
                var trimmed = Normalise(address);
                if (!AccountRules.IsAddress(trimmed))
                {
                    return RecipientChange.NotAnAddress;
                }

                var channel = await ChannelAsync(db, channelId, token);
                if (channel is null)
                {
                    return RecipientChange.Gone;
                }

                if (await db.AlertRecipients.AnyAsync(r => r.ChannelId == channel && r.Address == trimmed, token))
                {
                    return RecipientChange.Duplicate;
                }

                db.AlertRecipients.Add(new AlertRecipient { ChannelId = channel.Value, Address = trimmed, Language = Language(language) });
                return RecipientChange.Done;
            },
            cancellationToken);

    public Task<RecipientChange> UpdateAsync(int id, string language, bool isEnabled, CancellationToken cancellationToken) =>
        ChangeAsync(
            async (db, token) =>
            {
                if (await db.AlertRecipients.FindAsync([id], token) is not { } recipient)
                {
                    return RecipientChange.Gone;
                }

                (recipient.Language, recipient.IsEnabled) = (Language(language), isEnabled);
                return RecipientChange.Done;
            },
            cancellationToken);

    public Task<RecipientChange> DeleteAsync(int id, CancellationToken cancellationToken) =>
        ChangeAsync(
            async (db, token) => await db.AlertRecipients.Where(r => r.Id == id).ExecuteDeleteAsync(token) > 0 ? RecipientChange.Done : RecipientChange.Gone,
            cancellationToken);

    /// <summary>The first one is made again where somebody has removed it.</summary>
    private static async Task<int?> ChannelAsync(DashboardContext db, int? channelId, CancellationToken cancellationToken)
    {
        var mail = db.NotificationChannels.Where(c => c.Kind == ChannelKind.Email);
        if (channelId is { } id)
        {
            return await mail.AnyAsync(c => c.Id == id, cancellationToken) ? id : null;
        }

        if (await mail.OrderBy(c => c.Id).Select(c => (int?)c.Id).FirstOrDefaultAsync(cancellationToken) is { } first)
        {
            return first;
        }

        var made = db.NotificationChannels.Add(new NotificationChannel { Kind = ChannelKind.Email, Name = NotificationDefaults.EmailName }).Entity;
        await db.SaveChangesAsync(cancellationToken);
        return made.Id;
    }

    private static string Language(string language) => language == "fr" ? "fr" : "en";

    private static string Normalise(string address)
    {
        var trimmed = address.Trim();
        var at = trimmed.LastIndexOf('@');
        return at < 0 ? trimmed : string.Concat(trimmed.AsSpan(0, at), trimmed[at..].ToLowerInvariant());
    }

    private async Task<RecipientChange> ChangeAsync(Func<DashboardContext, CancellationToken, Task<RecipientChange>> change, CancellationToken cancellationToken)
    {
        var result = await writer.WriteAsync(change, cancellationToken);
        if (result == RecipientChange.Done)
        {
            feed.Publish(new DashboardChange(null));
        }

        return result;
    }
}
