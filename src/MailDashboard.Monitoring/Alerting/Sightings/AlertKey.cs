using System.Collections.Frozen;
using MailDashboard.Checks;

namespace MailDashboard.Monitoring.Alerting.Sightings;

/// <summary>What makes two sightings one alert.</summary>
/// <param name="Family">Id of the family.</param>
/// <param name="Code">Permanent code.</param>
/// <param name="SubjectKey"><see cref="Subject.Key"/>.</param>
/// <param name="Scope">The domain, where the subject alone does not say whose it is.</param>
internal sealed record AlertKey(string Family, string Code, string SubjectKey, string Scope)
{
    /// <summary>What these say of a host is true of the host, whichever domain it was met behind.</summary>
    private static readonly FrozenSet<string> OfHosts =
        FrozenSet.ToFrozenSet([ListingWatch.Family, "reverse-dns", "smtp", "starttls", "tls", "submission", "imap", "pop3", "dane", OwnFindings.Descriptor.Id]);

    public static AlertKey Of(string family, string code, Subject subject, string domain) =>
        new(family, code, subject.Key, IsShared(family, subject.Kind) ? "" : domain);

    /// <summary>A domain, a listing and a record set bear their own name; a selector is nothing without its domain.</summary>
    private static bool IsShared(string family, SubjectKind kind) => kind switch
    {
        SubjectKind.Domain or SubjectKind.Listing or SubjectKind.Record => true,
        SubjectKind.Selector => false,
        _ => OfHosts.Contains(family),
    };
}

/// <summary>Something that a look showed, or could not tell of, and that people may be told of.</summary>
internal sealed record Sighting(AlertKey Key, AlertLook Look, Severity Severity, System.Collections.Immutable.ImmutableArray<Evidence> Evidence)
{
    /// <summary>It happened and is over.</summary>
    public bool IsMomentary { get; init; }
}
