using System.Globalization;
using MailDashboard.Checks;
using MailDashboard.Mail.Messages.Judging;

namespace MailDashboard.Mail.Messages;

/// <summary>Judges what was seen of a message. Pure: the same observation gives the same verdict.</summary>
public static class MessageAnalyzer
{
    /// <summary>Judges.</summary>
    public static MessageVerdict Analyze(MessageObservation seen)
    {
        var verdict = new VerdictBuilder(seen.Form.IsHeaderCut);
        FormJudge.Judge(seen, verdict);
        if (!seen.Form.Fields.IsEmpty)
        {
            SpfJudge.Judge(seen, verdict);
            SignatureJudge.Judge(seen, verdict);
            DmarcJudge.Judge(seen, verdict);
            ArcJudge.Judge(seen, verdict);
            ServerJudge.Judge(seen, verdict);
            ReputationJudge.Judge(seen, verdict);
            UnsubscribeJudge.Judge(seen, verdict);
            ContentJudge.Judge(seen, verdict);
            LinkJudge.Judge(seen, verdict);
            AttachmentJudge.Judge(seen, verdict);
            FilterJudge.Judge(seen, verdict);
        }

        foreach (var excess in seen.Excesses)
        {
            verdict.Mark(FormMarks.TooLarge, Subject.Part(excess.What), [.. MessageTexts.Local("what", $"Excess.{excess.What}"), new Evidence("limit", excess.Limit.ToString("N0", CultureInfo.InvariantCulture))]);
        }

        return verdict.Build() with { FromDomain = seen.Header.FromDomain ?? "", Subject = seen.Header.Subject, Filters = seen.Filters };
    }
}
