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

    public override async Task FindAsync(IReadOnlyCollection<MailboxQuery> queries, bool whole, CancellationToken cancellationToken)
    {
        conversation.IsSilent = true;
        try
        {
            await foreach (var (index, header) in HeadersAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var query in queries.Where(q => !Found.ContainsKey(q) && Answers(header.Fields, q)))
                {
                    var size = await client.GetMessageSizeAsync(index, cancellationToken).ConfigureAwait(false);
                    var octets = whole && HasRoomFor(size) ? await ReadAsync(index, headersOnly: false, cancellationToken).ConfigureAwait(false) : [];
                    Found[query] = new FoundMessage("INBOX", FolderKind.Inbox, ArrivedAt(header.Fields), size, octets.Length > 0 ? HeaderOf(octets) : header.Octets, octets);
                }

                if (Found.Count == queries.Count)
                {
                    return;
                }
            }
        }
        finally
        {
            conversation.IsSilent = false;
        }
    }

    public override async Task RemoveAsync(IReadOnlyCollection<MailboxQuery> queries, CancellationToken cancellationToken)
    {
        var hits = new List<int>();
        conversation.IsSilent = true;
        try
        {
            await foreach (var (index, header) in HeadersAsync(cancellationToken).ConfigureAwait(false))
            {
                if (queries.Any(q => Answers(header.Fields, q)))
                {
                    hits.Add(index);
                }
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

        Removed = hits.Count;
    }

    private async IAsyncEnumerable<(int Index, (byte[] Octets, HeaderList Fields) Header)> HeadersAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var index = client.Count - 1; index >= Math.Max(0, client.Count - MostMessages); index--)
        {
            if (!client.Capabilities.HasFlag(Pop3Capabilities.Top) && await client.GetMessageSizeAsync(index, cancellationToken).ConfigureAwait(false) > MailboxReader.LargestMessage)
            {
                // Without TOP a header costs the whole message.
                continue;
            }

            var octets = await HeaderAsync(index, cancellationToken).ConfigureAwait(false);
            yield return (index, (octets, Parse(octets)));
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
