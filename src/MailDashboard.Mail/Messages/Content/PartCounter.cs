using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MimeKit;

namespace MailDashboard.Mail.Messages.Content;

/// <summary>
/// Walks through a message without keeping anything of it, and stops it before it is read for good where it has more parts or
/// fields than are judged: a message of fifty megabytes can hold millions.
/// </summary>
internal sealed class PartCounter : MimeReader
{
    private readonly WatchedOctets _octets;
    private int _parts;
    private int _fields;
    private bool _isCutOff;

    private PartCounter(WatchedOctets octets, ParserOptions options)
        : base(options, octets) => _octets = octets;

    /// <summary>The message, or null and what it exceeds.</summary>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public static MimeMessage? Load(ReadOnlyMemory<byte> octets, ImmutableArray<Excess>.Builder excesses, CancellationToken cancellationToken)
    {
        var options = new ParserOptions { MaxMimeDepth = MessageLimits.MimeDepth, MaxAddressGroupDepth = 3 };
        try
        {
            using (var first = WatchedOctets.Open(octets, cancellationToken))
            {
                var counter = new PartCounter(first, options);
                counter.ReadMessage(cancellationToken);
                if (counter._isCutOff)
                {
                    excesses.Add(new Excess("depth", MessageLimits.MimeDepth));
                }
            }

            return Load(octets, options, cancellationToken);
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

    /// <summary>
    /// A message that has been counted, its body in one piece: written again from its parts it is not always what was signed
    /// (blanks after a boundary, a part without a header, a line that is no field).
    /// </summary>
    public static MimeMessage LoadWhole(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken) => Load(octets, new ParserOptions { MaxMimeDepth = 0 }, cancellationToken);

    private static MimeMessage Load(ReadOnlyMemory<byte> octets, ParserOptions options, CancellationToken cancellationToken)
    {
        using var stream = WatchedOctets.Open(octets, cancellationToken);
        return MimeMessage.Load(options, stream, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void OnMimePartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken)
    {
        // Deeper than that, the reader takes what holds parts for one part.
        _isCutOff |= contentType.IsMimeType("message", "rfc822") || (contentType.IsMimeType("multipart", "*") && contentType.Boundary is { Length: > 0 });
        CountPart();
    }

    /// <inheritdoc/>
    protected override void OnMultipartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) => CountPart();

    /// <inheritdoc/>
    protected override void OnMessagePartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) => CountPart();

    /// <inheritdoc/>
    protected override void OnHeadersBegin(long beginOffset, int beginLineNumber, CancellationToken cancellationToken) => _octets.HeaderFrom = beginOffset;

    /// <inheritdoc/>
    protected override void OnHeadersEnd(long beginOffset, int beginLineNumber, long endOffset, int endLineNumber, CancellationToken cancellationToken) => _octets.HeaderFrom = null;

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

    private sealed class ExceededException(Excess excess) : Exception
    {
        public Excess Excess => excess;
    }

    /// <summary>Stops the reader inside a header that is too long: it would collect all of it first.</summary>
    private sealed class WatchedOctets(ArraySegment<byte> octets, CancellationToken cancellationToken) : MemoryStream(octets.Array!, octets.Offset, octets.Count, writable: false)
    {
        /// <summary>Where the header that is being read began; null between two.</summary>
        public long? HeaderFrom { get; set; }

        public static WatchedOctets Open(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken) =>
            new(MemoryMarshal.TryGetArray(octets, out var array) ? array : new ArraySegment<byte>(octets.ToArray()), cancellationToken);

        public override int Read(byte[] buffer, int offset, int count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Position - HeaderFrom > MessageLimits.HeaderOctets ? throw new ExceededException(new Excess("header", MessageLimits.HeaderOctets)) : base.Read(buffer, offset, count);
        }
    }
}
