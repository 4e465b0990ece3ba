using System.Globalization;
using MailDashboard.Mail.Replies;

namespace MailDashboard.Cli.Commands;

/// <summary>What <c>maildash explain --json</c> prints.</summary>
/// <param name="Reply">The reply code; null where only an enhanced code was given.</param>
/// <param name="Class"><c>permanent</c>, <c>temporary</c>; null for what is no refusal.</param>
internal sealed record ExplainJson(
    string? Reply,
    string? Enhanced,
    string? Class,
    string? Provider,
    string Meaning,
    IReadOnlyList<string> Causes,
    IReadOnlyList<string> Remedies,
    IReadOnlyList<string> Checks,
    string Text,
    string? Source,
    bool Verified)
{
    public static ExplainJson From(ReplyExplanation explanation) => new(
        explanation.Reply.Code?.ToString(CultureInfo.InvariantCulture),
        explanation.Reply.Enhanced?.ToString(),
        explanation.Class switch { ReplyClass.Permanent => "permanent", ReplyClass.Temporary => "temporary", _ => null },
        explanation.Provider,
        explanation.Meaning,
        explanation.Causes,
        explanation.Remedies,
        explanation.Checks,
        explanation.Reply.Text,
        explanation.Source,
        explanation.IsVerified);
}
