using System.Collections.Immutable;

namespace MailDashboard.Checks;

/// <summary>Collects what an analyzer has to say, and closes it into the right kind of <see cref="CheckOutcome"/>.</summary>
public sealed class OutcomeBuilder
{
    private readonly ImmutableArray<Finding>.Builder _findings = ImmutableArray.CreateBuilder<Finding>();
    private readonly ImmutableArray<Undetermined>.Builder _undetermined = ImmutableArray.CreateBuilder<Undetermined>();
    private readonly ImmutableArray<Subject>.Builder _determined = ImmutableArray.CreateBuilder<Subject>();
    private readonly ImmutableArray<ObservedRecord>.Builder _records = ImmutableArray.CreateBuilder<ObservedRecord>();
    private readonly ImmutableArray<Fact>.Builder _facts = ImmutableArray.CreateBuilder<Fact>();
    private readonly ImmutableArray<SubtestGrade>.Builder _grades = ImmutableArray.CreateBuilder<SubtestGrade>();
    private Reason? _inconclusive;

    /// <summary>Adds a finding with its evidence. The same code about the same subject is said once: the first wins.</summary>
    public OutcomeBuilder Report(FindingDefinition definition, Subject subject, params Evidence[] evidence) =>
        Report(new Finding(definition, subject, [.. evidence]));

    /// <summary>Adds a finding. The same code about the same subject is said once: the first wins.</summary>
    public OutcomeBuilder Report(Finding finding)
    {
        if (!_findings.Any(f => f.Code == finding.Code && f.Subject == finding.Subject))
        {
            _findings.Add(finding);
        }

        return this;
    }

    /// <summary>Says that a subject could not be judged.</summary>
    /// <param name="subject">Which one.</param>
    /// <param name="reason">Why.</param>
    /// <param name="verdictNeedsIt">True makes the whole outcome inconclusive, for this reason.</param>
    public OutcomeBuilder CouldNotTell(Subject subject, Reason reason, bool verdictNeedsIt = true)
    {
        if (!_undetermined.Any(u => u.Subject == subject))
        {
            _undetermined.Add(new Undetermined(subject, reason));
        }

        if (verdictNeedsIt)
        {
            _inconclusive ??= reason;
        }

        return this;
    }

    /// <summary>Makes the whole outcome inconclusive.</summary>
    public OutcomeBuilder Inconclusive(Reason reason)
    {
        _inconclusive ??= reason;
        return this;
    }

    /// <summary>Says that a subject was looked at to the end although the domain or its host was not.</summary>
    public OutcomeBuilder Determined(Subject subject)
    {
        if (!_determined.Contains(subject))
        {
            _determined.Add(subject);
        }

        return this;
    }

    /// <summary>Why one of these subjects could not be judged; null where all of them could.</summary>
    public Reason? WhyOpen(IEnumerable<Subject> subjects) => _undetermined.FirstOrDefault(u => subjects.Contains(u.Subject))?.Reason;

    /// <summary>Keeps a record as it was seen; values are sorted so that a change of order is not a change.</summary>
    public OutcomeBuilder Record(string name, string type, IEnumerable<string> values)
    {
        _records.Add(new ObservedRecord(name, type, [.. values.Order(StringComparer.Ordinal)]));
        return this;
    }

    /// <summary>Adds a fact for the pages.</summary>
    public OutcomeBuilder Fact(Subject subject, string key, string value)
    {
        _facts.Add(new Fact(subject, key, value));
        return this;
    }

    /// <summary>Grades a subtest of the score table.</summary>
    public OutcomeBuilder Grade(string subtest, string level) => AddGrade(new SubtestGrade(subtest, level));

    /// <summary>The subtest applies and could not be determined.</summary>
    public OutcomeBuilder GradeUndetermined(string subtest) => AddGrade(new SubtestGrade(subtest, null));

    /// <summary>The subtest does not apply to this domain.</summary>
    public OutcomeBuilder GradeNotApplicable(string subtest) => AddGrade(new SubtestGrade(subtest, null, IsApplicable: false));

    /// <summary>Completed, or inconclusive where something the verdict needs was not determined.</summary>
    public CheckOutcome Build()
    {
        var details = Details();
        return _inconclusive is null ? new CheckOutcome.Completed(details) : new CheckOutcome.Inconclusive(_inconclusive, details);
    }

    /// <summary>The family does not apply; records and grades collected so far are kept.</summary>
    public CheckOutcome NotApplicable(Reason reason) => new CheckOutcome.NotApplicable(reason, Details());

    private OutcomeBuilder AddGrade(SubtestGrade grade)
    {
        _grades.Add(grade);
        return this;
    }

    private OutcomeDetails Details() => new()
    {
        Findings = _findings.ToImmutable(),
        Undetermined = _undetermined.ToImmutable(),
        Determined = _determined.ToImmutable(),
        Records = _records.ToImmutable(),
        Facts = _facts.ToImmutable(),
        Grades = _grades.ToImmutable(),
    };
}
