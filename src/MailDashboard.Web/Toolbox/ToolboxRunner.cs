using System.Globalization;
using System.Net.Sockets;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Dmarc;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Checks.Spf;
using MailDashboard.Mail.Headers;
using MailDashboard.Mail.Replies;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Web.Domains;

namespace MailDashboard.Web.Toolbox;

/// <summary>Runs tools and tells the page of each piece as it comes. Stores nothing.</summary>
/// <param name="access">What to run on.</param>
public sealed class ToolboxRunner(IToolboxAccess access, TimeProvider time)
{
    private const int MostOrganizations = 8;

    /// <summary>Fills the results in, all at the same time.</summary>
    /// <param name="update">Runs a change on the page's thread and shows it.</param>
    public Task RunAsync(IEnumerable<ToolboxResult> results, Func<Action, Task> update, CancellationToken cancellationToken) =>
        Task.WhenAll(results.Select(r => RunAsync(r, update, cancellationToken)));

    private async Task RunAsync(ToolboxResult result, Func<Action, Task> update, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        await update(() => result.IsRunning = true);
        try
        {
            await (result switch
            {
                AuditResult audit => AuditAsync(audit, update, cancellationToken),
                ListingsResult listings => ListingsAsync(listings, update, cancellationToken),
                SpfResult { Question: { } question } spf => SpfAsync(spf, question, update, cancellationToken),
                DnsResult dns => DnsAsync(dns, update, cancellationToken),
                TlsResult tls => TlsAsync(tls, update, cancellationToken),
                DraftResult draft => DraftAsync(draft, update, cancellationToken),
                HeaderResult header => HeaderAsync(header, update, cancellationToken),
                ReplyResult reply => update(() => reply.Explanation = ReplyDecoder.Explain(reply.Request.Text, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName)),
                _ => Task.CompletedTask,
            });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            result.IsStopped = true;
        }
        catch (Exception e) when (e is SocketException || DatabaseFailure.Is(e))
        {
            // A DNS server that is given by a name without an address; settings that cannot be read.
            result.Failure = e.Message;
        }

        result.Elapsed = time.GetElapsedTime(started);
        await update(() => result.IsRunning = false);
    }

    private async Task AuditAsync(AuditResult result, Func<Action, Task> update, CancellationToken cancellationToken)
    {
        var audit = await access.GetAuditAsync(cancellationToken);
        var stored = await access.FindTargetAsync(result.Domain, cancellationToken);
        await update(() => result.IsRegistered = stored is not null);
        var isWhole = result.Families.Length == audit.Families.Length;
        var options = new AuditOptions { Families = isWhole ? null : [.. result.Families] };
        var progress = new InlineProgress(p => _ = update(() => result.Tell(p)));
        var report = await audit.RunAsync(stored ?? new AuditTarget(result.Domain), options, await access.GetBlocklistsAsync(cancellationToken), progress, cancellationToken);
        await update(() => result.Score = report.Score);
    }

    private async Task ListingsAsync(ListingsResult result, Func<Action, Task> update, CancellationToken cancellationToken)
    {
        var settings = await access.GetBlocklistsAsync(cancellationToken);
        if (BlocklistLoad.For(settings) is not { Catalogue: { } catalogue } load)
        {
            result.Failure = string.Join(' ', BlocklistLoad.For(settings).Problems.Take(3));
            return;
        }

        var health = (await access.GetAuditAsync(cancellationToken)).BlocklistHealth;
        var probe = new BlocklistProbe(await access.GetDnsAsync(cancellationToken), load.Catalogue, settings, health);
        var lists = catalogue.Lists.Where(l => l.Kinds.Contains(result.Subject.Kind) && probe.IsOn(l)).ToList();
        await update(() => result.Total = lists.Count);
        await Parallel.ForEachAsync(lists, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = cancellationToken }, async (list, token) =>
        {
            var look = await probe.LookAsync(result.Subject, list, delivers: false, token);
            await update(() => result.Looks.Add(look));
        });
    }

    private async Task TlsAsync(TlsResult result, Func<Action, Task> update, CancellationToken cancellationToken)
    {
        var addresses = await HostAddresses.FindAsync(await access.GetDnsAsync(cancellationToken), result.Host, cancellationToken);
        IEnumerable<int> ports = result.Port is { } port ? [port] : TlsSurvey.MailPorts;
        var targets = ports.SelectMany(p => addresses.Found.Select(a => TlsSurvey.Target(result.Host, a, p))).ToList();
        await update(() => (result.Addresses, result.Total) = (addresses, targets.Count));
        await foreach (var seen in TlsSurvey.RunAsync(await access.GetTlsAsync(cancellationToken), targets, cancellationToken))
        {
            await update(() => result.Seen.Add(seen));
        }
    }

    private async Task SpfAsync(SpfResult result, SpfRequest question, Func<Action, Task> update, CancellationToken cancellationToken)
    {
        var evaluation = await SpfLookup.RunAsync(await access.GetDnsAsync(cancellationToken), question, time, cancellationToken);
        await update(() => result.Evaluation = evaluation);
    }

    private async Task DnsAsync(DnsResult result, Func<Action, Task> update, CancellationToken cancellationToken)
    {
        var dns = await access.GetDnsAsync(cancellationToken);
        await Task.WhenAll(result.Questions.Select(async question =>
        {
            var answer = await dns.QueryAsync(question.Name, question.Type, DnsOptions.Fresh, cancellationToken);
            await update(() => result.Answers[question] = answer);
        }));
    }

    private async Task DraftAsync(DraftResult result, Func<Action, Task> update, CancellationToken cancellationToken)
    {
        var report = await DraftAudit.RunAsync(result.Draft, await access.GetDnsAsync(cancellationToken), time, cancellationToken);
        await update(() => result.Report = report);
    }

    private async Task HeaderAsync(HeaderResult result, Func<Action, Task> update, CancellationToken cancellationToken)
    {
        var analysis = HeaderAnalyzer.Analyze(result.Request.Text);
        await update(() => (result.Analysis, result.Alignment) = (analysis, analysis.Alignment));
        if (analysis.FromDomain is not { } from || analysis.Alignment.All(a => a.Kind is AlignmentKind.Strict or AlignmentKind.None))
        {
            return;
        }

        // Only DNS knows where the organisations end.
        var dns = await access.GetDnsAsync(cancellationToken);
        string[] domains = [.. analysis.Alignment.Select(a => a.Domain).Prepend(from).Where(DnsNames.CanBeAsked).Distinct().Take(MostOrganizations)];
        var found = await Task.WhenAll(domains.Select(async d => (Domain: d, Organization: await DmarcOrganization.FindAsync(dns, d, cancellationToken))));
        var organizations = found.Where(f => f.Organization is not null).ToDictionary(f => f.Domain, f => f.Organization!);
        await update(() => result.Alignment = Alignments.Resolve(analysis, organizations));
    }
}
