using System.Globalization;
using System.Text.RegularExpressions;
using MailDashboard.Checks;
using MailDashboard.Mail.Headers;

namespace MailDashboard.Mail.Messages.Judging;

/// <summary>Judges header fields and the form on the wire (RFC 5322).</summary>
internal static partial class FormJudge
{
    private const int LineLimit = 998;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static void Judge(MessageObservation seen, VerdictBuilder verdict)
    {
        if (seen.Form.Fields.IsEmpty)
        {
            verdict.Mark(FormMarks.Empty, Subject.Part("header"));
            return;
        }

        Date(seen, verdict);
        Identifier(seen, verdict);
        Senders(seen, verdict);
        Title(seen, verdict);
        foreach (var (field, count) in seen.Form.Repeated.Where(r => r.Field != "from"))
        {
            verdict.Mark(FormMarks.RepeatedField, Subject.Part(field), new Evidence("field", field), new Evidence("count", Number(count)));
        }

        Wire(seen, verdict);
        if (!verdict.Has([.. FormMarks.All]))
        {
            verdict.Fine(Subject.Part("header"), "form", Number(seen.Header.Fields));
        }
    }

    private static void Date(MessageObservation seen, VerdictBuilder verdict)
    {
        var subject = Subject.Part("Date");
        var value = new Evidence("value", HeaderFields.Clean(seen.Form["date"] ?? "", 200));
        if (seen.Form["date"] is null)
        {
            verdict.Mark(FormMarks.NoDate, subject);
        }
        else if (seen.Header.Date is not { } date)
        {
            verdict.Mark(FormMarks.BadDate, subject, value);
        }
        else if ((date - seen.ReceivedAt).Duration() > Day)
        {
            verdict.Mark(FormMarks.OddDate, subject, value, new Evidence("received", seen.ReceivedAt.ToString("u", CultureInfo.InvariantCulture)));
        }
    }

    private static void Identifier(MessageObservation seen, VerdictBuilder verdict)
    {
        var subject = Subject.Part("Message-ID");
        if (seen.Form["message-id"] is not { } id)
        {
            verdict.Mark(FormMarks.NoMessageId, subject);
        }
        else if (id.Length > 998 || !MessageId().IsMatch(id.Trim()))
        {
            verdict.Mark(FormMarks.BadMessageId, subject, new Evidence("value", HeaderFields.Clean(id, 300)));
        }
    }

    private static void Senders(MessageObservation seen, VerdictBuilder verdict)
    {
        var from = new Evidence("value", HeaderFields.Clean(seen.Form.From.IsEmpty ? seen.Form["from"] ?? "" : string.Join(", ", seen.Form.From), 300));
        if (seen.Form.Repeated.Any(r => r.Field == "from") || seen.Form.From.Length > 1)
        {
            verdict.Mark(FormMarks.SeveralFrom, Subject.Part("From"), from);
        }
        else if (seen.Header.FromDomain is null)
        {
            verdict.Mark(FormMarks.NoFrom, Subject.Part("From"), from);
        }

        if (seen.Form["reply-to"] is { } reply && !HeaderAnalyzer.Addresses(reply).Any(a => a.Contains('@', StringComparison.Ordinal)))
        {
            verdict.Mark(FormMarks.BadReplyTo, Subject.Part("Reply-To"), new Evidence("value", HeaderFields.Clean(reply, 200)));
        }
    }

    private static void Title(MessageObservation seen, VerdictBuilder verdict)
    {
        var title = seen.Header.Subject;
        var letters = title.Where(char.IsLetter).ToList();
        if (title.Length == 0)
        {
            verdict.Mark(FormMarks.NoSubject, Subject.Part("Subject"));
        }
        else if (letters.Count >= 10 && letters.TrueForAll(char.IsUpper))
        {
            verdict.Mark(FormMarks.ShoutedSubject, Subject.Part("Subject"), new Evidence("value", title));
        }
    }

    private static void Wire(MessageObservation seen, VerdictBuilder verdict)
    {
        if (seen.Form.LongestLine > LineLimit)
        {
            verdict.Mark(FormMarks.LongLine, Subject.Part("lines"), new Evidence("count", Number(seen.Form.LongestLine)));
        }

        if (seen.Form.BareLineFeeds + seen.Form.BareReturns is > 0 and var bare)
        {
            verdict.Mark(FormMarks.BareLineEnd, Subject.Part("lines"), new Evidence("count", Number(bare)));
        }

        // UTF-8 in header fields is right where every server agreed to it (RFC 6531, RFC 6532).
        if (!seen.Form.EightBitFields.IsEmpty && seen.Hop?.Received.With.StartsWith("UTF8SMTP", StringComparison.OrdinalIgnoreCase) != true)
        {
            verdict.Mark(FormMarks.EightBitHeader, Subject.Part("header"), new Evidence("field", string.Join(", ", seen.Form.EightBitFields)));
        }

        if (seen.Body?.UsesMime == true && seen.Form["mime-version"] is null)
        {
            verdict.Mark(FormMarks.NoMimeVersion, Subject.Part("MIME-Version"));
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^<[^<>\s@]+@(?:[^<>\s@]+|\[[^<>\s\]]+\])>(?:\s*\([^()]*\))?$", RegexOptions.CultureInvariant)]
    private static partial Regex MessageId();
}
