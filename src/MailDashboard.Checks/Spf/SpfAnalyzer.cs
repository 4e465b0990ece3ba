using System.Globalization;

namespace MailDashboard.Checks.Spf;

/// <summary>Judges what was seen. Findings that only follow from another one are left out.</summary>
public static class SpfAnalyzer
{
    private const string ValidGrade = "spf-valid";
    private const string AllGrade = "spf-all";

    // What is kept with its history is bounded: a tree may be 64 records of 60 kB, different at every look.
    private const int MostRecords = 32;
    private const int MostTexts = 10;
    private const int MostCharacters = 8192;

    /// <summary>Judges.</summary>
    public static CheckOutcome Analyze(SpfObservation observation)
    {
        var outcome = new OutcomeBuilder();
        if (observation.IsSaidMissing)
        {
            return outcome.GradeNotApplicable(ValidGrade).GradeNotApplicable(AllGrade).NotApplicable(Reason.Of("DomainMissing"));
        }

        AddRecords(observation, outcome);
        var root = observation.Tree.Root;
        switch (root.State)
        {
            case SpfRecordState.Undetermined:
                outcome.CouldNotTell(Subject.Domain(observation.Domain), root.Failure!);
                return outcome.GradeUndetermined(ValidGrade).GradeUndetermined(AllGrade).Build();
            case SpfRecordState.Valid:
                Judge(observation, outcome);
                return outcome.Build();
            default:
                ReportUnusable(observation, outcome);
                return outcome.Grade(ValidGrade, "none").Grade(AllGrade, "none").Build();
        }
    }

    private static void AddRecords(SpfObservation observation, OutcomeBuilder outcome)
    {
        var tree = observation.Tree;
        var subject = Subject.Domain(observation.Domain);
        var records = tree.Walk().Select(t => t.Node.Included).OfType<SpfTreeRecord>().Prepend(tree.Root);
        foreach (var record in records.Where(r => r.Texts.Length > 0).DistinctBy(r => r.Domain).Take(MostRecords))
        {
            outcome.Record(record.Domain, "TXT", record.Texts.Take(MostTexts).Select(Kept));
        }

        if (tree.Root.State is SpfRecordState.Valid or SpfRecordState.Broken)
        {
            outcome.Fact(subject, "lookups", tree.Lookups.ToString(CultureInfo.InvariantCulture));
            outcome.Fact(subject, "voids", tree.Voids.ToString(CultureInfo.InvariantCulture));
            outcome.Fact(subject, "tree", SpfTreeText.Render(tree));
        }
    }

    private static void ReportUnusable(SpfObservation observation, OutcomeBuilder outcome)
    {
        var root = observation.Tree.Root;
        var subject = Subject.Domain(observation.Domain);
        if (root.State == SpfRecordState.Several)
        {
            var evidence = root.Texts.Take(SpfTreeFindings.MostEvidence).Select(t => new Evidence("record", t, observation.Texts.Server));
            outcome.Report(new Finding(SpfFindings.Several, subject, [.. evidence], SpfProposal.Merged(root.Domain, root.Texts)));
        }
        else if (root.State == SpfRecordState.Broken)
        {
            var bad = root.Terms.Where(t => t.Note == SpfNote.Syntax).ToList();
            var definition = bad.Any(t => t.Error == SpfSyntaxError.NonAscii) ? SpfFindings.NonAscii : SpfFindings.Syntax;
            var evidence = bad.Take(SpfTreeFindings.MostEvidence).Select(t => new Evidence($"error{t.Error}", t.Text)).Append(new Evidence("record", root.Texts[0], observation.Texts.Server));
            outcome.Report(new Finding(definition, subject, [.. evidence, new Evidence("terms", SpfTreeFindings.List(bad.Select(t => t.Text)))], SpfProposal.Mended(root.Domain, root.Texts[0])));
        }
        else if (SpfNearMiss.Find(observation.Texts) is { Length: > 0 } near)
        {
            var evidence = near.Take(SpfTreeFindings.MostEvidence).Select(t => new Evidence("record", t, observation.Texts.Server));
            outcome.Report(new Finding(SpfFindings.NearMiss, subject, [.. evidence], near.Length == 1 ? SpfProposal.Mended(observation.Domain, near[0]) : null));
        }
        else if (observation.Roles.Sends)
        {
            outcome.Report(new Finding(SpfFindings.Missing, subject, [Seen(observation)], SpfProposal.First(observation)));
        }
        else
        {
            outcome.Report(new Finding(SpfFindings.MissingWhereNothingIsSent, subject, [Seen(observation)], SpfProposal.Closed(observation.Domain)));
        }
    }

    private static void Judge(SpfObservation observation, OutcomeBuilder outcome)
    {
        var isBroken = SpfTreeFindings.Report(observation.Tree, outcome);
        var isOpen = SpfEndFindings.Report(observation, outcome);
        SpfTermFindings.Report(observation, outcome, isOpen);
        if (SpfNearMiss.Find(observation.Texts) is { Length: > 0 } near)
        {
            outcome.Report(new Finding(
                SpfFindings.NearMiss,
                Subject.Domain(observation.Domain),
                [.. near.Take(SpfTreeFindings.MostEvidence).Select(t => new Evidence("record", t, observation.Texts.Server))],
                SeverityOverride: Severity.Notice));
        }

        GradeValid(observation.Tree, isBroken, outcome);
        GradeEnd(observation, isOpen, outcome);
    }

    private static void GradeValid(SpfTree tree, bool isBroken, OutcomeBuilder outcome)
    {
        var isUndetermined = tree.Walk().Any(t => t.Node.Included?.State == SpfRecordState.Undetermined);
        if (isUndetermined && !isBroken)
        {
            outcome.GradeUndetermined(ValidGrade);
        }
        else
        {
            outcome.Grade(ValidGrade, isBroken ? "none" : tree.Lookups >= SpfTreeFindings.NearLimit ? "partial" : "full");
        }
    }

    private static void GradeEnd(SpfObservation observation, bool isOpen, OutcomeBuilder outcome)
    {
        var end = SpfPolicy.EndOf(observation.Tree.Root);
        if (isOpen)
        {
            outcome.Grade(AllGrade, "open");
        }
        else if (!observation.Roles.Sends)
        {
            outcome.Grade(AllGrade, SpfPolicy.IsClosed(observation.Tree.Root) ? "full" : "none");
        }
        else if (end == SpfEnd.Unknown)
        {
            outcome.GradeUndetermined(AllGrade);
        }
        else
        {
            outcome.Grade(AllGrade, end switch
            {
                SpfEnd.Fail => "full",
                SpfEnd.SoftFail => "full-softfail",
                SpfEnd.Neutral => "neutral",
                _ => "none",
            });
        }
    }

    private static string Kept(string text) => text.Length <= MostCharacters ? text : string.Concat(text.AsSpan(0, MostCharacters), "…");

    private static Evidence Seen(SpfObservation observation) => new("answer", observation.Texts.Status.ToString(), observation.Texts.Server);
}
