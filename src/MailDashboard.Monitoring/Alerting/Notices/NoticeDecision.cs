using MailDashboard.Checks;
using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Alerting.Notices;

/// <summary>What a rule tells of an alert now.</summary>
public enum Telling
{
    Nothing,

    /// <summary>It is there.</summary>
    Opened,

    /// <summary>It is still there.</summary>
    Reminder,

    /// <summary>It is over.</summary>
    Ended,
}

/// <summary>What a rule has told of an alert so far.</summary>
/// <param name="ToldAt">That it is there.</param>
/// <param name="LastToldAt">That, or a reminder.</param>
/// <param name="EndToldAt">That it is over.</param>
/// <param name="IsOwed">The rule was to tell of it and has had to wait: something held it, or somebody changed the rule meanwhile.</param>
public sealed record NoticeState(DateTimeOffset? ToldAt = null, DateTimeOffset? LastToldAt = null, DateTimeOffset? EndToldAt = null, bool IsOwed = false);

/// <summary>The alert, as far as telling depends on it.</summary>
public sealed record NoticeSubject(AlertStatus Status, Severity Severity, int SeenInRow, DateTimeOffset? OpenedAt)
{
    /// <summary>It was there at the domain's first audit, and is no listing: shown, and told by nobody.</summary>
    public bool IsOldNews { get; init; }

    public bool IsMomentary { get; init; }

    /// <summary>Somebody takes care of it.</summary>
    public bool IsAcknowledged { get; init; }

    public DateTimeOffset? MutedUntil { get; init; }

    /// <summary>Every domain behind it is under announced work until then.</summary>
    public DateTimeOffset? MaintenanceUntil { get; init; }

    /// <summary>It has not lasted long enough for the rule before then.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Whether <see cref="IsOldNews"/> is so.</summary>
    internal static bool IsNoNews(Alert alert, RuleTopic topic) => alert.FromFirstAudit && topic != RuleTopic.Listing;
}

/// <summary>What to tell, or until when not.</summary>
/// <param name="Telling">What is told.</param>
/// <param name="AgainAt">When to decide again; null where nothing is to come of itself.</param>
/// <param name="Held">Why it waits.</param>
public sealed record NoticeVerdict(Telling Telling, DateTimeOffset? AgainAt = null, HoldReason? Held = null)
{
    public static NoticeVerdict Nothing { get; } = new(Telling.Nothing);
}

/// <summary>Decides what one rule tells of one alert. Pure: what was told, the alert, the rule and the clock in; a verdict out.</summary>
public static class NoticeDecision
{
    public static NoticeVerdict Decide(NoticeState told, NoticeSubject alert, ActiveRule rule, DateTimeOffset now) => alert.Status switch
    {
        AlertStatus.Pending => NoticeVerdict.Nothing,
        AlertStatus.Resolved => End(told, alert, rule.Terms, now),
        _ => told.ToldAt is null ? Begin(told, alert, rule, now) : Remind(told, alert, rule.Terms, now),
    };

    private static NoticeVerdict Begin(NoticeState told, NoticeSubject alert, ActiveRule rule, DateTimeOffset now)
    {
        // A rule speaks of what opens after it was made or changed, and of what it owed; not of everything that was there already.
        if (alert.IsOldNews || (alert.OpenedAt < rule.ChangedAt && !told.IsOwed))
        {
            return NoticeVerdict.Nothing;
        }

        if (!alert.IsMomentary && alert.SeenInRow < rule.Terms.ConfirmAfter)
        {
            return NoticeVerdict.Nothing;
        }

        if (alert.NotBefore > now)
        {
            return new NoticeVerdict(Telling.Nothing, alert.NotBefore);
        }

        return Hold(alert, rule.Terms, now) ?? new NoticeVerdict(Telling.Opened, NextReminder(alert, rule.Terms, now));
    }

    private static NoticeVerdict Remind(NoticeState told, NoticeSubject alert, RuleTerms terms, DateTimeOffset now)
    {
        // While its end is being confirmed nobody is reminded of it.
        if (alert.IsAcknowledged || alert.Status != AlertStatus.Open || NextReminder(alert, terms, told.LastToldAt ?? now) is not { } due)
        {
            return NoticeVerdict.Nothing;
        }

        return due > now ? new NoticeVerdict(Telling.Nothing, due) : Hold(alert, terms, now) ?? new NoticeVerdict(Telling.Reminder, NextReminder(alert, terms, now));
    }

    /// <summary>Who was told of the beginning is told of the end; who was not hears of neither.</summary>
    private static NoticeVerdict End(NoticeState told, NoticeSubject alert, RuleTerms terms, DateTimeOffset now)
    {
        if (told.ToldAt is null || told.EndToldAt is not null || alert.IsMomentary)
        {
            return NoticeVerdict.Nothing;
        }

        return Hold(alert with { MaintenanceUntil = null }, terms, now) ?? new NoticeVerdict(Telling.Ended);
    }

    private static NoticeVerdict? Hold(NoticeSubject alert, RuleTerms terms, DateTimeOffset now)
    {
        if (alert.MutedUntil > now)
        {
            return new NoticeVerdict(Telling.Nothing, alert.MutedUntil, HoldReason.Muted);
        }

        if (alert.MaintenanceUntil > now)
        {
            return new NoticeVerdict(Telling.Nothing, alert.MaintenanceUntil, HoldReason.Maintenance);
        }

        return terms.Quiet is { } quiet && !(alert.Severity >= quiet.BreaksThrough) && QuietTime.Until(quiet, now) is { } end
            ? new NoticeVerdict(Telling.Nothing, end, HoldReason.Quiet)
            : null;
    }

    private static DateTimeOffset? NextReminder(NoticeSubject alert, RuleTerms terms, DateTimeOffset last) =>
        terms.RemindHours is { } hours && !alert.IsMomentary ? last.AddHours(hours) : null;
}
