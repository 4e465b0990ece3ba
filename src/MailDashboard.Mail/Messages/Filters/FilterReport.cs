using System.Collections.Immutable;
using MailDashboard.Checks;

namespace MailDashboard.Mail.Messages.Filters;

/// <summary>A rule of a spam filter that matched.</summary>
/// <param name="Name">Its name, for example <c>HTML_IMAGE_ONLY_04</c>.</param>
/// <param name="Points">Its score: positive speaks for spam.</param>
/// <param name="Description">The filter's own words, English; empty where it gives none.</param>
public sealed record FilterRule(string Name, decimal Points, string Description);

/// <summary>What a spam filter said about the message.</summary>
/// <param name="Filter"><c>SpamAssassin</c> or <c>rspamd</c>.</param>
/// <param name="Score">Its score; more is worse.</param>
/// <param name="Required">From here on it calls a message spam.</param>
/// <param name="Rules">The rules that matched, the heaviest first.</param>
public sealed record FilterReport(string Filter, decimal Score, decimal Required, ImmutableArray<FilterRule> Rules)
{
    /// <summary>Why it said nothing; null where it did.</summary>
    public Reason? WhyNot { get; init; }

    /// <summary>It could not be asked, or did not answer: nothing is known.</summary>
    /// <param name="filter">Which one.</param>
    /// <param name="key">Of the reason.</param>
    /// <param name="arguments">Of the reason, after the filter's name.</param>
    public static FilterReport Unavailable(string filter, string key, params string[] arguments) => new(filter, 0, 0, []) { WhyNot = Reason.Of(key, [filter, .. arguments]) };
}

/// <summary>What a filter has to know beside the message.</summary>
/// <param name="MailFrom">The reverse-path.</param>
/// <param name="Address">The sending address; null where it is not known.</param>
/// <param name="Helo">Its HELO name.</param>
public sealed record FilterEnvelope(string MailFrom, System.Net.IPAddress? Address, string Helo);

/// <summary>A spam filter that judges messages.</summary>
public interface IMessageFilter
{
    /// <summary>As people call it.</summary>
    string Name { get; }

    /// <summary>Asks it. Failure is data; throws only when cancelled by the caller.</summary>
    Task<FilterReport> JudgeAsync(ReadOnlyMemory<byte> message, FilterEnvelope envelope, CancellationToken cancellationToken);
}
