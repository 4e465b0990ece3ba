using System.Net;
using System.Net.Sockets;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Spf;

namespace MailDashboard.Checks.ReverseDns;

/// <summary>Whether every address that sends or receives for the domain has a name that leads back to it.</summary>
public sealed class ReverseDnsCheck : CheckFamily<ReverseDnsObservation>
{
    /// <inheritdoc/>
    public override FamilyDescriptor Descriptor { get; } = new(
        "reverse-dns",
        "PTR",
        FamilyKind.Dns,
        ReverseDnsFindings.All,
        new("MailDashboard.Checks.ReverseDns.ReverseDnsTexts", typeof(ReverseDnsCheck).Assembly));

    /// <inheritdoc/>
    public override async Task<ReverseDnsObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var txt = context.Dns.QueryAsync(context.Domain, DnsRecordType.TXT, cancellationToken);
        var targets = await MxTargets.LookUpAsync(context, cancellationToken).ConfigureAwait(false);
        var spf = await txt.ConfigureAwait(false);
        var roles = await context.RolesAsync().ConfigureAwait(false);

        var uses = Uses(context, roles, targets, spf);
        var wanted = uses.OrderByDescending(u => u.Value).Take(ReverseDnsObservation.AddressLimit);
        var addresses = await Task.WhenAll(wanted.Select(u => ReverseAsync(context, u.Key, u.Value, cancellationToken))).ConfigureAwait(false);
        return new ReverseDnsObservation(context.Domain, roles.IsParked, targets, spf, [.. addresses]) { Omitted = uses.Count - addresses.Length };
    }

    /// <inheritdoc/>
    public override CheckOutcome Analyze(ReverseDnsObservation observation) => ReverseDnsAnalyzer.Analyze(observation);

    private static Dictionary<IPAddress, AddressUse> Uses(AuditContext context, MailRoles roles, MxTargets targets, DnsAnswer spf)
    {
        var uses = new Dictionary<IPAddress, AddressUse>();
        void Add(IEnumerable<IPAddress> addresses, AddressUse use)
        {
            foreach (var address in addresses.Where(a => AddressScopes.Of(a) != AddressScope.Nowhere))
            {
                uses[address] = uses.GetValueOrDefault(address) | use;
            }
        }

        // Without MX the address is a web server's more often than not, and Mx says what is wrong.
        Add(roles.Receives && !targets.IsImplicit ? targets.Hosts.SelectMany(h => h.Addresses) : [], AddressUse.Receives);
        Add(context.Target.SendingAddresses, AddressUse.StatedToSend);
        Add(spf.Texts.SelectMany(t => SpfAddresses.Of(t)), AddressUse.NamedInSpf);
        return uses;
    }

    private static async Task<ReversedAddress> ReverseAsync(AuditContext context, IPAddress address, AddressUse use, CancellationToken cancellationToken)
    {
        var ptr = await context.Dns.QueryAsync(DnsNames.Reverse(address), DnsRecordType.PTR, cancellationToken).ConfigureAwait(false);
        var type = address.AddressFamily == AddressFamily.InterNetwork ? DnsRecordType.A : DnsRecordType.AAAA;
        var names = await Task.WhenAll(ptr.Names.Distinct().Order(StringComparer.Ordinal).Take(ReversedAddress.NameLimit)
            .Select(async n => new ReverseName(n, await context.Dns.QueryAsync(n, type, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        return new ReversedAddress(address, use, ptr, [.. names]);
    }
}
