using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Dmarc;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;

namespace MailDashboard.Checks.Bimi;

/// <summary>Whether mailboxes may show the domain's logo: record, DMARC, logo, certificate. A bonus.</summary>
public sealed class BimiCheck : CheckFamily<BimiObservation>
{
    private const int LogoLimit = 64 * 1024;
    private const int MarkLimit = 256 * 1024;
    private const int Redirects = 3;

    /// <inheritdoc/>
    public override FamilyDescriptor Descriptor { get; } = new(
        "bimi",
        "BIMI",
        FamilyKind.Dns,
        BimiFindings.All,
        new("MailDashboard.Checks.Bimi.BimiTexts", typeof(BimiCheck).Assembly));

    /// <inheritdoc/>
    public override async Task<BimiObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var discovering = DmarcDiscovery.DiscoverAsync(context.Dns, context.Domain, cancellationToken);
        var answer = await context.Dns.QueryAsync($"default._bimi.{context.Domain}", DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
        var dmarc = await discovering.ConfigureAwait(false);
        if (answer.IsDefinite && !answer.Texts.Any(t => BimiRecord.Parse(t) is not null || BimiRecord.IsNearMiss(t)) && dmarc.OrganizationalDomain != context.Domain)
        {
            answer = await context.Dns.QueryAsync($"default._bimi.{dmarc.OrganizationalDomain}", DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
        }

        var roles = await context.RolesAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var seen = new BimiObservation(context.Domain, roles, answer, dmarc, context.Time.GetUtcNow())
        {
            DnsOnly = context.Options.DnsOnly,
            IsSaidMissing = await context.IsSaidMissingAsync(cancellationToken).ConfigureAwait(false),
        };
        return seen is { DnsOnly: false, Roles.Sends: true, IsSaidMissing: false, Records: [{ Fault: null } record] }
            ? await FetchAsync(context, seen, record, cancellationToken).ConfigureAwait(false)
            : seen;
    }

    /// <inheritdoc/>
    public override CheckOutcome Analyze(BimiObservation observation) => BimiAnalyzer.Analyze(observation);

    private static async Task<BimiObservation> FetchAsync(AuditContext context, BimiObservation seen, BimiRecord record, CancellationToken cancellationToken)
    {
        var fetchingLogo = FetchAsync(context, record.Logo, LogoLimit, cancellationToken);
        var mark = await FetchAsync(context, record.Certificate, MarkLimit, cancellationToken).ConfigureAwait(false);
        var logo = await fetchingLogo.ConfigureAwait(false);
        return seen with
        {
            LogoFetch = logo,
            Logo = IsThere(logo) ? BimiLogoReader.Read(logo!.Body) : null,
            MarkFetch = mark,
            Mark = IsThere(mark) ? BimiMarkReader.Read(mark!.Body, context.Hosts.MarkRoots, seen.At) : null,
        };
    }

    private static async Task<HttpObservation?> FetchAsync(AuditContext context, Uri? uri, int limit, CancellationToken cancellationToken) => uri is null
        ? null
        : await context.FetchAsync(new HttpRequest(uri) { BodyLimit = limit, RedirectLimit = Redirects }, cancellationToken).ConfigureAwait(false);

    private static bool IsThere(HttpObservation? fetch) => fetch is { End: HttpEnd.Answered, Status: 200 };
}
