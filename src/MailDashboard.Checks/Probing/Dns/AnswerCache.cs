using System.Collections.Concurrent;

namespace MailDashboard.Checks.Probing.Dns;

/// <summary>
/// Answers by question, for as long as their TTL says within limits. Bounded, in two generations: when the young one has half of the
/// room it becomes the old one, and of the old one before it goes what nobody has asked for meanwhile. Nothing is ever sorted.
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

    private readonly Lock _turning = new();
    private volatile Generation _young = new();
    private volatile Generation _old = new();

    /// <summary>What is held, of which some has expired.</summary>
    public int Count => _young.Count + _old.Count;

    /// <summary>The answer with the TTL that is left, or null.</summary>
    public DnsAnswer? Find(DnsQuestion question, bool checkingDisabled)
    {
        var now = time.GetUtcNow();
        var key = (question, checkingDisabled);
        var isYoung = _young.Entries.TryGetValue(key, out var entry);
        if ((!isYoung && !_old.Entries.TryGetValue(key, out entry)) || entry!.Until <= now)
        {
            return null;
        }

        if (!isYoung)
        {
            // Asked for again: it stays. One that was put there meanwhile is newer.
            Put(key, entry, mayReplace: false);
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
            _young.Remove(key);
            _old.Remove(key);
            return;
        }

        Put(key, new Entry(answer, now + Lifetime(answer)), mayReplace: true);
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

    private void Put((DnsQuestion, bool) key, Entry entry, bool mayReplace)
    {
        var young = _young;
        if (young.Put(key, entry, mayReplace) < capacity / 2)
        {
            return;
        }

        lock (_turning)
        {
            if (_young == young)
            {
                (_old, _young) = (young, new Generation());
            }
        }
    }

    private sealed class Generation
    {
        private int _count;

        public ConcurrentDictionary<(DnsQuestion, bool), Entry> Entries { get; } = new();

        /// <summary>Kept by hand: the dictionary's own takes all of its locks, and this is read at every answer.</summary>
        public int Count => Volatile.Read(ref _count);

        /// <returns>How many there are now.</returns>
        public int Put((DnsQuestion, bool) key, Entry entry, bool mayReplace)
        {
            if (Entries.TryAdd(key, entry))
            {
                return Interlocked.Increment(ref _count);
            }

            if (mayReplace)
            {
                Entries[key] = entry;
            }

            return Count;
        }

        public void Remove((DnsQuestion, bool) key)
        {
            if (Entries.TryRemove(key, out _))
            {
                Interlocked.Decrement(ref _count);
            }
        }
    }

    private sealed record Entry(DnsAnswer Answer, DateTimeOffset Until);
}
