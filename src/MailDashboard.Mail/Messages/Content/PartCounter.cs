using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MimeKit;

namespace MailDashboard.Mail.Messages.Content;

/// <summary>
/// Walks through a message without keeping anything of it, and stops it before it is read for good where it has more parts or
/// fields than are judged: a message of fifty megabytes can hold millions.
/// </summary>
internal sealed class PartCounter(Stream stream, ParserOptions options) : MimeReader(options, stream)
{
    private int _parts;
    private int _fields;

    /// <summary>The message, or null and what it exceeds.</summary>
    public static MimeMessage? Load(ReadOnlyMemory<byte> octets, ImmutableArray<Excess>.Builder excesses)
    {
        var options = new ParserOptions { MaxMimeDepth = MessageLimits.MimeDepth, MaxAddressGroupDepth = 3 };
        try
        {
            using (var first = Open(octets))
            {
                new PartCounter(first, options).ReadMessage();
            }

            using var second = Open(octets);
            return MimeMessage.Load(options, second);
        }
        catch (ExceededException e)
        {
            excesses.Add(e.Excess);
        }
        catch (FormatException)
        {
            // No header at all, which is said elsewhere.
        }

        return null;
    }

    /// <inheritdoc/>
    protected override void OnMimePartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) => CountPart();

    /// <inheritdoc/>
    protected override void OnMultipartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) => CountPart();

    /// <inheritdoc/>
    protected override void OnMessagePartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) => CountPart();

    /// <inheritdoc/>
    protected override void OnHeaderRead(Header header, int beginLineNumber, CancellationToken cancellationToken)
    {
        if (++_fields > MessageLimits.Fields)
        {
            throw new ExceededException(new Excess("fields", MessageLimits.Fields));
        }
    }

    private void CountPart()
    {
        if (++_parts > MessageLimits.Parts)
        {
            throw new ExceededException(new Excess("parts", MessageLimits.Parts));
        }
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> octets) =>
        MemoryMarshal.TryGetArray(octets, out var array) ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false) : new MemoryStream(octets.ToArray(), writable: false);

    private sealed class ExceededException(Excess excess) : Exception
    {
        public Excess Excess => excess;
    }
}
