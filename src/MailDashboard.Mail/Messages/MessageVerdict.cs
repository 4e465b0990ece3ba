using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MailDashboard.Checks;
using MailDashboard.Mail.Messages.Filters;
using MailDashboard.Mail.Messages.Judging;

namespace MailDashboard.Mail.Messages;

/// <summary>The judgement of one message. It can be stored as JSON and read back.</summary>
/// <param name="Score">Out of ten, one decimal.</param>
/// <param name="Marks">What is wrong or worth knowing: what costs most first.</param>
/// <param name="Fine">What was looked at and is as it should be.</param>
/// <param name="Undetermined">What could not be looked at: it costs nothing.</param>
public sealed record MessageVerdict(decimal Score, ImmutableArray<MessageMark> Marks, ImmutableArray<Fact> Fine, ImmutableArray<Undetermined> Undetermined)
{
    /// <summary>The best score.</summary>
    public const decimal Full = 10m;

    /// <summary>The domain in From; empty where there is none.</summary>
    public string FromDomain { get; init; } = "";

    /// <summary>The subject line, decoded and cut; hostile text.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Whether DMARC passed under the domain of From; null where that could not be told, or no record asks for it.</summary>
    [JsonIgnore]
    public bool? PassesDmarc =>
        Fine.Any(f => f.Key == "dmarc") ? true
        : Marks.Any(m => m.Code == AuthenticationMarks.NotAligned.Code || m.Code == AuthenticationMarks.DmarcConsequence.Code) ? false
        : null;

    /// <summary>What the spam filters said, rule by rule.</summary>
    public ImmutableArray<FilterReport> Filters { get; init; } = [];
}
