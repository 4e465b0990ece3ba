using System.Collections.Immutable;

namespace MailDashboard.Checks.Probing.Smtp;

/// <summary>A reply as RFC 5321 §4.2 defines it.</summary>
/// <param name="Code">200 to 599.</param>
/// <param name="Lines">Every line, code included, control characters escaped.</param>
internal sealed record SmtpReply(int Code, ImmutableArray<string> Lines)
{
    /// <summary>The texts after the code, one a line.</summary>
    public IEnumerable<string> Texts => Lines.Select(l => l.Length > 4 ? l[4..] : "");

    /// <summary>2yz.</summary>
    public bool IsPositive => Code / 100 == 2;

    /// <summary>All lines as one text, for evidence.</summary>
    public override string ToString() => string.Join('\n', Lines);

    /// <summary>
    /// Reads one line: three digits, then a hyphen (more follows), a space or the end. Null where it is something else.
    /// </summary>
    public static (int Code, bool IsLast)? ParseLine(string line)
    {
        if (line.Length < 3 || line[0] is < '2' or > '5' || !char.IsAsciiDigit(line[1]) || !char.IsAsciiDigit(line[2]))
        {
            return null;
        }

        var code = ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + line[2] - '0';
        return line.Length == 3 || line[3] == ' ' ? (code, true) : line[3] == '-' ? (code, false) : null;
    }

    /// <summary>What a line is to its reply.</summary>
    public static LineKind KindOf(int number, string line) => ParseLine(line) switch
    {
        null => LineKind.Foreign,
        { IsLast: true } => LineKind.Last,
        _ => LineKind.More,
    };
}

/// <summary>The end of an attempt to read a reply: the reply, or why there is none.</summary>
internal sealed record SmtpRead(SmtpReply? Reply, SmtpFailure Failure, string Detail)
{
    public static SmtpRead Of(LinesRead read) => new(
        read.IsWhole ? new SmtpReply(SmtpReply.ParseLine(read.Lines[^1])!.Value.Code, read.Lines) : null, read.Failure, read.Detail);
}
