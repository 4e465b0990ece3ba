using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Probing.Services;

/// <summary>POP3 (RFC 1939) as far as STLS (RFC 2595 §4) and CAPA (RFC 2449 §5).</summary>
internal sealed class Pop3Language : ServiceLanguage
{
    private const string Capa = "CAPA";

    public override string StartTls => "STLS";

    public override string Goodbye => "QUIT";

    public override string AskCapabilities(string helloName) => Capa;

    public override LineKind GreetingKind(int number, string line) => IsStatus(line) ? LineKind.Last : LineKind.Foreign;

    public override LineKind ReplyKind(string command, int number, string line) =>
        number > 0 ? (line == "." ? LineKind.Last : LineKind.More)
        : !IsStatus(line) ? LineKind.Foreign
        : command == Capa && IsOk(line) ? LineKind.More : LineKind.Last;

    public override ReplyTone GreetingTone(ImmutableArray<string> lines) => IsOk(lines[0]) ? ReplyTone.Yes : ReplyTone.NotNow;

    public override ReplyTone Tone(ImmutableArray<string> lines) =>
        IsOk(lines[0]) ? ReplyTone.Yes : lines[0].Contains("[SYS/TEMP]", StringComparison.OrdinalIgnoreCase) ? ReplyTone.NotNow : ReplyTone.No;

    public override ServiceOffer? Offer(ImmutableArray<string> greeting, ImmutableArray<string> reply, bool isEncrypted)
    {
        var apop = greeting.Any(HasTimestamp);
        if (!IsOk(reply[0]))
        {
            // It may be older than CAPA.
            return new ServiceOffer([]) { IsTold = false, HasApop = apop };
        }

        ImmutableArray<string> capabilities = [.. reply.Skip(1).Take(reply.Length - 2).Select(l => l.Trim()).Where(l => l.Length > 0)];

        // Dovecot with "ssl = required" lists USER and shows a timestamp all the same, beside an empty list of mechanisms: it takes none of them yet.
        var takesNothingYet = !isEncrypted && Has(capabilities, "SASL");
        return new ServiceOffer(capabilities)
        {
            Mechanisms = Names(capabilities.Where(c => Starts(c, "SASL ")).SelectMany(c => Words(c[5..]))),
            HasPasswordCommand = Has(capabilities, "USER") && !takesNothingYet,
            HasApop = apop && !takesNothingYet,
            HasStartTls = Has(capabilities, "STLS"),
        };
    }

    private static bool IsOk(string line) => Starts(line, "+OK");

    private static bool IsStatus(string line) => IsOk(line) || Starts(line, "-ERR");

    /// <summary><c>&lt;process.clock@host&gt;</c>, which the digest of APOP begins with.</summary>
    private static bool HasTimestamp(string line)
    {
        var open = line.IndexOf('<', StringComparison.Ordinal);
        var close = line.LastIndexOf('>');
        return open >= 0 && line.IndexOf('@', open) is var at && at > open && close > at;
    }
}
