using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Sending;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;

namespace MailDashboard.Mail.Mailboxes;

/// <summary>A mailbox with folders: the inbox first, then spam, then the others.</summary>
internal sealed class ImapFolders(ImapClient client, string? spamFolder, ServerConversation conversation) : MailboxFolders
{
    /// <summary>Folders that are looked into; a mailbox with more has its tests in the first ones anyway.</summary>
    private const int MostFolders = 60;

    /// <summary>Messages of one folder that are looked at: the newest.</summary>
    private const int MostHits = 20;

    private static readonly string[] _usualSpam = ["Junk", "Spam", "Junk E-mail", "Junk Email", "Bulk Mail", "Bulk", "Courrier indésirable", "Indésirables", "QUARANTAINE", "[Gmail]/Spam", "[Google Mail]/Spam"];

    /// <summary>The tabs of Gmail's inbox: it shows them to a search only.</summary>
    private static readonly string[] _tabs = ["promotions", "social", "updates", "forums"];

    private readonly List<(IMailFolder Folder, FolderKind Kind)> _folders = [];

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        var all = new List<IMailFolder>();
        foreach (var space in client.PersonalNamespaces)
        {
            all.AddRange(await client.GetFoldersAsync(space, StatusItems.None, false, cancellationToken).ConfigureAwait(false));
        }

        if (!all.Contains(client.Inbox!))
        {
            all.Insert(0, client.Inbox!);
        }

        // Gmail shows everything once more in one folder, and what was removed is no placement.
        var readable = all.Where(f => (f.Attributes & (FolderAttributes.NonExistent | FolderAttributes.NoSelect | FolderAttributes.All | FolderAttributes.Trash | FolderAttributes.Sent | FolderAttributes.Drafts)) == 0);
        _folders.AddRange(readable.Select(f => (Folder: f, Kind: KindOf(f))).OrderBy(f => f.Kind).Take(MostFolders));
        Names = [.. _folders.Select(f => Shown(f.Folder.FullName))];
    }

    public override async Task FindAsync(IReadOnlyCollection<MailboxQuery> queries, bool whole, CancellationToken cancellationToken)
    {
        foreach (var (folder, kind) in _folders)
        {
            var left = queries.Where(q => !Found.ContainsKey(q)).ToList();
            if (left.Count == 0)
            {
                return;
            }

            await folder.OpenAsync(FolderAccess.ReadOnly, cancellationToken).ConfigureAwait(false);
            foreach (var query in left)
            {
                var hits = await HitsAsync(folder, query, cancellationToken).ConfigureAwait(false);
                if (hits.Count > 0)
                {
                    Found[query] = await FetchAsync(folder, kind, hits[0], whole, cancellationToken).ConfigureAwait(false);
                }
            }

            await folder.CloseAsync(false, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async Task RemoveAsync(IReadOnlyCollection<MailboxQuery> queries, CancellationToken cancellationToken)
    {
        foreach (var (folder, _) in _folders)
        {
            await folder.OpenAsync(FolderAccess.ReadWrite, cancellationToken).ConfigureAwait(false);
            foreach (var query in queries)
            {
                var hits = await HitsAsync(folder, query, cancellationToken).ConfigureAwait(false);
                if (hits.Count > 0)
                {
                    await RemoveAsync(folder, [.. hits.Select(h => h.UniqueId)], cancellationToken).ConfigureAwait(false);
                    Removed += hits.Count;
                }
            }

            await folder.CloseAsync(false, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gmail only takes a label off what is removed elsewhere than in its bin.</summary>
    private async Task RemoveAsync(IMailFolder folder, IList<UniqueId> messages, CancellationToken cancellationToken)
    {
        if (client.Capabilities.HasFlag(ImapCapabilities.GMailExt1) && client.GetFolder(SpecialFolder.Trash) is { } bin)
        {
            await folder.MoveToAsync(messages, bin, cancellationToken).ConfigureAwait(false);
            return;
        }

        await folder.AddFlagsAsync(messages, MessageFlags.Deleted, silent: true, cancellationToken).ConfigureAwait(false);
        await folder.ExpungeAsync(messages, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<IMessageSummary>> HitsAsync(IMailFolder folder, MailboxQuery query, CancellationToken cancellationToken)
    {
        var found = await folder.SearchAsync(Search(query), cancellationToken).ConfigureAwait(false);
        if (found.Count == 0)
        {
            return [];
        }

        conversation.IsSilent = true;
        try
        {
            var newest = found.OrderByDescending(u => u.Id).Take(MostHits).ToList();
            var summaries = await folder.FetchAsync(newest, MessageSummaryItems.UniqueId | MessageSummaryItems.InternalDate | MessageSummaryItems.Size | MessageSummaryItems.Headers, cancellationToken).ConfigureAwait(false);
            return [.. summaries.Where(s => s.Headers is { } header && Answers(header, query)).OrderByDescending(s => s.UniqueId.Id)];
        }
        finally
        {
            conversation.IsSilent = false;
        }
    }

    private async Task<FoundMessage> FetchAsync(IMailFolder folder, FolderKind kind, IMessageSummary hit, bool whole, CancellationToken cancellationToken)
    {
        var size = (long)(hit.Size ?? 0);
        var tab = kind == FolderKind.Inbox && client.Capabilities.HasFlag(ImapCapabilities.GMailExt1) ? await TabAsync(folder, hit.UniqueId, cancellationToken).ConfigureAwait(false) : null;
        conversation.IsSilent = true;
        try
        {
            var octets = whole && HasRoomFor(size) ? await ReadAsync(folder, hit.UniqueId, (int)size, cancellationToken).ConfigureAwait(false) : [];
            byte[] header;
            if (octets.Length > 0)
            {
                header = HeaderOf(octets);
            }
            else
            {
                using var stream = new MemoryStream();
                await hit.Headers!.WriteToAsync(stream, cancellationToken).ConfigureAwait(false);
                header = Cut(stream.ToArray(), MailboxReader.LongestHeader);
            }

            return new FoundMessage(Shown(tab ?? folder.FullName), tab is null ? kind : FolderKind.Other, hit.InternalDate, size, header, octets);
        }
        finally
        {
            conversation.IsSilent = false;
        }
    }

    private static async Task<byte[]> ReadAsync(IMailFolder folder, UniqueId id, int size, CancellationToken cancellationToken)
    {
        // A server may say any size: no more is taken than was said, and a little.
        using var source = await folder.GetStreamAsync(id, 0, size + 1024, cancellationToken).ConfigureAwait(false);
        using var copy = new MemoryStream();
        await source.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        return copy.ToArray();
    }

    private static async Task<string?> TabAsync(IMailFolder folder, UniqueId id, CancellationToken cancellationToken)
    {
        foreach (var tab in _tabs)
        {
            if ((await folder.SearchAsync([id], SearchQuery.GMailRawSearch($"category:{tab}"), cancellationToken).ConfigureAwait(false)).Count > 0)
            {
                return tab;
            }
        }

        return null;
    }

    private FolderKind KindOf(IMailFolder folder)
    {
        if (folder == client.Inbox || folder.Attributes.HasFlag(FolderAttributes.Inbox))
        {
            return FolderKind.Inbox;
        }

        var isSpam = spamFolder is not null
            ? folder.FullName.Equals(spamFolder, StringComparison.OrdinalIgnoreCase)
            : folder.Attributes.HasFlag(FolderAttributes.Junk) || _usualSpam.Contains(folder.FullName, StringComparer.OrdinalIgnoreCase) || _usualSpam.Contains(folder.Name, StringComparer.OrdinalIgnoreCase);
        return isSpam ? FolderKind.Spam : FolderKind.Other;
    }

    private static SearchQuery Search(MailboxQuery query) => query switch
    {
        MailboxQuery.MessageId id => SearchQuery.HeaderContains("Message-Id", id.Id).Or(SearchQuery.HeaderContains(OutgoingMime.MarkField, id.Id)),
        MailboxQuery.SentTo sent => RecipientFields
            .Aggregate((SearchQuery)SearchQuery.HeaderContains(OutgoingMime.MarkField, sent.Token), (all, field) => all.Or(SearchQuery.HeaderContains(field, sent.Token))),
        _ => throw new ArgumentOutOfRangeException(nameof(query)),
    };
}
