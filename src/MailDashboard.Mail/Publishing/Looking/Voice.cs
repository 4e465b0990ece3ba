using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Publishing.Looking;

/// <summary>What somebody said to a question.</summary>
/// <param name="Records">Of the type asked, at the name itself.</param>
/// <param name="Failure">Why nothing was said; null where something was, be it that there is nothing.</param>
/// <param name="Ttl">Seconds that this may be kept, where it is known.</param>
internal sealed record Said(ImmutableArray<DnsRecord> Records, Reason? Failure, uint? Ttl);

/// <summary>Somebody who can be asked: a name server at an address, or the resolver.</summary>
internal abstract class Voice
{
    public abstract string Name { get; }

    public abstract Task<Said> AskAsync(string name, DnsRecordType type, CancellationToken cancellationToken);
}

/// <summary>A name server of the zone.</summary>
internal sealed class ServerVoice(IAuthorityProbe authority, string host, IPAddress address) : Voice
{
    public override string Name => $"{host} ({address})";

    public override async Task<Said> AskAsync(string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        var answer = await authority.AskAsync(address, new DnsQuestion(name, type), cancellationToken).ConfigureAwait(false);
        return answer is { End: AuthorityEnd.Answered, IsAuthoritative: true, Status: DnsStatus.Answered or DnsStatus.NoData or DnsStatus.NxDomain }
            ? new Said(answer.Records, null, answer.Records.IsEmpty ? null : answer.Records.Min(r => r.Ttl))
            : new Said([], Reason.Of("DnsTimeout", name, type.ToString(), Name), null);
    }
}

/// <summary>The resolver, past our own cache.</summary>
internal sealed class ResolverVoice(IDnsResolver dns) : Voice
{
    private string _server = "";

    public override string Name => _server;

    public override async Task<Said> AskAsync(string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        var answer = await dns.QueryAsync(name, type, DnsOptions.Fresh, cancellationToken).ConfigureAwait(false);
        _server = answer.Server;

        // What an alias leads to stands at another name.
        return answer.IsDefinite
            ? new Said(answer.Aliases.IsEmpty ? answer.Records : [], null, answer.Ttl ?? answer.NegativeTtl)
            : new Said([], answer.WhyNot(), null);
    }
}
