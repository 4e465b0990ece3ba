using System.Collections.Concurrent;
using System.Collections.Immutable;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Auditing;

/// <summary>
/// DNS as one audit sees it: a budget, a transcript, and each question asked once, so that every family of an audit
/// judges the same answer. List keys are masked here, before anything is kept or handed on.
/// </summary>
/// <param name="auditToken">What shared questions run under: a caller that gives up early takes nothing from the others.</param>
/// <param name="isFresh">No answer from before this audit will do.</param>
internal sealed class AuditResolver(IDnsResolver inner, int budget, CancellationToken auditToken, KeyMask? keys = null, bool isFresh = false) : IDnsResolver
{
    private readonly ConcurrentDictionary<(DnsQuestion, DnsOptions), Lazy<Task<DnsAnswer>>> _asked = new();
    private readonly ConcurrentQueue<DnsAnswer> _transcript = new();
    private readonly KeyMask _mask = keys ?? KeyMask.For(BlocklistSettings.Default);
    private int _left = budget;

    public ImmutableArray<DnsAnswer> Transcript => [.. _transcript];

    public Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, DnsOptions options, CancellationToken cancellationToken)
    {
        var question = new DnsQuestion(DnsNames.Normalize(name), type);
        if (options.HasFlag(DnsOptions.Fresh))
        {
            return AskAsync(question, options, cancellationToken);
        }

        var asked = _asked.GetOrAdd((question, options), _ => new Lazy<Task<DnsAnswer>>(() => AskAsync(question, options, auditToken)));

        // Most callers wait just as long as the audit does.
        return cancellationToken == auditToken ? asked.Value : asked.Value.WaitAsync(cancellationToken);
    }

    private async Task<DnsAnswer> AskAsync(DnsQuestion question, DnsOptions options, CancellationToken cancellationToken)
    {
        if (Interlocked.Decrement(ref _left) < 0)
        {
            return _mask.Mask(new DnsAnswer(question, DnsStatus.BudgetSpent));
        }

        var answer = _mask.Mask(await inner.QueryAsync(question.Name, question.Type, isFresh ? options | DnsOptions.Fresh : options, cancellationToken).ConfigureAwait(false));
        _transcript.Enqueue(answer);
        return answer;
    }
}
