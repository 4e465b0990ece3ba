using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Probing.Services;

/// <summary>SMTP as mail programs speak it (RFC 6409): EHLO, STARTTLS (RFC 3207), AUTH (RFC 4954).</summary>
internal sealed class SubmissionLanguage : ServiceLanguage
{
    public override string StartTls => "STARTTLS";

    public override string Goodbye => "QUIT";

    public override string AskCapabilities(string helloName) => $"EHLO {helloName}";

    public override LineKind GreetingKind(int number, string line) => SmtpReply.KindOf(number, line);

    public override LineKind ReplyKind(string command, int number, string line) => SmtpReply.KindOf(number, line);

    public override ReplyTone GreetingTone(ImmutableArray<string> lines) => Code(lines) is var code and not 220 && code / 100 == 2 ? ReplyTone.No : Tone(lines);

    public override ReplyTone Tone(ImmutableArray<string> lines) => (Code(lines) / 100) switch
    {
        2 => ReplyTone.Yes,
        4 => ReplyTone.NotNow,
        _ => ReplyTone.No,
    };

    public override ServiceOffer? Offer(ImmutableArray<string> greeting, ImmutableArray<string> reply, bool isEncrypted)
    {
        if (Tone(reply) != ReplyTone.Yes)
        {
            return null;
        }

        // The first line is the server's name; the others are its extensions (RFC 5321 §4.1.1.1).
        ImmutableArray<string> keywords = [.. reply.Skip(1).Select(l => l.Length > 4 ? l[4..].Trim() : "").Where(k => k.Length > 0)];

        // "AUTH=" is what programs of the last century wanted to read; servers say both.
        var mechanisms = keywords.Where(k => Starts(k, "AUTH ") || Starts(k, "AUTH=")).SelectMany(k => Words(k[5..]));
        return new ServiceOffer(keywords) { Mechanisms = Names(mechanisms), HasStartTls = Has(keywords, "STARTTLS") };
    }

    private static int Code(ImmutableArray<string> lines) => lines is [.., var last] && SmtpReply.ParseLine(last) is { } parsed ? parsed.Code : 0;
}
