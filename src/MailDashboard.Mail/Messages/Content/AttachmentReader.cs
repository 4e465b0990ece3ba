using System.Collections.Immutable;
using MailDashboard.Mail.Headers;
using MimeKit;

namespace MailDashboard.Mail.Messages.Content;

/// <summary>Looks at attachments, and into archives without unpacking more than the bounds allow.</summary>
internal sealed class AttachmentReader
{
    private const int Start = 4096;

    private readonly ImmutableArray<AttachmentFacts>.Builder _found = ImmutableArray.CreateBuilder<AttachmentFacts>();
    private readonly ImmutableArray<Excess>.Builder _excesses;
    private int _entriesLeft = MessageLimits.ArchiveEntries;
    private long _octetsLeft = MessageLimits.ArchiveOctets;

    private AttachmentReader(ImmutableArray<Excess>.Builder excesses) => _excesses = excesses;

    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public static ImmutableArray<AttachmentFacts> Read(MimeMessage message, ImmutableArray<Excess>.Builder excesses, CancellationToken cancellationToken)
    {
        var reader = new AttachmentReader(excesses);
        var parts = Parts(message).Where(IsFile).Take(MessageLimits.Attachments + 1).ToList();
        foreach (var part in parts.Take(MessageLimits.Attachments))
        {
            cancellationToken.ThrowIfCancellationRequested();
            reader.Look(part);
        }

        if (parts.Count > MessageLimits.Attachments)
        {
            excesses.Add(new Excess("attachments", MessageLimits.Attachments));
        }

        return reader._found.ToImmutable();
    }

    /// <summary>Every part, those of attached messages included.</summary>
    private static IEnumerable<MimePart> Parts(MimeMessage message) => message.BodyParts.SelectMany(p => p switch
    {
        MessagePart { Message: { } inner } => Parts(inner),
        MimePart part => [part],
        _ => Array.Empty<MimePart>(),
    });

    private static bool IsFile(MimePart part) => part.Content is not null && (part.IsAttachment || part.FileName is { Length: > 0 } || part is not TextPart);

    private void Look(MimePart part)
    {
        using var octets = new MemoryStream((int)Math.Min(part.Content!.Stream!.Length, MessageLimits.Octets));
        using (var content = part.Content.Open())
        {
            BodyReader.CopyWithin(content, octets, MessageLimits.Octets);
        }

        var memory = octets.GetBuffer().AsMemory(0, (int)octets.Length);
        Add(part.FileName ?? "", part.ContentType.MimeType, memory, 0, isEntry: false);
    }

    private void Add(string name, string mediaType, ReadOnlyMemory<byte> octets, int depth, bool isEntry)
    {
        var start = octets.Span[..Math.Min(octets.Length, Start)];
        var traits = FileNames.Of(LastName(name), start);
        var archive = OtherArchives.KindOf(FileNames.Ending(LastName(name)), start);
        traits |= archive is not null && OtherArchives.IsEncrypted(octets.Span) ? AttachmentTraits.Encrypted : AttachmentTraits.None;
        var directory = ZipDirectory.IsZip(octets.Span) ? ZipDirectory.Read(octets, Math.Max(_entriesLeft, 0)) : null;
        if (ZipDirectory.IsZip(octets.Span))
        {
            traits |= directory is not { IsWhole: true } || depth == MessageLimits.ArchiveDepth ? AttachmentTraits.Unlisted : AttachmentTraits.None;
            traits |= directory?.Entries.Any(e => e.IsEncrypted) == true ? AttachmentTraits.Encrypted : AttachmentTraits.None;
            traits |= directory?.Entries.Any(e => e.Name.EndsWith("vbaProject.bin", StringComparison.Ordinal)) == true ? AttachmentTraits.Macros : AttachmentTraits.None;
        }

        _found.Add(new AttachmentFacts(HeaderFields.Clean(name, 300), HeaderFields.Clean(mediaType, 100), octets.Length, traits) { IsEntry = isEntry, Archive = archive });

        // An office document is an archive, too; its parts are nobody's attachments.
        if (directory is not null && depth < MessageLimits.ArchiveDepth && !directory.Entries.Any(e => e.Name == "[Content_Types].xml"))
        {
            List(name, directory, depth);
        }
    }

    private void List(string name, ZipDirectory directory, int depth)
    {
        if (!directory.IsWhole)
        {
            Exceed(new Excess("archiveEntries", MessageLimits.ArchiveEntries));
        }

        foreach (var entry in directory.Entries.Where(e => !e.Name.EndsWith('/')))
        {
            _entriesLeft--;
            var inside = $"{name} / {entry.Name}";
            var start = directory.Peek(entry, Start);
            var isArchive = ZipDirectory.IsZip(start) || entry.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
            if (isArchive && directory.Unpack(entry, ref _octetsLeft) is { } unpacked)
            {
                Add(inside, "", unpacked, depth + 1, isEntry: true);
                continue;
            }

            if (isArchive && !entry.IsEncrypted)
            {
                Exceed(new Excess("archiveOctets", MessageLimits.ArchiveOctets));
            }

            var (traits, archive) = (FileNames.Of(LastName(entry.Name), start), OtherArchives.KindOf(FileNames.Ending(entry.Name), start));
            traits |= OtherArchives.IsEncrypted(start) ? AttachmentTraits.Encrypted : AttachmentTraits.None;
            if (traits != AttachmentTraits.None || archive is not null)
            {
                _found.Add(new AttachmentFacts(HeaderFields.Clean(inside, 300), "", entry.Octets, traits) { IsEntry = true, Archive = archive });
            }
        }
    }

    private void Exceed(Excess excess)
    {
        if (!_excesses.Contains(excess))
        {
            _excesses.Add(excess);
        }
    }

    private static string LastName(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
}
