using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Monitoring.Alerting.Rules;

namespace MailDashboard.Web.Alerts;

/// <summary>A rule while somebody types it: lists as text, one a line.</summary>
public sealed class RuleForm
{
    public RuleForm(RuleDraft draft, string timeZone)
    {
        var terms = draft.Terms;
        (Name, IsEnabled, Topic, MinimumSeverity) = (draft.Name ?? "", draft.IsEnabled, terms.Topic, terms.MinimumSeverity);
        (Families, Codes, Tags, Domains) = (Lines(terms.Families), Lines(terms.Codes), Lines(terms.Tags), Lines(terms.Domains));
        (MinimumWeight, OnlyWorse, ScoreDrop, CertificatePercent, UndeterminedHours) = (terms.MinimumWeight, terms.OnlyWorse, terms.ScoreDrop, terms.CertificatePercent, terms.UndeterminedHours);
        (ConfirmAfter, ResolveAfter, RemindHours, GroupSeconds) = (terms.ConfirmAfter, terms.ResolveAfter, terms.RemindHours, terms.GroupSeconds);
        Channels = [.. draft.ChannelIds];
        HasQuiet = terms.Quiet is not null;
        var quiet = terms.Quiet ?? new QuietHours(22 * 60, 7 * 60, timeZone, Severity.Critical);
        (QuietFrom, QuietTo, QuietZone, BreaksThrough) = (Time(quiet.From), Time(quiet.To), quiet.TimeZone, quiet.BreaksThrough);
    }

    public string Name { get; set; }

    public bool IsEnabled { get; set; }

    public RuleTopic Topic { get; set; }

    public Severity? MinimumSeverity { get; set; }

    public string Families { get; set; }

    public string Codes { get; set; }

    public string Tags { get; set; }

    public string Domains { get; set; }

    public ListWeight MinimumWeight { get; set; }

    public bool OnlyWorse { get; set; }

    public int ScoreDrop { get; set; }

    public int CertificatePercent { get; set; }

    public int UndeterminedHours { get; set; }

    public int ConfirmAfter { get; set; }

    public int ResolveAfter { get; set; }

    public int? RemindHours { get; set; }

    public int GroupSeconds { get; set; }

    public HashSet<int> Channels { get; }

    public bool HasQuiet { get; set; }

    public TimeOnly QuietFrom { get; set; }

    public TimeOnly QuietTo { get; set; }

    public string QuietZone { get; set; }

    public Severity? BreaksThrough { get; set; }

    /// <summary>Families and codes narrow findings only.</summary>
    public bool NarrowsByCode => Topic is RuleTopic.Finding or RuleTopic.Change or RuleTopic.Drift;

    /// <summary>What we send by belongs to no domain.</summary>
    public bool NarrowsByDomain => Topic != RuleTopic.Sending;

    public RuleTerms ToTerms() => new()
    {
        Topic = Topic,
        MinimumSeverity = Topic is RuleTopic.Finding or RuleTopic.Change ? MinimumSeverity : null,
        Families = NarrowsByCode ? Words(Families) : [],
        Codes = NarrowsByCode ? [.. Words(Codes).Select(c => c.ToUpperInvariant())] : [],
        Tags = NarrowsByDomain ? Words(Tags, '\n', ',') : [],
        Domains = NarrowsByDomain ? Words(Domains) : [],
        MinimumWeight = MinimumWeight,
        OnlyWorse = OnlyWorse,
        ScoreDrop = ScoreDrop,
        CertificatePercent = CertificatePercent,
        UndeterminedHours = UndeterminedHours,
        ConfirmAfter = ConfirmAfter,
        ResolveAfter = ResolveAfter,
        RemindHours = RemindHours,
        GroupSeconds = GroupSeconds,
        Quiet = HasQuiet ? new QuietHours(Minute(QuietFrom), Minute(QuietTo), QuietZone.Trim(), BreaksThrough) : null,
    };

    public RuleDraft ToDraft() => new(Name, IsEnabled, ToTerms(), [.. Channels.Order()]);

    private static string Lines(ImmutableArray<string> words) => string.Join('\n', words.IsDefault ? [] : words);

    private static ImmutableArray<string> Words(string text, params char[] separators) =>
        [.. text.Split(separators.Length == 0 ? ['\n', ',', ' ', ';'] : separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static TimeOnly Time(int minute) => new(Math.Clamp(minute, 0, 1439) / 60, Math.Clamp(minute, 0, 1439) % 60);

    private static int Minute(TimeOnly time) => (time.Hour * 60) + time.Minute;
}
