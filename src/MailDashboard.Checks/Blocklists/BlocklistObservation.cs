using System.Collections.Immutable;

namespace MailDashboard.Checks.Blocklists;

/// <summary>Where an address comes from. Ordered: the first that names an address counts.</summary>
public enum ListingOrigin
{
    /// <summary>The audited domain itself.</summary>
    Domain,

    /// <summary>A sending address that the user stated.</summary>
    Stated,

    /// <summary>An address of a mail exchanger that the user marked as own.</summary>
    OwnHost,

    /// <summary>A single address in the domain's own SPF record.</summary>
    Spf,

    /// <summary>An address of any other mail exchanger.</summary>
    OtherHost,
}

/// <summary>Something that lists are asked about, and why.</summary>
/// <param name="Subject">Address or domain.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Provider">The provider or filter it belongs to; null where it is none that we know.</param>
/// <param name="Host">The host name it was found under, where there is one.</param>
public sealed record WatchedSubject(BlocklistSubject Subject, ListingOrigin Origin, string? Provider = null, string? Host = null)
{
    /// <summary>A listing is the domain's own problem: it counts for the score and may send an e-mail.</summary>
    public bool IsWatched => Origin != ListingOrigin.OtherHost && Provider is null;
}

/// <summary>A name that could not be asked for the addresses behind it.</summary>
/// <param name="Subject">The domain or a host.</param>
/// <param name="Reason">Why not.</param>
/// <param name="IsNeeded">Without it we do not know what to watch; else it would only have been shown.</param>
public sealed record SubjectGap(Subject Subject, Reason Reason, bool IsNeeded);

/// <summary>Everything seen.</summary>
/// <param name="Domain">The audited domain.</param>
/// <param name="DataProblems">What is wrong with the operator's data file; nothing was asked then.</param>
/// <param name="Subjects">What was looked up.</param>
/// <param name="Looks">What each list that is on said.</param>
/// <param name="Gaps">Names whose addresses could not be found out.</param>
/// <param name="LeftOut">Addresses beyond what one audit asks for.</param>
public sealed record BlocklistObservation(
    string Domain,
    ImmutableArray<string> DataProblems,
    ImmutableArray<WatchedSubject> Subjects,
    ImmutableArray<ListingLook> Looks,
    ImmutableArray<SubjectGap> Gaps,
    int LeftOut);
