namespace MailDashboard.Mail.Messages;

/// <summary>How much of a message is looked at. What exceeds a bound is said (MSG001) and costs nothing.</summary>
public static class MessageLimits
{
    /// <summary>Octets of a message; of a larger one only the header is judged.</summary>
    public const int Octets = 50 * 1024 * 1024;

    /// <summary>For reading a message once its header is read. It is there for what no other bound foresees.</summary>
    public static readonly TimeSpan ReadTime = TimeSpan.FromSeconds(30);

    /// <summary>Octets of the header of the message, and of that of each part: large receivers refuse longer ones, and a parser takes quadratic time.</summary>
    public const int HeaderOctets = 256 * 1024;

    /// <summary>Empty lines in a row: canonicalisation (RFC 6376 §3.4) takes quadratic time for them.</summary>
    public const int EmptyLines = 10_000;

    /// <summary>Header fields of the message and of all its parts together.</summary>
    public const int Fields = 5_000;

    /// <summary>MIME parts, nested messages and their parts included.</summary>
    public const int Parts = 1_000;

    /// <summary>Levels of MIME nesting; what lies deeper is one part.</summary>
    public const int MimeDepth = 30;

    /// <summary>DKIM signatures that are verified.</summary>
    public const int Signatures = 10;

    /// <summary>Characters of the HTML, and of the plain text, that are read.</summary>
    public const int TextCharacters = 1024 * 1024;

    /// <summary>Tags of the HTML.</summary>
    public const int HtmlTags = 50_000;

    /// <summary>Levels of HTML elements, and elements that are closed out of order.</summary>
    public const int HtmlDepth = 256;

    /// <summary>For reading the HTML once: no input that passes the other bounds is known to need it.</summary>
    public static readonly TimeSpan HtmlTime = TimeSpan.FromSeconds(5);

    /// <summary>Links that are read.</summary>
    public const int Links = 500;

    /// <summary>Hosts of links that DNS and blocklists are asked about.</summary>
    public const int LinkHosts = 20;

    /// <summary>Attachments that are looked into.</summary>
    public const int Attachments = 100;

    /// <summary>Levels of archives in archives.</summary>
    public const int ArchiveDepth = 3;

    /// <summary>Entries of all archives of a message together.</summary>
    public const int ArchiveEntries = 2_000;

    /// <summary>Octets unpacked, of all archives in archives of a message together.</summary>
    public const int ArchiveOctets = 20 * 1024 * 1024;

    /// <summary>Octets handed to SpamAssassin and rspamd, which skip larger messages themselves.</summary>
    public const int FilterOctets = 2 * 1024 * 1024;

    /// <summary>Rules of one filter that are kept.</summary>
    public const int FilterRules = 200;

    /// <summary>Octets of one picture shown in the preview, and of all of them together.</summary>
    public const int PreviewPicture = 200 * 1024;

    /// <summary>Octets of all pictures shown in the preview.</summary>
    public const int PreviewPictures = 1024 * 1024;

    /// <summary>Characters of all <c>style</c> attributes that the preview keeps: reading CSS costs ten times as much as reading HTML.</summary>
    public const int PreviewStyles = 128 * 1024;
}
