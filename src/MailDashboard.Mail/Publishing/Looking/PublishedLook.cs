using System.Collections.Immutable;
using MailDashboard.Checks;

namespace MailDashboard.Mail.Publishing.Looking;

/// <summary>Who was asked.</summary>
public enum LookedAt
{
    /// <summary>The zone's own name servers: what they say holds now, past every cache.</summary>
    NameServers,

    /// <summary>
    /// The resolver, because no name server could be asked from here; what it says may be as old as
    /// the time that the record before could be kept.
    /// </summary>
    Resolver,
}

/// <summary>What is wrong with what stands there.</summary>
public enum DifferenceKind
{
    /// <summary>Quotation marks became part of the value.</summary>
    QuotesInside,

    /// <summary>Backslashes stand before the semicolons.</summary>
    SemicolonsEscaped,

    /// <summary>Blanks or line breaks got into the value.</summary>
    BlanksInside,

    /// <summary>The value ends too early.</summary>
    Truncated,

    /// <summary>The console added the zone to a name that had it.</summary>
    NameDoubled,

    /// <summary>The record is at the top of the zone.</summary>
    AtZoneTop,

    /// <summary>The console added the zone to the target of an alias or MX.</summary>
    TargetDoubled,

    /// <summary>What was to be replaced is still there.</summary>
    OldValue,

    /// <summary>More than one of a kind of which there may be one.</summary>
    Several,

    /// <summary>An alias stands there, where another type belongs.</summary>
    AliasInstead,

    /// <summary>A text stands there, where another type belongs.</summary>
    TextInstead,

    /// <summary>Something else stands there.</summary>
    OtherValue,
}

/// <summary>A difference between what was planned and what is there.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Name">Where it was seen.</param>
/// <param name="Seen">What was seen, verbatim; hostile text, cut to <see cref="MaximumSeen"/> characters.</param>
/// <param name="What">One sentence; see <see cref="PlanTexts"/>.</param>
public sealed record Difference(DifferenceKind Kind, string Name, string Seen, Reason What)
{
    /// <summary>Longer values are cut, in characters.</summary>
    public const int MaximumSeen = 1000;
}

/// <summary>What a look for a planned record found. A closed set.</summary>
public abstract record PublishedLook
{
    private PublishedLook(LookedAt via, ImmutableArray<string> servers)
    {
        Via = via;
        Servers = servers;
    }

    /// <summary>Who was asked.</summary>
    public LookedAt Via { get; }

    /// <summary>Who answered, as name and address.</summary>
    public ImmutableArray<string> Servers { get; }

    /// <summary>It is there as planned.</summary>
    /// <param name="At">The servers that have it.</param>
    /// <param name="Wait">Seconds for which others may still keep what was there before; null where it is not known, zero where nothing was.</param>
    public sealed record Seen(LookedAt Via, ImmutableArray<string> Servers, ImmutableArray<string> At, uint? Wait) : PublishedLook(Via, Servers)
    {
        /// <summary>Every server that answered has it.</summary>
        public bool IsEverywhere => At.Length == Servers.Length;
    }

    /// <summary>Nothing is there yet.</summary>
    /// <param name="Wait">Seconds for which those who asked may keep that there is nothing; null where it is not known.</param>
    public sealed record NotYet(LookedAt Via, ImmutableArray<string> Servers, uint? Wait) : PublishedLook(Via, Servers);

    /// <summary>Something is there and it is not what was planned.</summary>
    /// <param name="Differences">What is wrong, the likeliest slip first; at least one.</param>
    /// <param name="Wait">Seconds for which those who asked may keep what is there; null where it is not known.</param>
    public sealed record Different(LookedAt Via, ImmutableArray<string> Servers, ImmutableArray<Difference> Differences, uint? Wait) : PublishedLook(Via, Servers);

    /// <summary>Neither a name server nor the resolver could tell.</summary>
    /// <param name="Why">The reason.</param>
    public sealed record CouldNotAsk(LookedAt Via, Reason Why) : PublishedLook(Via, []);
}
