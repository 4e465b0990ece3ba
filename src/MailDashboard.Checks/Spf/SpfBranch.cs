using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Spf;

/// <summary>A record while the tree grows.</summary>
internal sealed class SpfBranch(string domain, SpfBranch? parent)
{
    public string Domain => domain;

    public SpfBranch? Parent => parent;

    public int Level { get; } = parent is null ? 0 : parent.Level + 1;

    public SpfRecordState State { get; set; }

    public SpfRecord? Record { get; private set; }

    public ImmutableArray<string> Texts { get; private set; } = [];

    public SpfLeaf[] Leaves { get; private set; } = [];

    public Reason? Failure { get; private set; }

    public bool HasOnItsWay(string name) => name == domain || (parent?.HasOnItsWay(name) ?? false);

    public void Take(DnsAnswer answer)
    {
        Texts = [.. answer.Texts.Where(SpfRecord.IsSpf)];
        if (!answer.IsDefinite)
        {
            State = SpfRecordState.Undetermined;
            Failure = answer.WhyNot();
            return;
        }

        if (Texts.Length != 1)
        {
            State = Texts.Length > 1 ? SpfRecordState.Several
                : answer.Status is DnsStatus.NxDomain or DnsStatus.InvalidName ? SpfRecordState.NoSuchName
                : SpfRecordState.Missing;
            return;
        }

        Record = SpfParser.Parse(Texts[0]);
        State = Record.HasErrors ? SpfRecordState.Broken : SpfRecordState.Valid;
        Leaves = new SpfLeaf[Record.Terms.Length];
        for (var i = 0; i < Leaves.Length; i++)
        {
            Leaves[i] = new SpfLeaf { Note = NoteOf(Record, i) };
        }
    }

    private static SpfNote NoteOf(SpfRecord record, int index)
    {
        ref readonly var term = ref record.Terms.ItemRef(index);
        var afterAll = record.FirstAll >= 0 && ((term.IsDirective && index > record.FirstAll) || term.Kind == SpfTermKind.Redirect);
        return term.Kind == SpfTermKind.Invalid ? SpfNote.Syntax : afterAll ? SpfNote.Ignored : SpfNote.None;
    }
}

/// <summary>A term while the tree grows.</summary>
internal sealed class SpfLeaf
{
    public SpfNote Note { get; set; }

    public string? Target { get; set; }

    public SpfBranch? Included { get; set; }

    public Reason? Failure { get; private set; }

    public async Task AskAsync(IDnsResolver dns, SpfTermKind kind, CancellationToken cancellationToken)
    {
        var first = kind switch
        {
            SpfTermKind.Mx => DnsRecordType.MX,
            SpfTermKind.Explanation => DnsRecordType.TXT,
            _ => DnsRecordType.A,
        };
        var answer = await dns.QueryAsync(Target!, first, cancellationToken).ConfigureAwait(false);
        if (kind == SpfTermKind.A && answer.Status == DnsStatus.NoData)
        {
            // A name with IPv6 addresses alone is no empty name.
            answer = await dns.QueryAsync(Target!, DnsRecordType.AAAA, cancellationToken).ConfigureAwait(false);
        }

        Failure = answer.IsDefinite ? null : answer.WhyNot();
        Note = !answer.IsDefinite ? SpfNote.Undetermined
            : kind == SpfTermKind.Explanation ? (answer.Records.Length == 1 ? SpfNote.None : SpfNote.NoExplanation)
            : answer.Status is DnsStatus.NxDomain or DnsStatus.NoData ? SpfNote.Void
            : kind == SpfTermKind.Mx && answer.Records.Length > SpfLimits.Exchanges ? SpfNote.TooManyExchanges
            : SpfNote.None;
    }
}
