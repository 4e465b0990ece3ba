using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Dnssec;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dane;

/// <summary>Finds the TLSA records of a mail host as senders do (RFC 7672 §2.2.2 and §2.2.3).</summary>
internal static class TlsaLookup
{
    public static async Task<DaneHost> FindAsync(AuditContext context, MxHost host, CancellationToken cancellationToken)
    {
        var isSecure = IsVouchedFor(host);
        string[] names = isSecure && host.Aliases is [.., var target] ? [target, host.Name] : [host.Name];
        if (!isSecure && !host.Aliases.IsEmpty)
        {
            // The alias may be signed although what it leads to is not.
            var alias = await context.Dns.QueryAsync(host.Name, DnsRecordType.CNAME, cancellationToken).ConfigureAwait(false);
            isSecure = alias is { Status: DnsStatus.Answered, IsAuthenticated: true };
        }

        DaneHost? found = null;
        foreach (var name in names.Where(n => DnsNames.CanBeAsked(DaneCheck.Owner(n))))
        {
            var tlsa = await CheckedQuestion.AskAsync(context, DaneCheck.Owner(name), DnsRecordType.TLSA, cancellationToken).ConfigureAwait(false);
            found = new DaneHost(host, name, isSecure, tlsa);
            if (!tlsa.Last.IsDefinite || found.IsInForce)
            {
                break;
            }
        }

        return found!.Tlsa.Last.Status == DnsStatus.ServFail && isSecure
            ? found with { Control = await AgainAsync(context, host, cancellationToken).ConfigureAwait(false) }
            : found;
    }

    private static bool IsVouchedFor(MxHost host) =>
        new[] { host.A, host.Aaaa }.Where(a => a.Status == DnsStatus.Answered).All(a => a.IsAuthenticated);

    private static Task<DnsAnswer> AgainAsync(AuditContext context, MxHost host, CancellationToken cancellationToken) =>
        context.Dns.QueryAsync(host.Name, host.A.Status == DnsStatus.Answered ? DnsRecordType.A : DnsRecordType.AAAA, DnsOptions.Fresh, cancellationToken);
}
