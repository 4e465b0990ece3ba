using System.Collections.Immutable;
using MailDashboard.Mail.Sending;
using MimeKit;

namespace MailDashboard.Mail.Mailboxes;

/// <summary>The folders of a mailbox, whatever it speaks.</summary>
internal abstract class MailboxFolders
{
    /// <summary>Where a message may say to whom it was sent.</summary>
    protected static readonly ImmutableArray<string> RecipientFields = ["To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "Received"];

    private const int LongestName = 200;

    public ImmutableArray<string> Names { get; protected set; } = [];

    public Dictionary<MailboxQuery, FoundMessage> Found { get; } = [];

    public int Removed { get; protected set; }

    public abstract Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Fills <see cref="Found"/>.</summary>
    public abstract Task FindAsync(IReadOnlyCollection<MailboxQuery> queries, bool whole, CancellationToken cancellationToken);

    /// <summary>Counts in <see cref="Removed"/>.</summary>
    public abstract Task RemoveAsync(IReadOnlyCollection<MailboxQuery> queries, CancellationToken cancellationToken);

    /// <summary>Several messages at a time take no more memory than the largest one.</summary>
    protected bool HasRoomFor(long size) => size <= MailboxReader.LargestMessage && Found.Values.Sum(f => (long)f.Message.Length) + size <= MailboxReader.LargestMessage;

    protected static string Shown(string name) => OutgoingMime.OneLine(name, LongestName);

    /// <summary>What the server found is looked at again: a search may be wider than what was asked.</summary>
    protected static bool Answers(HeaderList header, MailboxQuery query) => query switch
    {
        MailboxQuery.MessageId id => header[HeaderId.MessageId] is { } value && value.Trim().Trim('<', '>') == id.Id || IsMarked(header, id.Id),
        MailboxQuery.SentTo sent => header.Any(h => RecipientFields.Contains(h.Field, StringComparer.OrdinalIgnoreCase) && h.Value.Contains(sent.Token, StringComparison.OrdinalIgnoreCase)) || IsMarked(header, sent.Token),
        _ => false,
    };

    protected static HeaderList Parse(byte[] header)
    {
        try
        {
            using var stream = new MemoryStream(header, writable: false);
            return HeaderList.Load(stream);
        }
        catch (FormatException)
        {
            return [];
        }
    }

    protected static byte[] Cut(byte[] octets, int length) => octets.Length <= length ? octets : octets[..length];

    /// <summary>Up to the empty line.</summary>
    protected static byte[] HeaderOf(byte[] message)
    {
        var span = message.AsSpan();
        var end = span.IndexOf("\r\n\r\n"u8);
        var (length, gap) = end >= 0 ? (end, 4) : (span.IndexOf("\n\n"u8), 2);
        return Cut(length < 0 ? message : message[..(length + gap)], MailboxReader.LongestHeader);
    }

    private static bool IsMarked(HeaderList header, string mark) => header[OutgoingMime.MarkField]?.Trim() == mark;
}
