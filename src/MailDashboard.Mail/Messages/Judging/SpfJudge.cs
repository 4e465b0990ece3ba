using MailDashboard.Checks;
using MailDashboard.Checks.Spf;

namespace MailDashboard.Mail.Messages.Judging;

/// <summary>Judges SPF of both identities.</summary>
internal static class SpfJudge
{
    public static void Judge(MessageObservation seen, VerdictBuilder verdict)
    {
        var domain = seen.Spf.Domain;
        if (seen.Spf.Sender is not { } result)
        {
            if (domain.Length == 0 && seen.Hop?.Address is not null)
            {
                verdict.CouldNotTell(Subject.Part("Return-Path"), Reason.Of("SenderUnknown"));
            }
            else
            {
                verdict.CouldNotTell(Subject.Domain(domain), Reason.Of("HopUnknown"));
            }

            return;
        }

        var isPassing = result.Result == SpfResult.Pass;
        if (isPassing)
        {
            verdict.Fine(Subject.Domain(domain), "spf", $"{domain}: {result.MatchedTerm}");
        }
        else if (result.Result == SpfResult.TempError)
        {
            verdict.CouldNotTell(Subject.Domain(domain), Reason.Of("SpfTempError", domain, result.FaultTerm ?? ""));
        }
        else if (seen.Arc is { IsValid: true } arc && arc.Saw("spf") == "pass")
        {
            verdict.Free(AuthenticationMarks.Forwarded, Subject.Domain(domain), ArcJudge.Evidence(arc, "SPF"));
        }
        else
        {
            verdict.Mark(MarkFor(result.Result), Subject.Domain(domain), Evidence(seen, result));
        }

        // The HELO name is told apart from the sender's only where it is another name: the same fault is not charged twice.
        if (seen.Spf.Helo is { Result: SpfResult.Fail } helo && isPassing)
        {
            verdict.Mark(AuthenticationMarks.HeloSpfFail, Subject.Host(seen.Hop!.Helo), Evidence(seen, helo));
        }
        else if (seen.Spf.Helo is { Result: SpfResult.Pass })
        {
            verdict.Fine(Subject.Host(seen.Hop!.Helo), "heloSpf", seen.Hop.Helo);
        }
    }

    private static MarkDefinition MarkFor(SpfResult result) => result switch
    {
        SpfResult.Fail => AuthenticationMarks.SpfFail,
        SpfResult.SoftFail => AuthenticationMarks.SpfSoftFail,
        SpfResult.Neutral => AuthenticationMarks.SpfNeutral,
        SpfResult.PermError => AuthenticationMarks.SpfPermError,
        _ => AuthenticationMarks.SpfNone,
    };

    private static Evidence[] Evidence(MessageObservation seen, SpfEvaluation result)
    {
        List<Evidence> evidence =
        [
            new("result", result.Result.ToString().ToLowerInvariant()),
            new("address", seen.Hop?.Address?.ToString() ?? ""),
            new("mailFrom", seen.Spf.MailFrom.Length == 0 ? "<>" : seen.Spf.MailFrom),
            new("term", result.FaultTerm ?? result.MatchedTerm ?? "–"),
        ];
        if (result.Fault != SpfFault.None)
        {
            evidence.AddRange(MessageTexts.Local("fault", $"SpfFault.{result.Fault}"));
        }

        if (result.Explanation is { } explanation)
        {
            evidence.Add(new Evidence("explanation", explanation));
        }

        return [.. evidence];
    }
}
