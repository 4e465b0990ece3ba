using MailDashboard.Mail.Connecting;
using MailKit.Net.Pop3;
using MimeKit;

namespace MailDashboard.Mail.Mailboxes;

/// <summary>A mailbox without folders and without a search: the newest headers are read.</summary>
internal sealed class Pop3Folder(Pop3Client client, ServerConversation conversation) : MailboxFolders
{
    /// <summary>Messages whose header is looked at: the newest.</summary>
    private const int MostMessages = 200;

    public override Task OpenAsync(CancellationToken cancellationToken)
    {
        Names = ["INBOX"];
        return Task.CompletedTask;
    }

    public override async Task<FoundMessage?> FindAsync(MailboxQuery query, bool whole, CancellationToken cancellationToken)
    {
        conversation.IsSilent = true;
        try
        {
            await foreach (var (index, header) in HitsAsync(query, cancellationToken).ConfigureAwait(false))
            {
                var size = await client.GetMessageSizeAsync(index, cancellationToken).ConfigureAwait(false);
                var octets = whole && size <= MailboxReader.LargestMessage ? await ReadAsync(index, headersOnly: false, cancellationToken).ConfigureAwait(false) : [];
                return new FoundMessage("INBOX", FolderKind.Inbox, ArrivedAt(header), size, octets.Length > 0 ? HeaderOf(octets) : await HeaderAsync(index, cancellationToken).ConfigureAwait(false), octets);
            }

            return null;
        }
        finally
        {
            conversation.IsSilent = false;
        }
    }

    public override async Task<int> RemoveAsync(MailboxQuery query, CancellationToken cancellationToken)
    {
        var hits = new List<int>();
        conversation.IsSilent = true;
        try
        {
            await foreach (var (index, _) in HitsAsync(query, cancellationToken).ConfigureAwait(false))
            {
                hits.Add(index);
            }
        }
        finally
        {
            conversation.IsSilent = false;
        }

        foreach (var index in hits)
        {
            await client.DeleteMessageAsync(index, cancellationToken).ConfigureAwait(false);
        }

        return hits.Count;
    }

    private async IAsyncEnumerable<(int Index, HeaderList Header)> HitsAsync(MailboxQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var index = client.Count - 1; index >= Math.Max(0, client.Count - MostMessages); index--)
        {
            if (!client.Capabilities.HasFlag(Pop3Capabilities.Top) && await client.GetMessageSizeAsync(index, cancellationToken).ConfigureAwait(false) > MailboxReader.LargestMessage)
            {
                // Without TOP a header costs the whole message.
                continue;
            }

            var header = Parse(await HeaderAsync(index, cancellationToken).ConfigureAwait(false));
            if (Answers(header, query))
            {
                yield return (index, header);
            }
        }
    }

    private async Task<byte[]> HeaderAsync(int index, CancellationToken cancellationToken) =>
        Cut(await ReadAsync(index, client.Capabilities.HasFlag(Pop3Capabilities.Top), cancellationToken).ConfigureAwait(false), MailboxReader.LongestHeader);

    private async Task<byte[]> ReadAsync(int index, bool headersOnly, CancellationToken cancellationToken)
    {
        using var source = await client.GetStreamAsync(index, headersOnly, cancellationToken).ConfigureAwait(false);
        using var copy = new MemoryStream();
        await source.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        return copy.ToArray();
    }

    /// <summary>POP3 does not say: the topmost Received field was written by the mailbox's own server.</summary>
    private static DateTimeOffset? ArrivedAt(HeaderList header) =>
        header[HeaderId.Received] is { } received && received.LastIndexOf(';') is > 0 and var at && MimeKit.Utils.DateUtils.TryParse(received[(at + 1)..], out var date) ? date : null;
}
