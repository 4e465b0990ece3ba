using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Spf;

namespace MailDashboard.Mail.Publishing;

/// <summary>A merged SPF record.</summary>
/// <param name="Text">Null where it cannot be made.</param>
/// <param name="Notes">What was decided on the way.</param>
/// <param name="Obstacle">Why it cannot be made.</param>
internal sealed record MergedSpf(string? Text, ImmutableArray<Reason> Notes, Reason? Obstacle);

/// <summary>
/// Makes one SPF record out of those that are there and the terms that are wanted (RFC 7208 §3.2: there may be only one). What is there
/// stays in its order; only what lets everybody pass, is broken or must not be used goes, and each is named.
/// </summary>
internal sealed class SpfMerge
{
    private const int Shown = 200;

    private readonly List<SpfPart> _directives = [];
    private readonly List<SpfPart> _modifiers = [];
    private readonly List<SpfPart> _endings = [];
    private readonly List<Reason> _notes = [];
    private readonly int _records;
    private string? _redirect;

    private SpfMerge(int records) => _records = records;

    /// <summary>Merges.</summary>
    /// <param name="texts">The records that are there, and texts that were meant as one.</param>
    /// <param name="wanted">Terms that have to be in it, with the qualifier + or none.</param>
    /// <param name="ending">The end asked for; null keeps what is there.</param>
    public static MergedSpf Merge(ImmutableArray<string> texts, ImmutableArray<string> wanted, SpfEnding? ending)
    {
        var merge = new SpfMerge(texts.Length);
        foreach (var text in texts)
        {
            if (merge.Read(text) is not { } record)
            {
                return new MergedSpf(null, [], Reason.Of(Because.SpfUnreadable, Cut(text)));
            }

            merge.Take(record);
        }

        foreach (var term in wanted)
        {
            merge.Add(SpfPart.Of(term));
        }

        return new MergedSpf(merge.Compose(ending), [.. merge._notes.Distinct()], null);
    }

    private SpfRecord? Read(string text)
    {
        var record = SpfRecord.IsSpf(text) ? SpfParser.Parse(text) : null;
        if (record is { HasErrors: false })
        {
            return record;
        }

        if (SpfRepair.Mend(text) is not { } mended)
        {
            return null;
        }

        Note(Because.SpfMended, Cut(text));
        return SpfParser.Parse(mended);
    }

    private void Take(SpfRecord record)
    {
        for (var i = 0; i < record.Terms.Length; i++)
        {
            var part = SpfPart.Of(record, i);
            switch (part.Kind)
            {
                case SpfTermKind.All:
                    if (i == record.FirstAll)
                    {
                        _endings.Add(part);
                    }

                    break;
                case SpfTermKind.Redirect when record.FirstAll >= 0:
                    Note(Because.SpfRedirectIdle, part.Text);
                    break;
                case SpfTermKind.Redirect when _records > 1:
                    Note(Because.SpfRedirectJoined, part.Text);
                    Keep(SpfPart.Of($"include:{part.Value}"));
                    break;
                case SpfTermKind.Redirect:
                    _redirect = part.Text;
                    break;
                case SpfTermKind.Ptr:
                    Note(Because.SpfPtrDropped, part.Text);
                    break;
                case SpfTermKind.Explanation or SpfTermKind.UnknownModifier:
                    if (!_modifiers.Exists(m => m.Text == part.Text || (m.Kind == part.Kind && part.Kind == SpfTermKind.Explanation)))
                    {
                        _modifiers.Add(part);
                    }

                    break;
                default:
                    if (record.FirstAll >= 0 && i > record.FirstAll)
                    {
                        Note(Because.SpfBehindAll, part.Text);
                    }

                    Keep(part);
                    break;
            }
        }
    }

    /// <summary>A mechanism that was there. Of two about the same the first decides, as in an evaluation.</summary>
    private void Keep(SpfPart part)
    {
        if (part.IsEverybody)
        {
            Note(Because.SpfEverybody, part.Text);
        }
        else if (_directives.Exists(d => d.Key == part.Key))
        {
            Note(Because.SpfTwice, part.Text);
        }
        else
        {
            _directives.Add(part);
        }
    }

    private void Add(SpfPart part)
    {
        if (_directives.Exists(d => d.Covers(part)))
        {
            return;
        }

        if (_directives.Find(d => d.Key == part.Key) is { } other)
        {
            Note(Because.SpfQualifierChanged, other.Text, part.Text);
            _directives.Remove(other);
        }

        // Behind a mechanism that refuses, it might never be reached.
        var refusing = _directives.FindIndex(d => d.Qualifier is not SpfQualifier.Pass);
        _directives.Insert(refusing < 0 ? _directives.Count : refusing, part);
    }

    private string Compose(SpfEnding? ending)
    {
        var end = _redirect ?? End(ending);
        return string.Join(' ', ["v=spf1", .. _directives.Select(d => d.Text), end, .. _modifiers.Select(m => m.Text)]);
    }

    private string End(SpfEnding? ending)
    {
        var open = _endings.Find(e => e.Qualifier is SpfQualifier.Pass or SpfQualifier.Neutral);
        if (open is not null)
        {
            Note(Because.SpfOpenEnd, open.Text);
        }
        else if (_endings.Count == 0 && _records > 0 && ending is null)
        {
            Note(Because.SpfNoEnd);
        }

        // Where records disagree the milder one holds: nobody is refused who was not before.
        var isStrict = ending is { } wish ? wish == SpfEnding.Fail : _endings.Count > 0 && _endings.TrueForAll(e => e.Qualifier == SpfQualifier.Fail);
        return isStrict ? "-all" : "~all";
    }

    private void Note(string key, params string[] arguments) => _notes.Add(Reason.Of(key, arguments));

    private static string Cut(string text) => text.Length <= Shown ? text : string.Concat(text.AsSpan(0, Shown), "…");
}
