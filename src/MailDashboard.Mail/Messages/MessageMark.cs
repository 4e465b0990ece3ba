using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MailDashboard.Checks;

namespace MailDashboard.Mail.Messages;

/// <summary>What part of a message a mark is about.</summary>
public enum MarkArea
{
    /// <summary>The message as a whole.</summary>
    Message,

    /// <summary>SPF, DKIM, DMARC, ARC.</summary>
    Authentication,

    /// <summary>The server that sent it.</summary>
    Server,

    /// <summary>Blocklists.</summary>
    Reputation,

    /// <summary>Header fields and form.</summary>
    Form,

    /// <summary>Text, links, pictures.</summary>
    Content,

    /// <summary>What is attached.</summary>
    Attachments,

    /// <summary>What spam filters say.</summary>
    Filters,
}

/// <summary>One thing that can be said about a message.</summary>
/// <param name="Finding">Permanent code, severity, RFC.</param>
/// <param name="Points">What it costs of ten, where a case does not weigh otherwise.</param>
/// <param name="Area">What it is about.</param>
public sealed record MarkDefinition(FindingDefinition Finding, decimal Points, MarkArea Area)
{
    /// <summary>The permanent code.</summary>
    public string Code => Finding.Code;
}

/// <summary>One mark of one message. It can be stored as JSON and read back.</summary>
/// <param name="Code">The permanent code; <see cref="MessageMarks.Find"/> has what is fixed about it.</param>
/// <param name="Severity">How much it matters here.</param>
/// <param name="Points">Points lost, of ten; nothing where the fault is charged under another mark.</param>
/// <param name="Subject">What it is about: a domain, an address, a selector, a header field, a link, an attachment.</param>
/// <param name="Evidence">What was seen, verbatim and cut; hostile text.</param>
public sealed record MessageMark(string Code, Severity Severity, decimal Points, Subject Subject, ImmutableArray<Evidence> Evidence)
{
    /// <summary>It takes points.</summary>
    [JsonIgnore]
    public bool Costs => Points > 0;
}
