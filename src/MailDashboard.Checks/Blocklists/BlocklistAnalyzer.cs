using System.Globalization;

namespace MailDashboard.Checks.Blocklists;

/// <summary>Judges what the lists said.</summary>
public static class BlocklistAnalyzer
{
    /// <summary>Pure: the same observation gives the same outcome.</summary>
    public static CheckOutcome Analyze(BlocklistObservation observation)
    {
        var outcome = new OutcomeBuilder();
        var domain = Subject.Domain(observation.Domain);
        if (!observation.DataProblems.IsEmpty)
        {
            return outcome
                .CouldNotTell(domain, Reason.Of("DataFileUnusable", observation.DataProblems[0], Number(observation.DataProblems.Length)))
                .GradeUndetermined("address-lists")
                .GradeUndetermined("domain-lists")
                .Build();
        }

        var subjects = observation.Subjects.ToDictionary(s => s.Subject.Name, StringComparer.Ordinal);
        foreach (var look in observation.Looks.OrderByDescending(l => l.Weight))
        {
            Judge(outcome, look, subjects[look.Subject.Name]);
        }

        JudgeLists(outcome, domain, observation);
        JudgeSubjects(outcome, domain, observation);
        BlocklistGrades.Give(outcome, observation);
        if (observation.Looks.IsEmpty)
        {
            return outcome.NotApplicable(Reason.Of("NoListOn"));
        }

        if (!BlocklistGrades.IsEnough(observation.Looks.Where(l => subjects[l.Subject.Name].IsWatched)))
        {
            outcome.Inconclusive(Reason.Of("TooFewLists"));
        }

        return outcome.Build();
    }

    private static void Judge(OutcomeBuilder outcome, ListingLook look, WatchedSubject subject)
    {
        if (look.Cause == UnknownCause.NotPublic)
        {
            outcome.CouldNotTell(Subject.Address(look.Subject.Address!), look.Reason!, verdictNeedsIt: false);
            return;
        }

        outcome.Fact(look.Listing, "state", ListingDetails.StateWord(look.State));
        if (look.State == ListingState.Unknown)
        {
            outcome.CouldNotTell(look.Listing, look.Reason!, verdictNeedsIt: false);
            return;
        }

        // Whatever becomes of the names around it, this pair was looked at to the end.
        outcome.Determined(look.Listing);
        if (look.State == ListingState.Listed)
        {
            outcome.Report(ListingDetails.Finding(look, subject));
        }
        else if (look.Codes.FirstOrDefault(c => c.Code.Effect == CodeEffect.Positive) is { } good)
        {
            outcome.Fact(look.Listing, "positive", $"{good.Answer} {good.Code.Name}");
        }
    }

    private static void JudgeLists(OutcomeBuilder outcome, Subject domain, BlocklistObservation observation)
    {
        var refusing = observation.Looks.Where(l => l.Cause == UnknownCause.Refused).GroupBy(l => l.List.Zone).Select(g => g.First()).ToList();
        if (refusing.Count > 0)
        {
            outcome.Report(
                BlocklistFindings.ResolverRefused,
                domain,
                new Evidence("count", Number(refusing.Count)),
                new Evidence("lists", string.Join(", ", refusing.Select(l => l.List.Name))),
                new Evidence("answer", string.Join(", ", refusing.Select(l => $"{l.List.Zone}: {l.Reason!.Arguments.ElementAtOrDefault(1)}"))));
        }

        foreach (var works in observation.Looks.Where(l => l.IsDetermined).Select(l => l.List.Zone).Distinct())
        {
            outcome.Determined(Subject.Host(works));
        }

        foreach (var failed in observation.Looks.Where(l => l.Cause == UnknownCause.SelfTest).GroupBy(l => l.List.Zone).Select(g => g.First()))
        {
            outcome.Report(
                BlocklistFindings.SelfTestFailed,
                Subject.Host(failed.List.Zone),
                new Evidence("listName", failed.List.Name),
                new Evidence("test", failed.Reason!.Arguments.ElementAtOrDefault(1) ?? ""));
        }
    }

    private static void JudgeSubjects(OutcomeBuilder outcome, Subject domain, BlocklistObservation observation)
    {
        foreach (var subject in observation.Subjects.Where(s => s.Origin != ListingOrigin.Domain))
        {
            var address = Subject.Address(subject.Subject.Address!);
            outcome.Fact(address, "origin", ListingDetails.OriginWord(subject.Origin));
            if (subject.Provider is not null)
            {
                outcome.Fact(address, "provider", subject.Provider);
            }
        }

        foreach (var gap in observation.Gaps)
        {
            outcome.CouldNotTell(gap.Subject, gap.Reason, gap.IsNeeded);
        }

        if (observation.LeftOut > 0)
        {
            outcome.Fact(domain, "leftOut", Number(observation.LeftOut));
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
