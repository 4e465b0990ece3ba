using System.Collections.Concurrent;

namespace MailDashboard.Checks.Probing.Dns;

/// <summary>
/// Remembers answers by their TTL for every audit of the process, and asks equal questions that are under way once. One
/// caller that gives up does not take the answer from the others: the question is given up when nobody waits any more.
/// </summary>
public sealed class CachingResolver(IDnsResolver inner, TimeProvider time, int capacity = CachingResolver.DefaultCapacity) : IDnsResolver
{
    /// <summary>
    /// Some 12 MB of ordinary answers; at the very worst, with every answer as large as is kept, ten times that. What domains share
    /// fits easily; what is asked for one of them alone would be expired at its next audit anyway.
    /// </summary>
    public const int DefaultCapacity = 20_000;

    private readonly AnswerCache _cache = new(capacity, time);
    private readonly ConcurrentDictionary<(DnsQuestion, bool), Flight> _flights = new();

    /// <summary>Answers kept now.</summary>
    public int Count => _cache.Count;

    /// <inheritdoc/>
    public async Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, DnsOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var question = new DnsQuestion(DnsNames.Normalize(name), type);
        var checkingDisabled = options.HasFlag(DnsOptions.CheckingDisabled);
        if (options.HasFlag(DnsOptions.Fresh))
        {
            // An equal question under way was asked before this look began: it must not answer it.
            var fresh = await inner.QueryAsync(question.Name, type, options, cancellationToken).ConfigureAwait(false);
            _cache.Keep(fresh, checkingDisabled);
            return fresh;
        }

        if (_cache.Find(question, checkingDisabled) is { } known)
        {
            return known;
        }

        while (true)
        {
            var mine = new Flight();
            var flight = _flights.GetOrAdd((question, checkingDisabled), mine);
            if (flight == mine)
            {
                // Started by the one who put it there, after it is there: a second one cannot start.
                _ = AskAsync(question, options, mine);
            }

            if (flight.TryJoin())
            {
                try
                {
                    var answer = await flight.Landed.WaitAsync(cancellationToken).ConfigureAwait(false);
                    return flight == mine ? answer : answer with { FromCache = true, Elapsed = TimeSpan.Zero };
                }
                finally
                {
                    flight.Leave();
                }
            }

            _flights.TryRemove(new KeyValuePair<(DnsQuestion, bool), Flight>((question, checkingDisabled), flight));
        }
    }

    private async Task AskAsync(DnsQuestion question, DnsOptions options, Flight flight)
    {
        var key = (question, options.HasFlag(DnsOptions.CheckingDisabled));
        try
        {
            var answer = await inner.QueryAsync(question.Name, question.Type, options, flight.Abandoned).ConfigureAwait(false);
            _cache.Keep(answer, key.Item2);
            _flights.TryRemove(new KeyValuePair<(DnsQuestion, bool), Flight>(key, flight));
            flight.Land(answer);
        }
        catch (Exception e)
        {
            _flights.TryRemove(new KeyValuePair<(DnsQuestion, bool), Flight>(key, flight));
            flight.Fail(e);
        }
    }
}
