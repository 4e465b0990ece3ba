using System.Net;

namespace MailDashboard.Web.Toolbox;

/// <summary>What somebody pasted.</summary>
public enum ToolboxKind
{
    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>Nothing that any tool knows.</summary>
    Unknown,

    /// <summary>A domain or a host: the text alone does not tell which.</summary>
    Name,

    /// <summary>A name with an underscore, which only DNS knows: <c>_dmarc.example.org</c>.</summary>
    DnsName,

    /// <summary>A host and a port.</summary>
    Service,

    /// <summary>An IP address.</summary>
    Address,

    /// <summary>An e-mail address.</summary>
    Mailbox,

    /// <summary>A web address.</summary>
    Url,

    /// <summary>The text of an SPF record.</summary>
    SpfRecord,

    /// <summary>The text of a DMARC record.</summary>
    DmarcRecord,

    /// <summary>The text of a DKIM key record.</summary>
    DkimRecord,

    /// <summary>The text of an MTA-STS record.</summary>
    MtaStsRecord,

    /// <summary>An MTA-STS policy.</summary>
    MtaStsPolicy,

    /// <summary>The text of a BIMI record.</summary>
    BimiRecord,

    /// <summary>A logo for BIMI: an SVG image.</summary>
    BimiLogo,

    /// <summary>The text of a TLS-RPT record.</summary>
    TlsRptRecord,

    /// <summary>The header of a message.</summary>
    Header,

    /// <summary>What a mail server replied.</summary>
    Reply,
}

/// <summary>A pasted text, understood.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The part that matters: a name in A-labels, an address, a record without quotes, or the whole text.</param>
public sealed partial record ToolboxInput(ToolboxKind Kind, string Text)
{
    /// <summary>Longer texts are not looked at, in characters.</summary>
    public const int MaximumLength = 256 * 1024;

    /// <summary>The domain or host in it, A-labels; for a record the domain that it stood at, where the paste says so.</summary>
    public string? Name { get; init; }

    /// <summary>The IP address in it.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The port in it.</summary>
    public int? Port { get; init; }

    /// <summary>The DKIM selector in it, where a whole line of a zone was pasted.</summary>
    public string? Selector { get; init; }

    /// <summary>It is a file that a record leads to, not the record.</summary>
    public bool IsFile => Kind is ToolboxKind.MtaStsPolicy or ToolboxKind.BimiLogo;

    /// <summary>The family that judges such a record or file; null for what is neither.</summary>
    public string? RecordFamily => Kind switch
    {
        ToolboxKind.SpfRecord => "spf",
        ToolboxKind.DmarcRecord => "dmarc",
        ToolboxKind.DkimRecord => "dkim",
        ToolboxKind.MtaStsRecord or ToolboxKind.MtaStsPolicy => "mta-sts",
        ToolboxKind.BimiRecord or ToolboxKind.BimiLogo => "bimi",
        ToolboxKind.TlsRptRecord => "tls-rpt",
        _ => null,
    };

    /// <summary>Understands a text. Pure; asks nobody.</summary>
    public static ToolboxInput Recognise(string? text)
    {
        var typed = (text ?? "").Trim();
        if (typed.Length == 0)
        {
            return new ToolboxInput(ToolboxKind.Empty, "");
        }

        if (typed.Length > MaximumLength)
        {
            typed = typed[..MaximumLength];
        }

        return Records.Read(typed)
            ?? (typed.Contains('\n', StringComparison.Ordinal) ? null : Names.Read(typed))
            ?? Long(typed)
            ?? new ToolboxInput(ToolboxKind.Unknown, typed);
    }

    /// <summary>A report of a failed delivery has a header of its own, and holds the reply that matters.</summary>
    private static ToolboxInput? Long(string typed)
    {
        var isReport = typed.Contains("Diagnostic-Code:", StringComparison.OrdinalIgnoreCase);
        if (!isReport && Mail.Headers.HeaderAnalyzer.IsHeader(typed))
        {
            return new ToolboxInput(ToolboxKind.Header, typed);
        }

        return Mail.Replies.ReplyDecoder.Explain(typed, "en") is not null ? new ToolboxInput(ToolboxKind.Reply, typed) : null;
    }
}
