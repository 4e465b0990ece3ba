using MailDashboard.Checks;
using MailDashboard.Checks.Dmarc;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Spf;
using MailDashboard.Mail.Headers;
using MailDashboard.Mail.Messages.Authentication;

namespace MailDashboard.Mail.Messages.Judging;

/// <summary>
/// Judges DMARC (RFC 9989 §5.3). It fails for one of two reasons: the domains are foreign to From, which is a fault of its own, or
/// they are right and SPF and DKIM fail, which is charged there.
/// </summary>
internal static class DmarcJudge
{
    public static void Judge(MessageObservation seen, VerdictBuilder verdict)
    {
        // From with several domains is a fault of its own, and nobody can say whose policy holds (RFC 9989 §5.3.1).
        if (seen.Dmarc is not { } dmarc || seen.Form.From.Select(Alignments.DomainOf).Distinct().Skip(1).Any())
        {
            return;
        }

        var subject = Subject.Domain(dmarc.Discovery.Domain);
        if (dmarc.Discovery.Failure is { } failure)
        {
            verdict.CouldNotTell(subject, failure.WhyNot());
            return;
        }

        if (dmarc.Discovery.Source?.Record is not { IsApplied: true } record)
        {
            var own = dmarc.Discovery.Own;
            var found = own.Candidates.IsEmpty ? $"_dmarc.{own.Domain} TXT: {own.Answer.Status.Code()}" : string.Join('\n', own.Candidates.Select(c => c.Text));
            verdict.Mark(AuthenticationMarks.NoDmarc, subject, new Evidence("record", dmarc.Discovery.Source?.Record?.Text ?? found, own.Answer.Server));
            return;
        }

        var policy = dmarc.Discovery.Effective ?? DmarcPolicy.None;
        if (Decide(seen, dmarc, record, policy, subject, verdict) && policy == DmarcPolicy.None)
        {
            verdict.Mark(AuthenticationMarks.PolicyNone, subject, new Evidence("record", record.Text), new Evidence("policy", policy.Keyword()));
        }
    }

    /// <summary>True where it passes.</summary>
    private static bool Decide(MessageObservation seen, DmarcFacts dmarc, DmarcRecord record, DmarcPolicy policy, Subject subject, VerdictBuilder verdict)
    {
        var spfAligned = seen.Spf.Domain.Length > 0 ? dmarc.IsSenderAligned(seen.Spf.Domain) : seen.Spf.Sender is null ? null : false;
        var signers = seen.Signatures.Select(s => (Signature: s, Aligned: dmarc.IsSignerAligned(s.Field.Domain))).ToList();
        var spfPasses = seen.Spf.Sender?.Result == SpfResult.Pass;
        List<string> passing =
        [
            .. spfPasses && spfAligned == true ? [$"spf={seen.Spf.Domain}"] : Array.Empty<string>(),
            .. signers.Where(s => s.Signature.Passes && s.Aligned == true).Select(s => $"dkim={s.Signature.Field.Domain}"),
        ];
        if (passing.Count > 0)
        {
            verdict.Fine(subject, "dmarc", $"{string.Join(", ", passing)}; p={policy.Keyword()}");
            return true;
        }

        // Something that might have passed could not be looked at.
        var isSpfOpen = spfAligned != false && (seen.Spf.Sender is null || seen.Spf.Sender.Result == SpfResult.TempError);
        var isOpen = isSpfOpen || (spfPasses && spfAligned is null)
            || signers.Exists(s => s.Aligned != false && (s.Signature.Result == SignatureResult.NotAsked || (s.Signature.Passes && s.Aligned is null)))
            || (seen.Signatures.IsEmpty && (seen.Form.IsHeaderCut || !seen.Header.Signatures.IsEmpty));
        var isAnyAligned = spfAligned == true || signers.Exists(s => s.Aligned == true);
        Evidence[] evidence =
        [
            new("from", seen.Header.From),
            new("mailFrom", seen.Spf.Domain.Length > 0 ? seen.Spf.Domain : "–"),
            new("signers", signers.Count > 0 ? string.Join(", ", signers.Select(s => s.Signature.Field.Domain).Distinct()) : "–"),
            new("policy", policy.Keyword()),
            new("record", record.Text),
        ];
        if (isOpen)
        {
            verdict.CouldNotTell(subject, Reason.Of("DmarcOpen", subject.Name));
        }
        else if (seen.Arc is { IsValid: true } arc && (arc.Saw("dmarc") == "pass" || (arc.Saw("dmarc") is null && (arc.Saw("spf") == "pass" || arc.Saw("dkim") == "pass"))))
        {
            verdict.Free(AuthenticationMarks.Forwarded, Subject.Part("DMARC"), ArcJudge.Evidence(arc, "DMARC"));
        }
        else if (isAnyAligned)
        {
            verdict.Mark(AuthenticationMarks.DmarcConsequence, subject, evidence);
        }
        else
        {
            verdict.Mark(AuthenticationMarks.NotAligned, subject, evidence);
        }

        return false;
    }
}
