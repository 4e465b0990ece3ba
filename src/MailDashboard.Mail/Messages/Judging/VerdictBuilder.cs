using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Mail.Headers;

namespace MailDashboard.Mail.Messages.Judging;

/// <summary>
/// Collects marks and adds up the score. A code costs once, where it weighs most, however many subjects it is about: four links to
/// missing hosts are four marks and one fault.
/// </summary>
internal sealed class VerdictBuilder(bool isHeaderCut = false)
{
    private const int MaximumPerCode = 20;

    /// <summary>Marks that say that a field is not there.</summary>
    private static readonly MarkDefinition[] Absences =
    [
        FormMarks.NoDate, FormMarks.NoMessageId, FormMarks.NoFrom, FormMarks.NoSubject, FormMarks.NoMimeVersion, FormMarks.NoUnsubscribe, FormMarks.NoOneClick, AuthenticationMarks.NoSignature,
    ];

    private readonly List<MessageMark> _marks = [];
    private readonly ImmutableArray<Fact>.Builder _fine = ImmutableArray.CreateBuilder<Fact>();
    private readonly ImmutableArray<Undetermined>.Builder _undetermined = ImmutableArray.CreateBuilder<Undetermined>();

    /// <summary>Takes what the mark costs.</summary>
    public void Mark(MarkDefinition definition, Subject subject, params Evidence[] evidence) => Mark(definition, subject, definition.Points, definition.Finding.Severity, evidence);

    /// <summary>Says it and takes nothing: the fault is charged elsewhere, or is nobody's here.</summary>
    public void Free(MarkDefinition definition, Subject subject, params Evidence[] evidence) =>
        Mark(definition, subject, 0, (Severity)Math.Min((int)definition.Finding.Severity, definition.Points > 0 ? (int)Severity.Notice : (int)Severity.Critical), evidence);

    /// <summary>Takes what this case costs.</summary>
    public void Mark(MarkDefinition definition, Subject subject, decimal points, Severity severity, params Evidence[] evidence)
    {
        if (isHeaderCut && Absences.Contains(definition))
        {
            CouldNotTell(subject, Reason.Of("NotRead"));
            return;
        }

        var same = _marks.Where(m => m.Code == definition.Code).ToList();
        if (same.Count >= MaximumPerCode || same.Exists(m => m.Subject == subject))
        {
            return;
        }

        if (same.Find(m => m.Costs) is { } charged && charged.Points < points)
        {
            _marks[_marks.IndexOf(charged)] = charged with { Points = 0 };
        }
        else if (same.Exists(m => m.Costs))
        {
            points = 0;
        }

        _marks.Add(new MessageMark(definition.Code, severity, points, subject, [.. evidence]));
    }

    /// <summary>Says that something is as it should be.</summary>
    public void Fine(Subject subject, string key, string value) => _fine.Add(new Fact(subject, key, HeaderFields.Clean(value, 300)));

    /// <summary>Says that something could not be looked at.</summary>
    public void CouldNotTell(Subject subject, Reason reason)
    {
        if (!_undetermined.Any(u => u.Subject == subject && u.Reason == reason))
        {
            _undetermined.Add(new Undetermined(subject, reason));
        }
    }

    /// <summary>Some mark of these costs.</summary>
    public bool Has(params MarkDefinition[] definitions) => _marks.Exists(m => definitions.Any(d => d.Code == m.Code));

    public MessageVerdict Build() => new(
        Math.Max(0m, decimal.Round(MessageVerdict.Full - _marks.Sum(m => m.Points), 1)),
        [.. _marks.OrderByDescending(m => m.Points).ThenByDescending(m => m.Severity).ThenBy(m => m.Code, StringComparer.Ordinal)],
        _fine.ToImmutable(),
        _undetermined.ToImmutable());
}
