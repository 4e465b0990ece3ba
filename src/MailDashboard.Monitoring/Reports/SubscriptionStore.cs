using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Reports;

/// <summary>What somebody typed.</summary>
/// <param name="Hour">0 to 23, in <paramref name="TimeZone"/>.</param>
public sealed record SubscriptionDraft(ReportKind Kind, string Address, string Language, string Tag, int Hour, string TimeZone);

/// <summary>How a change ended.</summary>
public enum SubscriptionChange
{
    Done,
    NotAnAddress,
    NotATimeZone,
    NotAnHour,

    /// <summary>This reader gets the same already.</summary>
    Duplicate,
    TooLong,

    /// <summary>Somebody removed it meanwhile.</summary>
    Gone,
}

/// <summary>Who gets which report.</summary>
public sealed class SubscriptionStore(
    IDbContextFactory<DashboardContext> contexts, DatabaseWriter writer, ReportComposer composer, OutboxQueue outbox, ChangeFeed feed, TimeProvider time)
{
    private const int LongestTag = 100;

    public async Task<IReadOnlyList<ReportSubscription>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var all = await db.ReportSubscriptions.AsNoTracking().ToListAsync(cancellationToken);
        return [.. all.OrderBy(s => s.Kind).ThenBy(s => s.Address, StringComparer.Ordinal).ThenBy(s => s.Tag, StringComparer.Ordinal)];
    }

    public Task<SubscriptionChange> AddAsync(SubscriptionDraft draft, CancellationToken cancellationToken) =>
        ChangeAsync(
            async (db, token) =>
            {
                var (address, tag) = (draft.Address.Trim(), draft.Tag.Trim().ToLowerInvariant().Normalize());
                if (Fault(draft, address, tag) is { } fault)
                {
                    return fault;
                }

                if (await db.ReportSubscriptions.AnyAsync(s => s.Kind == draft.Kind && s.Address == address && s.Tag == tag, token))
                {
                    return SubscriptionChange.Duplicate;
                }

                db.ReportSubscriptions.Add(new ReportSubscription
                {
                    Kind = draft.Kind,
                    Address = address,
                    Language = draft.Language == "fr" ? "fr" : "en",
                    Tag = tag,
                    Hour = draft.Hour,
                    TimeZone = draft.TimeZone.Trim(),
                    NextAt = ReportSchedule.Next(draft.Kind, draft.Hour, draft.TimeZone.Trim(), time.GetUtcNow()),
                });
                return SubscriptionChange.Done;
            },
            cancellationToken);

    /// <summary>Switched on again, it goes on at its next turn: what was missed is not sent.</summary>
    public Task<SubscriptionChange> SetEnabledAsync(int id, bool isEnabled, CancellationToken cancellationToken) =>
        ChangeAsync(
            async (db, token) =>
            {
                if (await db.ReportSubscriptions.FindAsync([id], token) is not { } subscription)
                {
                    return SubscriptionChange.Gone;
                }

                (subscription.IsEnabled, subscription.NextAt) = (isEnabled, ReportSchedule.Next(subscription, time.GetUtcNow()));
                return SubscriptionChange.Done;
            },
            cancellationToken);

    public Task<SubscriptionChange> DeleteAsync(int id, CancellationToken cancellationToken) =>
        ChangeAsync(
            async (db, token) => await db.ReportSubscriptions.Where(s => s.Id == id).ExecuteDeleteAsync(token) > 0 ? SubscriptionChange.Done : SubscriptionChange.Gone,
            cancellationToken);

    /// <summary>Sends what a subscription would send now to whoever wants to see it; the next regular one comes all the same.</summary>
    public async Task<SubscriptionChange> SendNowAsync(int id, string address, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var subscription = await db.ReportSubscriptions.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancellationToken);
        if (subscription is null)
        {
            return SubscriptionChange.Gone;
        }

        if (!AccountRules.IsAddress(address))
        {
            return SubscriptionChange.NotAnAddress;
        }

        subscription.Address = address;
        if (await composer.ComposeAsync(subscription, isAskedFor: true, cancellationToken) is { } message)
        {
            await outbox.AddAsync(message, cancellationToken);
        }

        return SubscriptionChange.Done;
    }

    private static SubscriptionChange? Fault(SubscriptionDraft draft, string address, string tag) =>
        !AccountRules.IsAddress(address) ? SubscriptionChange.NotAnAddress
        : draft.Hour is < 0 or > 23 ? SubscriptionChange.NotAnHour
        : tag.Length > LongestTag ? SubscriptionChange.TooLong
        : !TimeZoneInfo.TryFindSystemTimeZoneById(draft.TimeZone.Trim(), out _) ? SubscriptionChange.NotATimeZone
        : null;

    private async Task<SubscriptionChange> ChangeAsync(Func<DashboardContext, CancellationToken, Task<SubscriptionChange>> change, CancellationToken cancellationToken)
    {
        var result = await writer.WriteAsync(change, cancellationToken);
        if (result == SubscriptionChange.Done)
        {
            feed.Publish(new DashboardChange(null));
        }

        return result;
    }
}
