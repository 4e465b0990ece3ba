using System.Collections.Immutable;
using MimeKit;

namespace MailDashboard.Mail.Messages.Content;

/// <summary>A message that was taken apart.</summary>
/// <param name="Seen">What was seen of it without asking anybody.</param>
/// <param name="Message">All of it with its body in one piece, for signatures; null where it exceeds a bound, which <paramref name="Seen"/> names.</param>
internal sealed record MessageReading(MessageObservation Seen, MimeMessage? Message)
{
    /// <summary>Takes a message apart on a thread of its own, within <see cref="MessageLimits.ReadTime"/>.</summary>
    public static async Task<MessageReading> ReadAsync(MessageRequest request, MessageSource source, TimeProvider time, CancellationToken cancellationToken)
    {
        var seen = new MessageObservation(request.ReceivedAt, source.Header, source.Form)
        {
            IsBulk = request.IsBulk ?? (source.Form["list-id"] is not null || source.Form["precedence"]?.Trim().ToLowerInvariant() is "bulk" or "list"),
            Excesses = source.Excesses,
        };
        if (!seen.Excesses.IsEmpty)
        {
            return new MessageReading(seen, null);
        }

        return await OwnThread.RunAsync(token => Read(seen, request.Message, time, token), MessageLimits.ReadTime, time, cancellationToken).ConfigureAwait(false)
            ?? new MessageReading(seen with { Excesses = [new Excess("seconds", (long)MessageLimits.ReadTime.TotalSeconds)] }, null);
    }

    private static MessageReading Read(MessageObservation seen, ReadOnlyMemory<byte> octets, TimeProvider time, CancellationToken cancellationToken)
    {
        var excesses = ImmutableArray.CreateBuilder<Excess>();
        var message = PartCounter.Load(octets, excesses, cancellationToken);
        if (message is not null)
        {
            var (body, html) = BodyReader.Read(message, time, excesses);
            cancellationToken.ThrowIfCancellationRequested();
            var attachments = AttachmentReader.Read(message, excesses, cancellationToken);
            seen = seen with { Body = body, Attachments = attachments, Preview = html is null ? null : HtmlPreview.Clean(html, message, time) };
        }

        return new MessageReading(seen with { Excesses = excesses.ToImmutable() }, message is null ? null : PartCounter.LoadWhole(octets, cancellationToken));
    }
}
