using System.Collections.Immutable;
using System.Net;

namespace MailDashboard.Mail.Messages;

/// <summary>A message as it lies in the test mailbox, and what its owner knows about it.</summary>
/// <param name="Message">The message as the mailbox server gives it, octet by octet.</param>
/// <param name="ReceivedAt">When it arrived (INTERNALDATE of IMAP); the message's own words are not believed about that.</param>
public sealed record MessageRequest(ReadOnlyMemory<byte> Message, DateTimeOffset ReceivedAt)
{
    /// <summary>Names of the hosts whose Received fields are believed: those of the test mailbox's provider, and what is below them.</summary>
    public ImmutableArray<string> TrustedHosts { get; init; } = [];

    /// <summary>Networks of those hosts: a hop from there is inside, the sending one comes before it.</summary>
    public ImmutableArray<IPNetwork> TrustedNetworks { get; init; } = [];

    /// <summary>
    /// Which Received field, counted from the top and from 1, the receiving server wrote about the sending one. Takes the place of
    /// <see cref="TrustedHosts"/>; where neither is given it is the topmost that names an address.
    /// </summary>
    public int? HopFromTop { get; init; }

    /// <summary>The reverse-path, where the owner knows it; null takes the topmost Return-Path.</summary>
    public string? MailFrom { get; init; }

    /// <summary>It was sent to many: then RFC 8058 applies. Null decides by List-Id and Precedence.</summary>
    public bool? IsBulk { get; init; }
}
