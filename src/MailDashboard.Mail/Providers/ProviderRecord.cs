using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Providers;

/// <summary>A DNS record that a provider asks for.</summary>
/// <param name="Owner">Template, relative to the sending domain; <c>@</c> is the domain itself.</param>
/// <param name="Type">CNAME, TXT or MX.</param>
/// <param name="Value">Template; a single field where only the console knows the value.</param>
/// <param name="Standing">How far it can be relied on.</param>
public sealed record ProviderRecord(string Owner, DnsRecordType Type, string Value, FactStanding Standing)
{
    /// <summary>Preference of an MX.</summary>
    public ushort Priority { get; init; }

    /// <summary>Left out where none of its fields is filled.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Where it was read; null where it was not.</summary>
    public string? Source { get; init; }

    /// <summary>The value stands in the provider's console and nowhere else.</summary>
    public bool IsFromConsole => ProviderTemplate.IsSingleField(Value);
}

/// <summary>How a provider fits into SPF (RFC 7208).</summary>
public enum SpfUse
{
    /// <summary>Its term belongs into the domain's own record.</summary>
    Include,

    /// <summary>Nothing is needed: mail leaves with a return path of the provider's or behind an alias.</summary>
    None,

    /// <summary>Its term belongs into the record of a name below the domain, the return path.</summary>
    Subdomain,

    /// <summary>Its term belongs into the domain's own record, and differs with the region of the account.</summary>
    RegionBound,

    /// <summary>Its term belongs into the domain's own record, and sources disagree on it: the console has to say.</summary>
    Contradictory,
}

/// <summary>What SPF needs for a provider.</summary>
/// <param name="Use">How.</param>
/// <param name="Standing">How far it can be relied on.</param>
public sealed record SpfContribution(SpfUse Use, FactStanding Standing)
{
    /// <summary>Template of the term, such as <c>include:spf.mailjet.com</c>; null where nothing is needed.</summary>
    public string? Term { get; init; }

    /// <summary>Template of the name below the domain whose record it is; null: the domain itself.</summary>
    public string? At { get; init; }

    /// <summary>Where it was read; null where it was not.</summary>
    public string? Source { get; init; }

    /// <summary>What else is to be known; null where nothing is.</summary>
    public ProviderText? Note { get; init; }
}
