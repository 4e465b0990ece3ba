using MailDashboard.Checks;
using MailDashboard.Mail.Headers;

namespace MailDashboard.Mail.Messages.Judging;

/// <summary>Judges List-Unsubscribe and one click (RFC 2369, RFC 8058) of bulk mail. One step at a time: what is missing first is said.</summary>
internal static class UnsubscribeJudge
{
    private const string OneClick = "List-Unsubscribe=One-Click";

    public static void Judge(MessageObservation seen, VerdictBuilder verdict)
    {
        if (!seen.IsBulk)
        {
            return;
        }

        var subject = Subject.Part("List-Unsubscribe");
        var value = new Evidence("value", HeaderFields.Clean(seen.Form["list-unsubscribe"] ?? "–", 500));
        var hasHttps = seen.Header.Unsubscribe?.Targets.Any(t => t.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) == true;
        if (seen.Header.Unsubscribe is null)
        {
            verdict.Mark(FormMarks.NoUnsubscribe, subject);
        }
        else if (seen.Form["list-unsubscribe-post"]?.Trim().Equals(OneClick, StringComparison.OrdinalIgnoreCase) != true)
        {
            verdict.Mark(FormMarks.NoOneClick, Subject.Part("List-Unsubscribe-Post"), value);
        }
        else if (!hasHttps)
        {
            verdict.Mark(FormMarks.UnsubscribeNotHttps, subject, value);
        }
        else if (!seen.Header.Signatures.IsEmpty && !IsSigned(seen))
        {
            // Where nothing is signed at all, or no signature verifies, that is the fault and is charged there.
            verdict.Mark(FormMarks.UnsubscribeUnsigned, subject, value);
        }
        else if (seen.Signatures.Any(s => s.Passes))
        {
            verdict.Fine(subject, "oneClick", seen.Header.Unsubscribe.Targets.First(t => t.StartsWith("https://", StringComparison.OrdinalIgnoreCase)));
        }
    }

    /// <summary>A signature that verifies covers both fields; where none verifies, any does.</summary>
    private static bool IsSigned(MessageObservation seen) => seen.Signatures.Where(s => s.Passes).ToList() is { Count: > 0 } good
        ? good.Exists(s => s.Field.CoversUnsubscription)
        : seen.Header.Unsubscribe!.IsSigned;
}
