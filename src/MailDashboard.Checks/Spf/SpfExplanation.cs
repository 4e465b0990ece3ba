using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Spf;

/// <summary>The text of <c>exp=</c> (RFC 7208 §6.2): any failure on the way means that there is none.</summary>
internal static class SpfExplanation
{
    public static async ValueTask<string?> GetAsync(SpfSession session, SpfVerdict verdict)
    {
        if (verdict.Record is not { Explanation: >= 0 } record)
        {
            return null;
        }

        var name = await session.TargetAsync(record, record.Explanation, verdict.Domain!).ConfigureAwait(false);
        if (!DnsNames.CanBeAsked(name))
        {
            return null;
        }

        var answer = await session.AskAsync(name, DnsRecordType.TXT).ConfigureAwait(false);
        if (answer.Records is not [TxtRecord { Text.Length: > 0 } txt] || !SpfMacro.IsValid(txt.Text, inExplanation: true))
        {
            return null;
        }

        var text = await session.ExpandAsync(txt.Text, verdict.Domain!, inExplanation: true).ConfigureAwait(false);

        // The sender's own words come in by macros: what is not printable ASCII must not reach an SMTP reply.
        return text is null || text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? null : text;
    }
}
