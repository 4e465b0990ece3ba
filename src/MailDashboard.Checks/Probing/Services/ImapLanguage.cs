using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Probing.Services;

/// <summary>IMAP (RFC 9051, RFC 3501) as far as STARTTLS and CAPABILITY.</summary>
internal sealed class ImapLanguage : ServiceLanguage
{
    private const string Capability = "* CAPABILITY ";

    public override string StartTls => "a2 STARTTLS";

    public override string Goodbye => "a3 LOGOUT";

    public override string AskCapabilities(string helloName) => "a1 CAPABILITY";

    public override LineKind GreetingKind(int number, string line) =>
        Starts(line, "* OK") || Starts(line, "* PREAUTH") || Starts(line, "* BYE") ? LineKind.Last : LineKind.Foreign;

    public override LineKind ReplyKind(string command, int number, string line) =>
        Starts(line, command[..2] + " ") ? LineKind.Last
        : line.StartsWith("* ", StringComparison.Ordinal) || line.StartsWith('+') ? LineKind.More
        : LineKind.Foreign;

    /// <summary>Whom PREAUTH lets in without a log-in, STARTTLS is closed to (RFC 9051 §7.1.4): it is no greeting for a stranger.</summary>
    public override ReplyTone GreetingTone(ImmutableArray<string> lines) => Starts(lines[0], "* OK") ? ReplyTone.Yes : ReplyTone.NotNow;

    public override ReplyTone Tone(ImmutableArray<string> lines) => Words(lines[^1]) is [_, var word, ..] && word.Equals("OK", StringComparison.OrdinalIgnoreCase) ? ReplyTone.Yes : ReplyTone.No;

    public override ServiceOffer? Offer(ImmutableArray<string> greeting, ImmutableArray<string> reply, bool isEncrypted)
    {
        if (Tone(reply) != ReplyTone.Yes)
        {
            return null;
        }

        ImmutableArray<string> words = [.. reply.Where(l => Starts(l, Capability)).SelectMany(l => Words(l[Capability.Length..]))];
        return new ServiceOffer(words)
        {
            IsTold = !words.IsEmpty,
            Mechanisms = Names(words.Where(w => Starts(w, "AUTH=")).Select(w => w["AUTH=".Length..])),
            HasPasswordCommand = !words.IsEmpty && !Has(words, "LOGINDISABLED"),
            HasStartTls = Has(words, "STARTTLS"),
        };
    }
}
