using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Spf;

namespace MailDashboard.Checks.Auditing;

/// <summary>Proposes a domain's mail roles from its MX and SPF records.</summary>
public static class MailRoleProposal
{
    /// <summary>
    /// Receives: any MX other than the null MX (RFC 7505), or no MX but an address (RFC 5321 §5.1) and no SPF that
    /// forbids everything. Sends: no <c>v=spf1 -all</c>. What DNS could not tell is taken as yes.
    /// </summary>
    public static async Task<MailRoles> ProposeAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var mxTask = context.Dns.QueryAsync(context.Domain, DnsRecordType.MX, cancellationToken);
        var txtTask = context.Dns.QueryAsync(context.Domain, DnsRecordType.TXT, cancellationToken);
        var mx = await mxTask.ConfigureAwait(false);
        var txt = await txtTask.ConfigureAwait(false);
        return Propose(mx, txt);
    }

    /// <summary>The same from the two answers.</summary>
    public static MailRoles Propose(DnsAnswer mx, DnsAnswer txt)
    {

        // Beside another record it forbids nothing: receivers discard both, and what was meant is not known.
        var forbidsAll = SpfRecord.Select(txt, out _) <= 1 && txt.Texts.Any(t => t.Trim().Equals("v=spf1 -all", StringComparison.OrdinalIgnoreCase));
        var isNull = mx.Status == DnsStatus.Answered && mx.Exchanges.All(m => m.Exchange.Length == 0);
        var hasMx = mx.Status == DnsStatus.Answered && !isNull;
        var receives = hasMx || !mx.IsDefinite || (!isNull && !forbidsAll);
        return new MailRoles(Sends: !forbidsAll, Receives: receives);
    }
}
