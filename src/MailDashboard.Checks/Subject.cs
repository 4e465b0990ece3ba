using System.Globalization;
using System.Net;
using System.Text.Json.Serialization;

namespace MailDashboard.Checks;

/// <summary>The kinds of thing a statement can be about.</summary>
public enum SubjectKind
{
    /// <summary>The audited domain itself.</summary>
    Domain,

    /// <summary>A host name.</summary>
    Host,

    /// <summary>An IPv4 or IPv6 address.</summary>
    Address,

    /// <summary>A DKIM selector.</summary>
    Selector,

    /// <summary>An (address or domain, blocklist zone) pair.</summary>
    Listing,

    /// <summary>A port of a host at one of its addresses.</summary>
    Service,

    /// <summary>A (owner name, type) pair of DNS: one record set.</summary>
    Record,

    /// <summary>A part of a message: a header field, a link, an attachment.</summary>
    Part,

    /// <summary>A (name, id) pair: an account at a server, which people call by its name and may rename.</summary>
    Account,
}

/// <summary>
/// What a statement is about. The identity of a finding is family + code + subject, so the text of a subject is
/// stable: lower-case A-labels without a trailing dot, addresses in their canonical form.
/// </summary>
/// <param name="Kind">What <paramref name="Name"/> is.</param>
/// <param name="Name">The domain, host, address, selector or service.</param>
/// <param name="List">The blocklist zone of a <see cref="SubjectKind.Listing"/>, the type of a <see cref="SubjectKind.Record"/>, the id of an <see cref="SubjectKind.Account"/>, else null.</param>
public readonly record struct Subject(SubjectKind Kind, string Name, string? List = null)
{
    /// <summary>The domain itself.</summary>
    public static Subject Domain(string name) => new(SubjectKind.Domain, name);

    /// <summary>A host.</summary>
    public static Subject Host(string name) => new(SubjectKind.Host, name);

    /// <summary>An address.</summary>
    public static Subject Address(IPAddress address) => new(SubjectKind.Address, address.ToString());

    /// <summary>A DKIM selector.</summary>
    public static Subject Selector(string name) => new(SubjectKind.Selector, name);

    /// <summary>An address or a domain on a blocklist.</summary>
    public static Subject Listing(string addressOrDomain, string zone) => new(SubjectKind.Listing, addressOrDomain, zone);

    /// <summary>A port of a host at one of its addresses: <c>mail.example.org[192.0.2.1]:993</c>.</summary>
    public static Subject Service(string host, IPAddress address, int port) =>
        new(SubjectKind.Service, string.Create(CultureInfo.InvariantCulture, $"{host}[{address}]:{port}"));

    /// <summary>A record set: <c>_dmarc.example.org TXT</c>.</summary>
    public static Subject Record(string name, string type) => new(SubjectKind.Record, name, type);

    /// <summary>A part of a message; its name comes out of the message and is hostile text.</summary>
    public static Subject Part(string name) => new(SubjectKind.Part, name);

    /// <summary>An account at a server.</summary>
    public static Subject Account(string name, int id) => new(SubjectKind.Account, name, id.ToString(CultureInfo.InvariantCulture));

    /// <summary>A text that identifies the subject in storage; <see cref="Parse"/> reads it back.</summary>
    [JsonIgnore]
    public string Key => List is null ? $"{Kind}:{Name}" : $"{Kind}:{Name}|{List}";

    /// <summary>Reads what <see cref="Key"/> wrote.</summary>
    /// <exception cref="FormatException">The text was not written by <see cref="Key"/>.</exception>
    public static Subject Parse(string key)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !Enum.TryParse<SubjectKind>(key[..colon], out var kind))
        {
            throw new FormatException("Not a subject key.");
        }

        var rest = key[(colon + 1)..];
        var bar = kind is SubjectKind.Listing or SubjectKind.Record or SubjectKind.Account ? rest.LastIndexOf('|') : -1;
        return bar < 0 ? new Subject(kind, rest) : new Subject(kind, rest[..bar], rest[(bar + 1)..]);
    }

    /// <summary>The subject as a person reads it; for a listing or a record both parts, with a space between them.</summary>
    public override string ToString() => List is null || Kind == SubjectKind.Account ? Name : $"{Name} {List}";
}
