using System.Collections.Concurrent;

namespace MailDashboard.Checks.Probing.Dns;

/// <summary>
/// Answers by question, for as long as their TTL says within limits. Bounded: when it is full, what has expired goes
/// first and then whatever would expire soonest.
/// </summary>
internal sealed class AnswerCache(int capacity, TimeProvider time)
{
    /// <summary>Nothing is kept longer, whatever its TTL: a day-old answer is no look at a domain.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>A TTL of zero still serves the questions of one audit.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>RFC 2308 §5 calls one to three hours sensible; people mend records and look again.</summary>
    public static readonly TimeSpan LongestNegative = TimeSpan.FromHours(1);

    /// <summary>Where there is no SOA to say so.</summary>
    public static readonly TimeSpan UnstatedNegative = TimeSpan.FromSeconds(60);

    /// <summary>Keeps a crowd of audits from asking a failing server over and over (RFC 9520), and lets it recover soon.</summary>
    public static readonly TimeSpan Failure = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Characters or bytes of data beyond which an answer is not kept: nobody fills the memory with texts of 60 kB, and
    /// within an audit an answer is shared anyway.
    /// </summary>
    public const int LargestAnswer = 4096;

    private readonly ConcurrentDictionary<(DnsQuestion, bool), Entry> _entries = new();
    private int _count;
    private int _cleaning;

    /// <summary>Kept by hand: the dictionary's own takes all of its locks, and this is read at every answer.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The answer with the TTL that is left, or null.</summary>
    public DnsAnswer? Find(DnsQuestion question, bool checkingDisabled)
    {
        var now = time.GetUtcNow();
        if (!_entries.TryGetValue((question, checkingDisabled), out var entry) || entry.Until <= now)
        {
            return null;
        }

        var age = (uint)Math.Max(0, (now - entry.Answer.At).TotalSeconds);
        return entry.Answer with
        {
            FromCache = true,
            Elapsed = TimeSpan.Zero,
            Ttl = entry.Answer.Ttl is { } ttl ? ttl - Math.Min(ttl, age) : null,
        };
    }

    public void Keep(DnsAnswer answer, bool checkingDisabled)
    {
        var now = time.GetUtcNow();
        var key = (answer.Question, checkingDisabled);
        if (Weight(answer) > LargestAnswer)
        {
            Remove(key);
            return;
        }

        var entry = new Entry(answer, now + Lifetime(answer));
        if (_entries.TryAdd(key, entry))
        {
            Interlocked.Increment(ref _count);
        }
        else
        {
            _entries[key] = entry;
        }

        if (Count > capacity)
        {
            Clean(now);
        }
    }

    /// <summary>How long an answer is kept.</summary>
    internal static TimeSpan Lifetime(DnsAnswer answer) => answer.Status switch
    {
        DnsStatus.Answered => Between(Shortest, Seconds(answer.Ttl ?? answer.Records.Select(r => r.Ttl).DefaultIfEmpty().Min()), Longest),
        DnsStatus.NoData or DnsStatus.NxDomain => Between(Shortest, Negative(answer), LongestNegative),
        DnsStatus.InvalidName => Longest,
        _ => Failure,
    };

    private static int Weight(DnsAnswer answer) => answer.Records.Sum(r => r switch
    {
        TxtRecord text => text.Text.Length,
        TlsaRecord tlsa => tlsa.Association.Length,
        CaaRecord caa => caa.Value.Length,
        RawRecord raw => raw.Data.Length,
        _ => 64,
    });

    private static TimeSpan Negative(DnsAnswer answer)
    {
        var negative = answer.NegativeTtl is { } seconds ? Seconds(seconds) : UnstatedNegative;
        return answer.Ttl is { } alias && Seconds(alias) < negative ? Seconds(alias) : negative;
    }

    private static TimeSpan Seconds(uint seconds) => TimeSpan.FromSeconds(seconds);

    private static TimeSpan Between(TimeSpan least, TimeSpan value, TimeSpan most) => value < least ? least : value > most ? most : value;

    private void Remove((DnsQuestion, bool) key)
    {
        if (_entries.TryRemove(key, out _))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    private void Clean(DateTimeOffset now)
    {
        if (Interlocked.Exchange(ref _cleaning, 1) == 1)
        {
            return;
        }

        try
        {
            // A quarter at a time, so that a full cache does not sort itself at every answer.
            var ends = _entries.Select(e => e.Value.Until.UtcTicks).ToArray();
            Array.Sort(ends);
            var excess = ends.Length - (capacity - (capacity / 4));
            var last = Math.Max(now.UtcTicks, excess > 0 ? ends[excess - 1] : 0);
            foreach (var (key, entry) in _entries.Where(e => e.Value.Until.UtcTicks <= last))
            {
                if (excess-- > 0 || entry.Until <= now)
                {
                    Remove(key);
                }
            }
        }
        finally
        {
            Volatile.Write(ref _cleaning, 0);
        }
    }

    private sealed record Entry(DnsAnswer Answer, DateTimeOffset Until);
}
