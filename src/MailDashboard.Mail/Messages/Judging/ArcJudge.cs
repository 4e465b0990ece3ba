using MailDashboard.Checks;
using MailDashboard.Mail.Messages.Authentication;

namespace MailDashboard.Mail.Messages.Judging;

/// <summary>Judges the ARC chain.</summary>
internal static class ArcJudge
{
    public static void Judge(MessageObservation seen, VerdictBuilder verdict)
    {
        var subject = Subject.Part("ARC-Seal");
        switch (seen.Arc)
        {
            case null:
                break;
            case { Unanswered: { } unanswered }:
                verdict.CouldNotTell(subject, unanswered.WhyNot());
                break;
            case { IsValid: true } arc:
                verdict.Fine(subject, "arc", arc.Sealer);
                break;
            case var arc:
                verdict.Mark(AuthenticationMarks.BrokenArc, subject, new Evidence("fault", arc.Fault.Length > 0 ? arc.Fault : "cv"), new Evidence("sealer", arc.Sealer));
                break;
        }
    }

    /// <summary>What the chain says about a check that fails here.</summary>
    public static Evidence[] Evidence(ArcFacts arc, string method) => [new("method", method), new("sealer", arc.Sealer), new("result", $"i=1 {method.ToLowerInvariant()}={arc.Saw(method.ToLowerInvariant())}")];
}
