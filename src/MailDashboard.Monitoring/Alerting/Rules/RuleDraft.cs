using System.Collections.Immutable;
using MailDashboard.Monitoring.Alerting.Notices;
using MailDashboard.Monitoring.Catalogue;
using MailDashboard.Monitoring.Domains;

namespace MailDashboard.Monitoring.Alerting.Rules;

/// <summary>What is wrong with a rule that somebody wrote.</summary>
/// <param name="Field">Name of the property of <see cref="RuleDraft"/> or <see cref="RuleTerms"/>.</param>
/// <param name="Fault">Key of the sentence.</param>
/// <param name="Value">What was refused.</param>
public sealed record RuleProblem(string Field, RuleFault Fault, string Value = "");

public enum RuleFault
{
    Missing,
    TooLong,
    TooMany,
    OutOfRange,
    UnknownFamily,
    UnknownCode,
    NotADomain,
    UnknownTimeZone,
    NoQuietTime,
    NoChannel,
}

/// <summary>A rule as somebody writes it.</summary>
/// <param name="Name">Null keeps the name of a shipped rule.</param>
/// <param name="IsEnabled">It tells.</param>
/// <param name="Terms">What it tells of, and how.</param>
/// <param name="ChannelIds">By what.</param>
public sealed record RuleDraft(string? Name, bool IsEnabled, RuleTerms Terms, ImmutableArray<int> ChannelIds);

/// <summary>Checks and normalises what somebody wrote. Pure.</summary>
public static class RuleDrafts
{
    public const int LongestName = 100;
    public const int MostInARow = 10;
    public const int LongestHours = 24 * 90;
    public const int LongestGroupSeconds = 3600;
    private const int MostWords = 100;

    /// <param name="draft">As it was written.</param>
    /// <param name="hasPreset">A shipped rule needs no name.</param>
    public static IReadOnlyList<RuleProblem> Check(RuleDraft draft, bool hasPreset)
    {
        var problems = new List<RuleProblem>();
        var terms = draft.Terms;
        if (string.IsNullOrWhiteSpace(draft.Name) && !hasPreset)
        {
            problems.Add(new RuleProblem(nameof(RuleDraft.Name), RuleFault.Missing));
        }

        if (draft.Name?.Trim().Length > LongestName)
        {
            problems.Add(new RuleProblem(nameof(RuleDraft.Name), RuleFault.TooLong));
        }

        if (draft is { IsEnabled: true, ChannelIds.IsEmpty: true })
        {
            problems.Add(new RuleProblem(nameof(RuleDraft.ChannelIds), RuleFault.NoChannel));
        }

        Words(nameof(RuleTerms.Families), terms.Families, f => FindingCatalogue.Family(f) is not null, RuleFault.UnknownFamily);
        Words(nameof(RuleTerms.Codes), terms.Codes, c => FindingCatalogue.Definition(c) is not null, RuleFault.UnknownCode);
        Words(nameof(RuleTerms.Tags), terms.Tags, t => t.Length <= LongestName, RuleFault.TooLong);
        Words(nameof(RuleTerms.Domains), terms.Domains, d => DomainName.TryParse(d, out _, out _, out _), RuleFault.NotADomain);
        Range(nameof(RuleTerms.ConfirmAfter), terms.ConfirmAfter, 1, MostInARow);
        Range(nameof(RuleTerms.ResolveAfter), terms.ResolveAfter, 1, MostInARow);
        Range(nameof(RuleTerms.RemindHours), terms.RemindHours ?? 1, 1, LongestHours);
        Range(nameof(RuleTerms.ScoreDrop), terms.ScoreDrop, 1, 100);
        Range(nameof(RuleTerms.CertificatePercent), terms.CertificatePercent, 1, 100);
        Range(nameof(RuleTerms.UndeterminedHours), terms.UndeterminedHours, 1, LongestHours);
        Range(nameof(RuleTerms.GroupSeconds), terms.GroupSeconds, 0, LongestGroupSeconds);
        if (terms.Quiet is { } quiet)
        {
            Range(nameof(RuleTerms.Quiet), quiet.From, 0, (24 * 60) - 1);
            Range(nameof(RuleTerms.Quiet), quiet.To, 0, (24 * 60) - 1);
            if (quiet.From == quiet.To)
            {
                problems.Add(new RuleProblem(nameof(RuleTerms.Quiet), RuleFault.NoQuietTime));
            }

            if (QuietTime.Zone(quiet.TimeZone) == TimeZoneInfo.Utc && quiet.TimeZone is not ("UTC" or "Etc/UTC"))
            {
                problems.Add(new RuleProblem(nameof(RuleTerms.Quiet), RuleFault.UnknownTimeZone, quiet.TimeZone));
            }
        }

        return problems;

        void Words(string field, ImmutableArray<string> words, Func<string, bool> isGood, RuleFault fault)
        {
            if (words.Length > MostWords)
            {
                problems.Add(new RuleProblem(field, RuleFault.TooMany));
            }

            problems.AddRange(words.Where(w => !isGood(w)).Take(3).Select(w => new RuleProblem(field, fault, w)));
        }

        void Range(string field, int value, int least, int most)
        {
            if (value < least || value > most)
            {
                problems.Add(new RuleProblem(field, RuleFault.OutOfRange, $"{least}–{most}"));
            }
        }
    }

    /// <summary>Domains as they are stored, tags in lower case, nothing twice.</summary>
    public static RuleTerms Normalise(RuleTerms terms) => terms with
    {
        Domains = [.. terms.Domains.Select(d => DomainName.TryParse(d, out var name, out _, out _) ? name.Ascii : d).Distinct(StringComparer.Ordinal)],
        Tags = [.. terms.Tags.Select(t => t.Trim().ToLowerInvariant()).Where(t => t.Length > 0).Distinct(StringComparer.Ordinal)],
        Codes = [.. terms.Codes.Distinct(StringComparer.Ordinal)],
        Families = [.. terms.Families.Distinct(StringComparer.Ordinal)],
    };
}
