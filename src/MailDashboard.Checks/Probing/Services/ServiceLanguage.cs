using System.Collections.Immutable;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Probing.Services;

/// <summary>How a server took a command.</summary>
internal enum ReplyTone
{
    /// <summary>It did it.</summary>
    Yes,

    /// <summary>Not now.</summary>
    NotNow,

    /// <summary>No.</summary>
    No,
}

/// <summary>As much of a protocol as leads to TLS and to the capabilities. Keeps no state; reads any text without an exception.</summary>
internal abstract class ServiceLanguage
{
    private static readonly SubmissionLanguage Submission = new();
    private static readonly ImapLanguage Imap = new();
    private static readonly Pop3Language Pop3 = new();

    /// <summary>The language of a protocol.</summary>
    public static ServiceLanguage Of(ClientProtocol protocol) => protocol switch
    {
        ClientProtocol.Imap => Imap,
        ClientProtocol.Pop3 => Pop3,
        _ => Submission,
    };

    /// <summary>Begins TLS.</summary>
    public abstract string StartTls { get; }

    /// <summary>Says good-bye.</summary>
    public abstract string Goodbye { get; }

    /// <summary>Asks for the capabilities.</summary>
    /// <param name="helloName">Our own name, where the protocol wants it.</param>
    public abstract string AskCapabilities(string helloName);

    /// <summary>What a line is to the greeting.</summary>
    public abstract LineKind GreetingKind(int number, string line);

    /// <summary>What a line is to the reply to a command.</summary>
    public abstract LineKind ReplyKind(string command, int number, string line);

    /// <summary>How the greeting was meant.</summary>
    public abstract ReplyTone GreetingTone(ImmutableArray<string> lines);

    /// <summary>How a reply was meant.</summary>
    public abstract ReplyTone Tone(ImmutableArray<string> lines);

    /// <summary>What the reply to the question for capabilities offers; null where it is a refusal that ends the matter.</summary>
    /// <param name="isEncrypted">It was said after the handshake.</param>
    public abstract ServiceOffer? Offer(ImmutableArray<string> greeting, ImmutableArray<string> reply, bool isEncrypted);

    protected static bool Starts(string line, string with) => line.StartsWith(with, StringComparison.OrdinalIgnoreCase);

    protected static bool Has(IEnumerable<string> words, string word) => words.Contains(word, StringComparer.OrdinalIgnoreCase);

    /// <summary>The names among words.</summary>
    protected static ImmutableArray<string> Names(IEnumerable<string> words) =>
        [.. words.Select(SaslMechanisms.Name).OfType<string>().Distinct().Take(SaslMechanisms.Limit)];

    protected static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
