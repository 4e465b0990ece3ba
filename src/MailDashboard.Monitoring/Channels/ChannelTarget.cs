using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Channels;

/// <summary>Where a channel posts to, decrypted: lives for one attempt, and is never shown.</summary>
/// <param name="Url">Null where what is stored cannot be decrypted.</param>
/// <param name="Secret">Key of a webhook's signature, token of ntfy.</param>
internal sealed record ChannelTarget(ChannelKind Kind, Uri? Url, string? Secret);
