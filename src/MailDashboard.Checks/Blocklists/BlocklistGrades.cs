namespace MailDashboard.Checks.Blocklists;

/// <summary>The family's part of the score, and how much must be known for a verdict.</summary>
internal static class BlocklistGrades
{
    /// <summary>Grades <c>address-lists</c> and <c>domain-lists</c> by the worst weight of a listing.</summary>
    public static void Give(OutcomeBuilder outcome, BlocklistObservation observation)
    {
        var watched = observation.Subjects.Where(s => s.IsWatched).Select(s => s.Subject.Name).ToHashSet(StringComparer.Ordinal);
        var looks = observation.Looks.Where(l => watched.Contains(l.Subject.Name) && l.Cause != UnknownCause.NotPublic).ToList();
        Give(outcome, "address-lists", [.. looks.Where(l => l.Subject.Kind != ListKind.Domain)]);
        Give(outcome, "domain-lists", [.. looks.Where(l => l.Subject.Kind == ListKind.Domain)]);
    }

    /// <summary>At least half of the weight of the lists that are on was determined. Nothing to ask is enough.</summary>
    public static bool IsEnough(IEnumerable<ListingLook> looks)
    {
        var all = 0;
        var known = 0;
        foreach (var look in looks.Where(l => l.Cause != UnknownCause.NotPublic))
        {
            var points = Points(look.List.Weight);
            all += points;
            known += look.IsDetermined ? points : 0;
        }

        return known * 2 >= all;
    }

    private static void Give(OutcomeBuilder outcome, string subtest, List<ListingLook> looks)
    {
        if (looks.Count == 0)
        {
            outcome.GradeNotApplicable(subtest);
        }
        else if (looks.Where(l => l.State == ListingState.Listed).Select(l => (ListWeight?)l.Weight).Max() is { } worst && worst > ListWeight.Info)
        {
            outcome.Grade(subtest, worst.ToString().ToLowerInvariant());
        }
        else if (IsEnough(looks))
        {
            outcome.Grade(subtest, "full");
        }
        else
        {
            outcome.GradeUndetermined(subtest);
        }
    }

    private static int Points(ListWeight weight) => weight switch
    {
        ListWeight.Critical => 20,
        ListWeight.High => 10,
        ListWeight.Medium => 5,
        ListWeight.Low => 2,
        _ => 1,
    };
}
