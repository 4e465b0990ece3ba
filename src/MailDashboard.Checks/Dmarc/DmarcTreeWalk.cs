using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dmarc;

/// <summary>The DNS tree walk of RFC 9989 §4.10: at most eight questions, the domain first, then its parents.</summary>
internal static class DmarcTreeWalk
{
    private const int MaximumQuestions = 8;

    /// <summary>More DMARC records than this at one name are not read; two already count as none.</summary>
    private const int MaximumRecords = 10;

    public static async Task<DmarcDiscovery> DiscoverAsync(IDnsResolver dns, string domain, CancellationToken cancellationToken)
    {
        domain = DnsNames.Normalize(domain);

        // All at once: the names are known beforehand, and what lies above the end of the walk is not looked at.
        var steps = await Task.WhenAll(Targets(domain).Select(t => AskAsync(dns, t, cancellationToken))).ConfigureAwait(false);
        var discovery = Decide(domain, steps);
        return discovery.Source is not null && !discovery.IsOwn
            ? await WithExistenceAsync(dns, discovery, cancellationToken).ConfigureAwait(false)
            : discovery;
    }

    /// <summary>The names asked: the domain, then its parents; from eight labels on it jumps to the last seven.</summary>
    public static ImmutableArray<string> Targets(string domain)
    {
        var targets = ImmutableArray.CreateBuilder<string>();
        targets.Add(domain);
        var labels = domain.Split('.');
        for (var left = Math.Min(labels.Length - 1, MaximumQuestions - 1); left > 0; left--)
        {
            targets.Add(string.Join('.', labels[^left..]));
        }

        return targets.ToImmutable();
    }

    /// <summary>Which record holds, from the answers alone.</summary>
    public static DmarcDiscovery Decide(string domain, IReadOnlyList<DmarcStep> answers)
    {
        var steps = UpToTheEnd(answers);
        var seen = new DmarcDiscovery(domain, steps) { OrganizationalDomain = Organizational(domain, steps) };
        if (!seen.Own.IsDefinite)
        {
            return seen with { Failure = seen.Own.Answer };
        }

        // The domain's own record holds whatever its parents say.
        if (seen.Own.Record is not null)
        {
            return seen with { Source = seen.Own };
        }

        if (steps.FirstOrDefault(s => !s.IsDefinite) is { } failed)
        {
            return seen with { Failure = failed.Answer };
        }

        var suffix = steps.LastOrDefault(s => s.Record is { PublicSuffix: 'y' });
        return seen with { Source = steps.FirstOrDefault(s => s.Domain == seen.OrganizationalDomain && s.Record is not null) ?? suffix };
    }

    /// <summary>The walk ends at a record that says whether it is a public suffix's; above it nothing counts.</summary>
    private static ImmutableArray<DmarcStep> UpToTheEnd(IReadOnlyList<DmarcStep> answers)
    {
        var steps = ImmutableArray.CreateBuilder<DmarcStep>();
        foreach (var step in answers)
        {
            steps.Add(step);
            if (step.Record is { PublicSuffix: not 'u' })
            {
                break;
            }
        }

        return steps.ToImmutable();
    }

    /// <summary>RFC 9989 §4.10.2, from the longest name to the shortest.</summary>
    private static string Organizational(string domain, ImmutableArray<DmarcStep> steps)
    {
        foreach (var step in steps)
        {
            if (step.Record is { PublicSuffix: 'n' })
            {
                return step.Domain;
            }

            if (step.Record is { PublicSuffix: 'y' } && step.Domain != domain)
            {
                return OneLabelBelow(domain, step.Domain);
            }
        }

        return steps.LastOrDefault(s => s.Record is not null)?.Domain ?? domain;
    }

    private static string OneLabelBelow(string domain, string ancestor)
    {
        var dot = domain.LastIndexOf('.', domain.Length - ancestor.Length - 2);
        return domain[(dot + 1)..];
    }

    private static async Task<DmarcStep> AskAsync(IDnsResolver dns, string target, CancellationToken cancellationToken)
    {
        var answer = await dns.QueryAsync($"_dmarc.{target}", DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
        return new DmarcStep(target, answer, [.. answer.Texts.Select(DmarcRecord.Parse).OfType<DmarcRecord>().Take(MaximumRecords)]);
    }

    /// <summary>Asks whether the name exists, where <c>sp</c> and <c>np</c> differ on it. MX, because other checks ask it anyway.</summary>
    private static async Task<DmarcDiscovery> WithExistenceAsync(IDnsResolver dns, DmarcDiscovery discovery, CancellationToken cancellationToken)
    {
        var record = discovery.Source!.Record!;
        if (record.RequestedFor(isOwn: false, exists: true) == record.RequestedFor(isOwn: false, exists: false))
        {
            return discovery;
        }

        var mx = await dns.QueryAsync(discovery.Domain, DnsRecordType.MX, cancellationToken).ConfigureAwait(false);
        return mx.IsDefinite
            ? discovery with { Exists = mx.Status != DnsStatus.NxDomain }
            : discovery with { Source = null, Failure = mx };
    }
}
