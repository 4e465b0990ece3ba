using System.Text;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Spf;

/// <summary>One evaluation: what was asked, and what has been counted so far over all included records.</summary>
internal sealed class SpfSession(IDnsResolver dns, TimeProvider time, SpfRequest request, CancellationToken cancellationToken)
{
    private readonly long _started = time.GetTimestamp();
    private StringBuilder? _builder;
    private List<string>? _clientNames;

    public SpfRequest Request => request;

    public TimeProvider Time => time;

    public SpfNetwork Client { get; } = SpfNetwork.Of(request.Ip);

    public int Lookups { get; private set; }

    public int Voids { get; private set; }

    public SpfFault Fault { get; private set; }

    public string? FaultTerm { get; private set; }

    /// <summary>The address type that the client's family needs.</summary>
    public DnsRecordType AddressType => Client.IsIPv6 ? DnsRecordType.AAAA : DnsRecordType.A;

    public bool CountLookup()
    {
        Lookups++;
        return Lookups <= SpfLimits.Lookups;
    }

    public bool CountVoid()
    {
        Voids++;
        return Voids <= SpfLimits.VoidLookups;
    }

    public SpfMatch Fail(SpfMatch match, SpfFault fault, ReadOnlySpan<char> term)
    {
        Note(fault, term);
        return match;
    }

    public SpfVerdict Error(SpfResult result, SpfFault fault, ReadOnlySpan<char> term)
    {
        Note(fault, term);
        return new SpfVerdict(result);
    }

    public Task<DnsAnswer> AskAsync(string name, DnsRecordType type)
    {
        // Each question has the resolver's own time limit; a hundred of them would still be too long.
        if (time.GetElapsedTime(_started) > SpfLimits.Elapsed)
        {
            return Task.FromResult(new DnsAnswer(new DnsQuestion(name, type), DnsStatus.Timeout));
        }

        return dns.QueryAsync(name, type, cancellationToken);
    }

    /// <summary>The name that a term is about: its domain-spec expanded, else the current domain.</summary>
    public ValueTask<string> TargetAsync(SpfRecord record, int index, string domain)
    {
        ref readonly var term = ref record.Terms.ItemRef(index);
        if (term.ValueLength == 0)
        {
            return new(domain);
        }

        var value = record.ValueOf(term);
        return term.HasMacro ? ExpandTargetAsync(value.ToString(), domain) : new(SpfNames.Fit(value.ToString()));
    }

    /// <summary>Expands a macro-string; null for bad syntax or a boundless result.</summary>
    public async ValueTask<string?> ExpandAsync(string text, string domain, bool inExplanation)
    {
        var validated = SpfMacro.UsesValidatedName(text)
            ? await SpfClientNames.BestAsync(this, domain).ConfigureAwait(false)
            : "unknown";
        _builder ??= new StringBuilder(256);
        _builder.Clear();
        return SpfMacro.TryExpand(text, new SpfMacroValues(this, domain, validated), inExplanation, _builder) ? _builder.ToString() : null;
    }

    /// <summary>The client's names by PTR, asked once; null where that failed.</summary>
    public async ValueTask<List<string>?> ClientNamesAsync()
    {
        if (_clientNames is null)
        {
            var answer = await AskAsync(DnsNames.Reverse(Client.Address), DnsRecordType.PTR).ConfigureAwait(false);
            if (!answer.IsDefinite)
            {
                return null;
            }

            _clientNames = [.. answer.Names.Take(SpfLimits.ClientNames).Select(DnsNames.Normalize)];
        }

        return _clientNames;
    }

    // An expansion that cannot be used as a name gives a name that cannot be asked: the term does not match.
    private async ValueTask<string> ExpandTargetAsync(string value, string domain) =>
        await ExpandAsync(value, domain, inExplanation: false).ConfigureAwait(false) is { } name ? SpfNames.Fit(name) : "..";

    private void Note(SpfFault fault, ReadOnlySpan<char> term)
    {
        if (Fault == SpfFault.None)
        {
            Fault = fault;
            FaultTerm = term.ToString();
        }
    }
}
