using System.Collections.Immutable;
using MailDashboard.Mail.Connecting;

namespace MailDashboard.Mail.Mailboxes;

/// <summary>What kind of folder a message lies in.</summary>
public enum FolderKind
{
    /// <summary>The inbox.</summary>
    Inbox,

    /// <summary>Spam: marked by the server (RFC 6154 <c>\Junk</c>), named by the operator, or one of the usual names.</summary>
    Spam,

    /// <summary>Any other folder, or a tab of the inbox beside the first.</summary>
    Other,
}

/// <summary>A message that was found.</summary>
/// <param name="Folder">As the server names it, or the name of a tab. Hostile text, one line, capped.</param>
/// <param name="Kind">What kind of folder that is.</param>
/// <param name="ArrivedAt">When the server took it (INTERNALDATE); by POP3 the time of the last Received field. Null where nothing says.</param>
/// <param name="Size">Octets.</param>
/// <param name="Header">Header as received, at most <see cref="MailboxReader.LongestHeader"/> octets.</param>
/// <param name="Message">The whole message, octet by octet; empty where it was not asked for, is larger than allowed, or others of the same look took the room.</param>
public sealed record FoundMessage(string Folder, FolderKind Kind, DateTimeOffset? ArrivedAt, long Size, ReadOnlyMemory<byte> Header, ReadOnlyMemory<byte> Message);

/// <summary>What one look at a mailbox showed. A failure is data.</summary>
/// <param name="Stage">How far it came.</param>
/// <param name="Detail">The server's reply, or what failed; one line, no secret; empty where all went well.</param>
/// <param name="Found">What was found, by what was asked; what is not in it is not to be read as "not there" unless <see cref="IsComplete"/>.</param>
/// <param name="Conversation">What was said, secrets hidden, messages left out.</param>
public sealed record MailboxLook(MailboxStage Stage, string Detail, IReadOnlyDictionary<MailboxQuery, FoundMessage> Found, ImmutableArray<string> Conversation)
{
    /// <summary>Everything was looked at: what was not found is not there.</summary>
    public bool IsComplete => Stage == MailboxStage.Done;

    /// <summary>What was wrong with the server's certificate; null where that was not it.</summary>
    public RefusedCertificate? Certificate { get; init; }

    /// <summary>How many messages were removed.</summary>
    public int Removed { get; init; }

    /// <summary>Names of the folders that were read. Hostile text, capped.</summary>
    public ImmutableArray<string> Folders { get; init; } = [];
}
