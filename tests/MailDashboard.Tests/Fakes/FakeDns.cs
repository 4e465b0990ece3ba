using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Tests.Fakes;

/// <summary>
/// DNS out of memory. A name that was never mentioned does not exist (NXDOMAIN); a mentioned name without the type asked
/// is NoData; <c>*.name</c> answers for everything below that was not mentioned. CNAMEs are followed into the aliases.
/// </summary>
public sealed class FakeDns : IDnsResolver
{
    private const uint Ttl = 3600;

    private readonly Dictionary<string, List<DnsRecord>> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<DnsQuestion, (DnsStatus Status, string? Detail)> _failures = [];
    private readonly Dictionary<DnsQuestion, TaskCompletionSource> _held = [];
    private readonly HashSet<DnsQuestion> _bogus = [];
    private readonly HashSet<DnsQuestion> _authenticated = [];
    private readonly ConcurrentQueue<DnsQuestion> _asked = new();

    /// <summary>Every question, in order, equal ones included.</summary>
    public IReadOnlyList<DnsQuestion> Asked => [.. _asked];

    /// <summary>The AD bit of every answer.</summary>
    public bool IsAuthenticated { get; set; }

    /// <summary>When answers arrive.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Negative TTL of NXDOMAIN and NoData.</summary>
    public uint? NegativeTtl { get; set; } = 300;

    public FakeDns Txt(string name, params string[] texts) => Add(name, n => texts.Select(t => new TxtRecord(n, Ttl, t)));

    public FakeDns A(string name, params string[] addresses) => Add(name, n => addresses.Select(a => new AddressRecord(n, Ttl, IPAddress.Parse(a))));

    /// <summary>The same as <see cref="A"/>: the type follows from the address.</summary>
    public FakeDns Aaaa(string name, params string[] addresses) => A(name, addresses);

    /// <summary>"" or "." as the host is the null MX.</summary>
    public FakeDns Mx(string name, params (int Preference, string Host)[] exchanges) =>
        Add(name, n => exchanges.Select(m => new MxRecord(n, Ttl, checked((ushort)m.Preference), DnsNames.Normalize(m.Host))));

    public FakeDns Cname(string name, string target) => Named(name, DnsRecordType.CNAME, target);

    public FakeDns Ns(string name, params string[] targets) => Named(name, DnsRecordType.NS, targets);

    /// <summary>Reverse names of an address.</summary>
    public FakeDns Ptr(string address, params string[] names) => Named(DnsNames.Reverse(IPAddress.Parse(address)), DnsRecordType.PTR, names);

    public FakeDns Soa(string name, string primary = "ns1.example", string contact = "hostmaster.example", uint serial = 1, uint minimum = 300) =>
        Add(name, n => [new SoaRecord(n, Ttl, primary, contact, serial, minimum)]);

    public FakeDns Srv(string name, ushort port, string target, ushort priority = 0, ushort weight = 0) =>
        Add(name, n => [new SrvRecord(n, Ttl, priority, weight, port, DnsNames.Normalize(target))]);

    public FakeDns Tlsa(string name, byte usage, byte selector, byte matching, byte[] association) =>
        Add(name, n => [new TlsaRecord(n, Ttl, usage, selector, matching, association)]);

    public FakeDns Caa(string name, params (byte Flags, string Tag, string Value)[] records) =>
        Add(name, n => records.Select(r => new CaaRecord(n, Ttl, r.Flags, r.Tag, r.Value)));

    public FakeDns Raw(string name, DnsRecordType type, params byte[][] data) =>
        Add(name, n => data.Select(d => new RawRecord(n, Ttl, type, d)));

    /// <summary>Any record, with the TTL that it has.</summary>
    public FakeDns Record(DnsRecord record) => Add(record.Name, _ => [record]);

    /// <summary>The name exists and has nothing.</summary>
    public FakeDns Empty(string name) => Add(name, _ => []);

    /// <summary>This question ends so, whatever records there are.</summary>
    public FakeDns Fail(string name, DnsRecordType type, DnsStatus status, string? detail = null)
    {
        _failures[new DnsQuestion(DnsNames.Normalize(name), type)] = (status, detail);
        return this;
    }

    /// <summary>SERVFAIL, unless checking is disabled.</summary>
    public FakeDns Bogus(string name, DnsRecordType type)
    {
        _bogus.Add(new DnsQuestion(DnsNames.Normalize(name), type));
        return this;
    }

    /// <summary>The answer to this question has the AD bit.</summary>
    public FakeDns Authenticated(string name, DnsRecordType type)
    {
        _authenticated.Add(new DnsQuestion(DnsNames.Normalize(name), type));
        return this;
    }

    /// <summary>This question gets its answer only when the returned source is completed, or its caller gives up.</summary>
    public TaskCompletionSource Hold(string name, DnsRecordType type)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _held[new DnsQuestion(DnsNames.Normalize(name), type)] = held;
        return held;
    }

    /// <summary>Forgets records and failures of a name, so that a second look sees something else.</summary>
    public FakeDns Remove(string name)
    {
        var normal = DnsNames.Normalize(name);
        _names.Remove(normal);
        foreach (var question in _failures.Keys.Where(q => q.Name == normal).ToList())
        {
            _failures.Remove(question);
        }

        return this;
    }

    public async Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, DnsOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var question = new DnsQuestion(DnsNames.Normalize(name), type);
        _asked.Enqueue(question);
        if (_held.TryGetValue(question, out var held))
        {
            await held.Task.WaitAsync(cancellationToken);
        }

        var answer = _bogus.Contains(question) && !options.HasFlag(DnsOptions.CheckingDisabled)
            ? new DnsAnswer(question, DnsStatus.ServFail) { Detail = "SERVFAIL, DNSSEC Bogus" }
            : Answer(question);
        return answer with { At = Now, Server = "192.0.2.53#53" };
    }

    private DnsAnswer Answer(DnsQuestion question)
    {
        if (!DnsNames.CanBeAsked(question.Name))
        {
            return new DnsAnswer(question, DnsStatus.InvalidName);
        }

        var aliases = ImmutableArray.CreateBuilder<string>();
        var name = question.Name;
        while (true)
        {
            if (_failures.TryGetValue(question with { Name = name }, out var failure))
            {
                return new DnsAnswer(question, failure.Status)
                {
                    Detail = failure.Detail,
                    Aliases = aliases.ToImmutable(),
                    NegativeTtl = failure.Status is DnsStatus.NxDomain or DnsStatus.NoData ? NegativeTtl : null,
                };
            }

            var records = Find(name);
            if (records?.Where(r => TypeOf(r) == question.Type).ToImmutableArray() is { Length: > 0 } found)
            {
                return Said(question, DnsStatus.Answered, aliases) with { Records = found };
            }

            if (records?.OfType<NameRecord>().FirstOrDefault(r => r.Type == DnsRecordType.CNAME) is not { } alias)
            {
                return Said(question, records is null ? DnsStatus.NxDomain : DnsStatus.NoData, aliases) with { NegativeTtl = NegativeTtl, Zone = ZoneOf(name) };
            }

            if (aliases.Count == 16)
            {
                return new DnsAnswer(question, DnsStatus.ServFail) { Aliases = aliases.ToImmutable(), Detail = "CNAME loop" };
            }

            name = alias.Target;
            aliases.Add(name);
        }
    }

    private DnsAnswer Said(DnsQuestion question, DnsStatus status, ImmutableArray<string>.Builder aliases) =>
        new(question, status) { Aliases = aliases.ToImmutable(), IsAuthenticated = IsAuthenticated || _authenticated.Contains(question) };

    private string? ZoneOf(string name)
    {
        string? at = name;
        while (at is not null && !(_names.TryGetValue(at, out var records) && records.Exists(r => r is SoaRecord)))
        {
            at = DnsNames.Parent(at);
        }

        return at;
    }

    private List<DnsRecord>? Find(string name)
    {
        if (_names.TryGetValue(name, out var records))
        {
            return records;
        }

        for (var parent = DnsNames.Parent(name); parent is not null; parent = DnsNames.Parent(parent))
        {
            if (_names.TryGetValue("*." + parent, out records))
            {
                return records;
            }

            if (_names.ContainsKey(parent))
            {
                return null;
            }
        }

        return null;
    }

    private FakeDns Named(string name, DnsRecordType type, params string[] targets) =>
        Add(name, n => targets.Select(t => new NameRecord(n, Ttl, type, DnsNames.Normalize(t))));

    private FakeDns Add(string name, Func<string, IEnumerable<DnsRecord>> records)
    {
        var normal = DnsNames.Normalize(name);
        if (!_names.TryGetValue(normal, out var list))
        {
            _names[normal] = list = [];
        }

        list.AddRange(records(normal));
        return this;
    }

    private static DnsRecordType TypeOf(DnsRecord record) => record switch
    {
        AddressRecord { Address.AddressFamily: System.Net.Sockets.AddressFamily.InterNetwork } => DnsRecordType.A,
        AddressRecord => DnsRecordType.AAAA,
        MxRecord => DnsRecordType.MX,
        TxtRecord => DnsRecordType.TXT,
        NameRecord name => name.Type,
        SoaRecord => DnsRecordType.SOA,
        SrvRecord => DnsRecordType.SRV,
        TlsaRecord => DnsRecordType.TLSA,
        CaaRecord => DnsRecordType.CAA,
        RawRecord raw => raw.Type,
        _ => throw new NotSupportedException(record.GetType().Name),
    };
}
