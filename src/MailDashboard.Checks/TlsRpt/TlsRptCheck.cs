using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.TlsRpt;

/// <summary>Whether the domain asks to be told of failing encryption (RFC 8460).</summary>
public sealed class TlsRptCheck : CheckFamily<TlsRptObservation>
{
    /// <inheritdoc/>
    public override FamilyDescriptor Descriptor { get; } = new(
        "tls-rpt",
        "TLSRPT",
        FamilyKind.Dns,
        TlsRptFindings.All,
        new("MailDashboard.Checks.TlsRpt.TlsRptTexts", typeof(TlsRptCheck).Assembly));

    /// <inheritdoc/>
    public override async Task<TlsRptObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var asked = context.Dns.QueryAsync(TlsRptProposal.Name(context.Domain), DnsRecordType.TXT, cancellationToken);
        var roles = await context.RolesAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var isMissing = await context.IsSaidMissingAsync(cancellationToken).ConfigureAwait(false);
        var answer = await asked.ConfigureAwait(false);
        var isWanted = roles.Receives && !isMissing;
        var isAbsent = answer.IsDefinite && !answer.Texts.Any(t => TlsRptRecord.Parse(t) is not null || TlsRptProposal.IsNearMiss(t));
        return new TlsRptObservation(context.Domain, roles, isWanted ? answer : null)
        {
            IsSaidMissing = isMissing,
            Misplaced = isWanted && isAbsent ? await LookElsewhereAsync(context, cancellationToken).ConfigureAwait(false) : [],
        };
    }

    /// <inheritdoc/>
    public override CheckOutcome Analyze(TlsRptObservation observation) => TlsRptAnalyzer.Analyze(observation);

    /// <summary>The usual slips: the record at the domain, half of the name, and the domain added twice by a console.</summary>
    private static async Task<ImmutableArray<DnsAnswer>> LookElsewhereAsync(AuditContext context, CancellationToken cancellationToken)
    {
        string[] names = [context.Domain, $"_tls.{context.Domain}", $"{TlsRptProposal.Name(context.Domain)}.{context.Domain}"];
        var answers = await Task.WhenAll(names.Select(n => context.Dns.QueryAsync(n, DnsRecordType.TXT, cancellationToken))).ConfigureAwait(false);
        return [.. answers.Where(a => a.Texts.Any(t => TlsRptRecord.Parse(t) is not null))];
    }
}
