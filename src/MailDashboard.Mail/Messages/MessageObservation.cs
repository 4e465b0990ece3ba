using System.Collections.Immutable;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Mail.Headers;
using MailDashboard.Mail.Messages.Authentication;
using MailDashboard.Mail.Messages.Content;
using MailDashboard.Mail.Messages.Filters;

namespace MailDashboard.Mail.Messages;

/// <summary>A bound that the message exceeds.</summary>
/// <param name="What">Which: its words, with the unit, are <c>Excess.{What}</c> in the texts.</param>
/// <param name="Limit">The bound.</param>
public sealed record Excess(string What, long Limit);

/// <summary>Everything that was seen of one message, failures included as data.</summary>
/// <param name="ReceivedAt">When it arrived.</param>
/// <param name="Header">Its header.</param>
/// <param name="Form">Its form on the wire.</param>
public sealed record MessageObservation(DateTimeOffset ReceivedAt, HeaderAnalysis Header, FormFacts Form)
{
    /// <summary>It was sent to many.</summary>
    public bool IsBulk { get; init; }

    /// <summary>The hop that handed it to the test mailbox's server; null where no believed field names one.</summary>
    public SendingHop? Hop { get; init; }

    /// <summary>SPF of both identities.</summary>
    public SpfFacts Spf { get; init; } = new("", null, null);

    /// <summary>DKIM signatures, topmost first.</summary>
    public ImmutableArray<SignatureFacts> Signatures { get; init; } = [];

    /// <summary>The ARC chain; null where there is none.</summary>
    public ArcFacts? Arc { get; init; }

    /// <summary>The DMARC record that holds for From; null where From names no domain.</summary>
    public DmarcFacts? Dmarc { get; init; }

    /// <summary>Names of the sending address and of HELO; null where no address is known.</summary>
    public HostFacts? Host { get; init; }

    /// <summary>What blocklists say of the sending address and of the domains.</summary>
    public ImmutableArray<ListingLook> Looks { get; init; } = [];

    /// <summary>Text and HTML; null where the body was not read.</summary>
    public BodyFacts? Body { get; init; }

    /// <summary>Hosts of links, with what DNS says of them.</summary>
    public ImmutableArray<LinkHost> LinkHosts { get; init; } = [];

    /// <summary>Attachments and what is in archives.</summary>
    public ImmutableArray<AttachmentFacts> Attachments { get; init; } = [];

    /// <summary>What the spam filters said.</summary>
    public ImmutableArray<FilterReport> Filters { get; init; } = [];

    /// <summary>What was too large to look at in full.</summary>
    public ImmutableArray<Excess> Excesses { get; init; } = [];

    /// <summary>The HTML without anything that acts or loads, for a sandboxed frame; null where there is no HTML.</summary>
    public string? Preview { get; init; }
}
