using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dkim;

/// <summary>Judges a domain's DKIM keys.</summary>
public static class DkimAnalyzer
{
    /// <summary>Verifiers refuse shorter RSA keys (RFC 8301 §3.2).</summary>
    public const int MinimumBits = 1024;

    /// <summary>Signers should not use shorter RSA keys (RFC 8301 §3.2).</summary>
    public const int RecommendedBits = 2048;

    private const string Subtest = "dkim-key";

    /// <summary>Judges what was seen.</summary>
    public static CheckOutcome Analyze(DkimObservation observation)
    {
        var outcome = new OutcomeBuilder();
        var domain = Subject.Domain(observation.Domain);
        if (observation.IsSaidMissing)
        {
            return outcome.GradeNotApplicable(Subtest).NotApplicable(Reason.Of("DomainMissing"));
        }

        if (!observation.Sends && observation.Selectors.IsEmpty)
        {
            return outcome.GradeNotApplicable(Subtest).NotApplicable(Reason.Of("DoesNotSend"));
        }

        var verdicts = observation.Selectors.Select(s => DkimSelectorVerdict.Of(s, observation.Wildcard)).ToImmutableArray();
        var sawAllGiven = verdicts.All(v => !v.Selector.IsGiven || v.Selector.Answer.IsDefinite);
        foreach (var verdict in verdicts.Where(v => v.Counts && v.Selector.Answer.IsDefinite && !IsWildcardAlias(v, observation.Wildcard)))
        {
            DkimKeyJudge.Judge(outcome, verdict, observation.Sends);
        }

        // A well-known name that could not be asked keeps what was last known of it, and nothing hangs on it.
        foreach (var (selector, isGiven, answer) in observation.Selectors.Where(s => !s.Answer.IsDefinite))
        {
            outcome.CouldNotTell(Subject.Selector(selector), answer.WhyNot(), verdictNeedsIt: isGiven);
        }

        SayFacts(outcome, domain, observation, verdicts);
        SayWildcard(outcome, domain, observation.Wildcard);
        var usable = verdicts.Where(v => v.Counts && v.IsUsable).ToImmutableArray();
        SayOnlyEd25519(outcome, domain, verdicts, usable, sawAllGiven);
        Conclude(outcome, observation, verdicts, usable, sawAllGiven);
        return outcome.Build();
    }

    private static void Conclude(
        OutcomeBuilder outcome,
        DkimObservation observation,
        ImmutableArray<DkimSelectorVerdict> verdicts,
        ImmutableArray<DkimSelectorVerdict> usable,
        bool sawAllGiven)
    {
        if (!observation.Sends)
        {
            outcome.GradeNotApplicable(Subtest);
            return;
        }

        if (!sawAllGiven)
        {
            outcome.GradeUndetermined(Subtest);
            return;
        }

        var hasGiven = verdicts.Any(v => v.Selector.IsGiven);
        var hasTooShort = verdicts.Any(v => v.Counts && v.Best is { State: DkimKeyState.Valid, IsEd25519: false, Key.Bits: < MinimumBits });
        if (!usable.IsEmpty || hasGiven || hasTooShort)
        {
            outcome.Grade(Subtest, Level(verdicts, usable, hasTooShort));
            return;
        }

        NothingFound(outcome, observation, verdicts);
    }

    private static string Level(ImmutableArray<DkimSelectorVerdict> verdicts, ImmutableArray<DkimSelectorVerdict> usable, bool hasTooShort)
    {
        if (usable.IsEmpty)
        {
            return "none";
        }

        var rsa = usable.Where(v => !v.Best!.IsEd25519).ToImmutableArray();
        var isFull = !rsa.IsEmpty
            && !hasTooShort
            && rsa.All(v => v.Best!.Key.Bits >= RecommendedBits)
            && verdicts.Where(v => v.Selector.IsGiven).All(v => v.IsUsable);
        return isFull ? "full" : "partial";
    }

    /// <summary>DNS cannot list selectors, so nothing found is not "no DKIM": it stays open until a selector is stated.</summary>
    private static void NothingFound(OutcomeBuilder outcome, DkimObservation observation, ImmutableArray<DkimSelectorVerdict> verdicts)
    {
        var domain = Subject.Domain(observation.Domain);
        outcome.GradeUndetermined(Subtest);
        if (observation.Node is { IsDefinite: false } node && verdicts.IsEmpty)
        {
            outcome.CouldNotTell(domain, node.WhyNot());
            return;
        }

        // Nothing exists below a name that does not exist (RFC 8020), so its NXDOMAIN answered for every one of them.
        var tried = observation.Node?.Status == DnsStatus.NxDomain
            ? DkimSelectors.WellKnown.Length
            : verdicts.Count(v => v.Selector.Answer.IsDefinite);
        if (tried == 0)
        {
            outcome.CouldNotTell(domain, verdicts[0].Selector.Answer.WhyNot());
            return;
        }

        var count = tried.ToString(CultureInfo.InvariantCulture);
        outcome.Report(DkimFindings.NotFoundAmongTried, domain, new Evidence("tried", count));

        // About the unknown selector, not about the domain: an earlier finding about a name that was looked at is settled.
        outcome.CouldNotTell(Subject.Selector("*"), Reason.Of("DkimNotFoundAmongTried", count));
    }

    private static void SayFacts(OutcomeBuilder outcome, Subject domain, DkimObservation observation, ImmutableArray<DkimSelectorVerdict> verdicts)
    {
        var found = verdicts.Where(v => v.Counts && v.Best is { State: not DkimKeyState.NotDkim }).Select(v => v.Selector.Selector);
        outcome.Fact(domain, "selectors", string.Join(", ", found));
        if (observation.Node is { } node)
        {
            outcome.Fact(domain, "node", node.Status.Code());
        }
    }

    /// <summary>A wildcard with an empty key is what a domain without mail should have; any other makes keys appear everywhere.</summary>
    private static void SayWildcard(OutcomeBuilder outcome, Subject domain, DnsAnswer? wildcard)
    {
        var keys = wildcard is { Status: DnsStatus.Answered } ? wildcard.Texts.Take(10).Select(DkimKeyRecord.Parse).ToList() : [];
        if (keys.FirstOrDefault(k => k.State is DkimKeyState.Valid or DkimKeyState.Invalid) is { } key)
        {
            outcome.Report(DkimFindings.Wildcard, domain, new Evidence("recordName", wildcard!.Question.Name), new Evidence("record", key.Text, wildcard.Server));
        }
    }

    private static void SayOnlyEd25519(
        OutcomeBuilder outcome,
        Subject domain,
        ImmutableArray<DkimSelectorVerdict> verdicts,
        ImmutableArray<DkimSelectorVerdict> usable,
        bool sawAllGiven)
    {
        if (usable.IsEmpty || !sawAllGiven || usable.Any(v => !v.Best!.IsEd25519))
        {
            return;
        }

        // Where no selector was stated, an RSA key may well be under a name that we did not guess.
        Severity? severity = verdicts.Any(v => v.Selector.IsGiven) ? null : Severity.Notice;
        var selectors = string.Join(", ", usable.Select(v => v.Selector.Selector));
        outcome.Report(new Finding(DkimFindings.OnlyEd25519, domain, [new Evidence("selectors", selectors)], null, severity));
    }

    /// <summary>A wildcard alias into nowhere answers for every guess; only a stated selector is worth naming then.</summary>
    private static bool IsWildcardAlias(DkimSelectorVerdict verdict, DnsAnswer? wildcard) =>
        !verdict.Selector.IsGiven && verdict.Best is null && wildcard is { Aliases.IsEmpty: false };
}
