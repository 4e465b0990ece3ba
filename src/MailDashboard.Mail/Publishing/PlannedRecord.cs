using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Publishing;

/// <summary>What a record is for.</summary>
public enum PlanPart
{
    /// <summary>Who receives.</summary>
    Mx,

    /// <summary>Who may send.</summary>
    Spf,

    /// <summary>Keys of signatures.</summary>
    Dkim,

    /// <summary>Names that a provider wants for returned mail and the like.</summary>
    ReturnPath,

    /// <summary>Proves to a provider that the domain is the user's.</summary>
    Verification,

    /// <summary>What becomes of forged mail.</summary>
    Dmarc,

    /// <summary>Another domain's consent to receive reports.</summary>
    ReportAuthorization,

    /// <summary>Insists on encryption.</summary>
    MtaSts,

    /// <summary>Asks for reports about encryption.</summary>
    TlsRpt,
}

/// <summary>What is to be done.</summary>
public enum PlanAction
{
    /// <summary>Nothing: it stands there.</summary>
    AlreadyRight,

    /// <summary>Nothing like it is there.</summary>
    Add,

    /// <summary>It takes the place of <see cref="PlannedRecord.Replaces"/>.</summary>
    Change,

    /// <summary>What is there goes away; there are no new values.</summary>
    Remove,

    /// <summary>It cannot be planned; <see cref="PlannedRecord.Obstacle"/> says why.</summary>
    Cannot,
}

/// <summary>A record that is there and in the way. Hostile text.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Value">Its data, verbatim.</param>
public sealed record OldRecord(DnsRecordType Type, string Value);

/// <summary>One owner name and type, and what is to stand there.</summary>
/// <param name="Part">What it is for.</param>
/// <param name="Zone">The zone that it is in.</param>
/// <param name="Owner">Complete name, lower case, no trailing dot.</param>
/// <param name="Type">TXT, CNAME or MX.</param>
/// <param name="Values">
/// What stands there once all is done, one record each: a text without quotation marks, a target without a trailing dot, preference and
/// host (<c>10 mx.example.org</c>; the null MX is <c>0 .</c>). Empty where there is to be nothing, or it cannot be planned.
/// </param>
/// <param name="Action">What is to be done.</param>
/// <param name="Why">One sentence; see <see cref="PlanTexts"/>.</param>
public sealed record PlannedRecord(PlanPart Part, string Zone, string Owner, DnsRecordType Type, ImmutableArray<string> Values, PlanAction Action, Reason Why)
{
    /// <summary>What goes away. Other texts at the same name stay.</summary>
    public ImmutableArray<OldRecord> Replaces { get; init; } = [];

    /// <summary>Why it cannot be planned.</summary>
    public Reason? Obstacle { get; init; }

    /// <summary>What was decided on the way and should be known.</summary>
    public ImmutableArray<Reason> Notes { get; init; } = [];

    /// <summary>Seconds for which resolvers may keep what was there before; null where it is not known.</summary>
    public uint? OldTtl { get; init; }

    /// <summary>What SPF costs with this record; null for other records.</summary>
    public SpfCount? Spf { get; init; }

    /// <summary>Id of the provider that asks for it; null where none does.</summary>
    public string? Provider { get; init; }

    /// <summary>Something is left to do for the user.</summary>
    public bool IsOpen => Action is PlanAction.Add or PlanAction.Change or PlanAction.Remove;
}

/// <summary>What a term of the record costs with everything that it includes.</summary>
/// <param name="Term">As written.</param>
/// <param name="Lookups">Look-ups.</param>
public sealed record SpfTermCost(string Term, int Lookups);

/// <summary>What a record costs those who evaluate it (RFC 7208 §4.6.4).</summary>
/// <param name="Lookups">Of at most ten.</param>
/// <param name="Voids">Of at most two.</param>
/// <param name="Costs">Which term costs how many, dearest first; those without cost are left out.</param>
/// <param name="IsComplete">Everything could be counted; else there may be more.</param>
public sealed record SpfCount(int Lookups, int Voids, ImmutableArray<SpfTermCost> Costs, bool IsComplete);
