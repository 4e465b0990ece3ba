using System.Collections.Immutable;
using MailDashboard.Checks.Compliance;

namespace MailDashboard.Checks.Strict;

/// <summary>One condition of the strict profile.</summary>
/// <param name="Id">Permanent; its texts are <c>Strict.{Id}.Title</c> and <c>Strict.{Id}.Help</c> of the pages.</param>
/// <param name="References">What it follows, an RFC each.</param>
/// <param name="Signals">Families that decide it, all of them; empty where something else does.</param>
public sealed record StrictCondition(string Id, ImmutableArray<string> References, ImmutableArray<ComplianceSignal> Signals)
{
    /// <summary>It concerns domains that send mail only.</summary>
    public bool IsForSenders { get; init; }
}

/// <summary>What the strict profile asks for. Its specification is the README of this folder.</summary>
public static class StrictProfile
{
    /// <summary>A strict domain is looked up on blocklists at least this often.</summary>
    public static readonly TimeSpan ListsEvery = TimeSpan.FromMinutes(30);

    /// <summary>TLS 1.3 on every port.</summary>
    public const string Tls13 = "tls13";

    /// <summary>Blocklists are asked often.</summary>
    public const string Lists = "lists";

    /// <summary>SPF refuses what it does not name.</summary>
    public const string Spf = "spf";

    /// <summary>A password alone is not enough to send.</summary>
    public const string StrongLogIn = "strong-login";

    /// <summary>Factors beside the password.</summary>
    public const string OtherFactors = "other-factors";

    /// <summary>Every condition, in the order pages show them.</summary>
    public static ImmutableArray<StrictCondition> Conditions { get; } =
    [
        new(Tls13, ["RFC 8446", "RFC 9325 §3.1.1", "RFC 8996"], []),
        new(
            "encrypted-login",
            ["RFC 8314 §3"],
            [
                new("submission") { Breaks = ["SUB001", "SUB002"] },
                new("imap") { Breaks = ["IMP001", "IMP002"] },
                new("pop3") { Breaks = ["POP001", "POP002"] },
                new("submission") { Breaks = ["SUB003"], BreaksFrom = Severity.Notice },
                new("imap") { Breaks = ["IMP003"], BreaksFrom = Severity.Notice },
                new("pop3") { Breaks = ["POP003"], BreaksFrom = Severity.Notice },
            ]),
        new(StrongLogIn, ["RFC 7628"], [new("submission") { Risks = ["SUB020", "SUB021"] }]),
        new(OtherFactors, [], []),
        new(Lists, [], []),
        new(Spf, ["RFC 7208 §5.1"], [new("spf") { Subtest = "spf-all", NotMetLevels = ["neutral", "none", "open"], Explains = ["SPF001", "SPF002", "SPF003", "SPF012", "SPF014", "SPF015", "SPF020"] }]),
        new("dkim", ["RFC 6376 §3.6"], [new("dkim") { Subtest = "dkim-key", NotMetLevels = ["none"], Explains = ["DKIM001", "DKIM002", "DKIM003", "DKIM004", "DKIM012"] }]) { IsForSenders = true },
        new("dmarc", ["RFC 9989 §4.7"], [new("dmarc") { Subtest = "dmarc-policy", NotMetLevels = ["none", "none-with-rua"], Explains = ["DMARC001", "DMARC002", "DMARC003", "DMARC004", "DMARC005", "DMARC006", "DMARC007", "DMARC008", "DMARC010", "DMARC013", "DMARC014", "DMARC024"] }]),
    ];
}
