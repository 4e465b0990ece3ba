using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Spf;

namespace MailDashboard.Checks.Smtp;

/// <summary>How the domain's mail servers behave: the names they go by, what they offer, the mailboxes they have to take, relaying.</summary>
public sealed class SmtpCheck : CheckFamily<SmtpServersObservation>
{
    /// <inheritdoc/>
    public override FamilyDescriptor Descriptor { get; } = new(
        "smtp",
        "SMTP",
        FamilyKind.Connection,
        SmtpFindings.All,
        new("MailDashboard.Checks.Smtp.SmtpTexts", typeof(SmtpCheck).Assembly));

    /// <inheritdoc/>
    public override async Task<SmtpServersObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var txt = context.Dns.QueryAsync(context.Domain, DnsRecordType.TXT, cancellationToken);
        var targets = await MxTargets.LookUpAsync(context, cancellationToken).ConfigureAwait(false);
        var roles = await context.RolesAsync().ConfigureAwait(false);
        var relaying = RelayTests.RunAsync(context, targets, cancellationToken);
        var probes = await MxProbe.ProbeAsync(context, targets, cancellationToken).ConfigureAwait(false);
        ImmutableHashSet<IPAddress> senders =
            [.. context.Target.SendingAddresses, .. (await txt.ConfigureAwait(false)).Texts.SelectMany(t => SpfAddresses.Of(t))];
        var servers = await Task.WhenAll(probes.Select(p => NameAsync(context, p, IsOwn(context, p, senders), cancellationToken))).ConfigureAwait(false);
        var (relays, untested) = await relaying.ConfigureAwait(false);
        return new SmtpServersObservation(context.Domain, roles.Receives, targets, [.. servers])
        {
            Relays = relays,
            UntestedHosts = untested,
            HasOwnHosts = !context.Target.OwnHosts.IsDefaultOrEmpty,
        };
    }

    /// <inheritdoc/>
    public override CheckOutcome Analyze(SmtpServersObservation observation) => SmtpAnalyzer.Analyze(observation);

    private static bool IsOwn(AuditContext context, MxProbe probe, ImmutableHashSet<IPAddress> senders) =>
        context.Target.OwnHosts.Contains(probe.Host) || DnsNames.IsEqualOrBelow(probe.Host, context.Domain) || senders.Contains(probe.Address);

    private static async Task<SmtpServer> NameAsync(AuditContext context, MxProbe probe, bool isOwn, CancellationToken cancellationToken)
    {
        if (probe.Seen is not { Connect: ConnectStatus.Connected, HelloName: { } hello, Greeting: [var greeting, ..] })
        {
            return new SmtpServer(probe, isOwn);
        }

        var ptr = context.Dns.QueryAsync(DnsNames.Reverse(probe.Address), DnsRecordType.PTR, cancellationToken);
        var first = SpokenAsync(context, NameIn(greeting), cancellationToken);
        var second = SpokenAsync(context, hello, cancellationToken);
        return new SmtpServer(probe, isOwn, await first.ConfigureAwait(false), await second.ConfigureAwait(false), await ptr.ConfigureAwait(false));
    }

    /// <summary>What stands after the code, up to the first space (RFC 5321 §4.2).</summary>
    private static string NameIn(string greeting) => greeting.Length > 4 ? greeting[4..].Split(' ', 2)[0] : "";

    private static async Task<SpokenName> SpokenAsync(AuditContext context, string said, CancellationToken cancellationToken)
    {
        var name = DnsNames.Normalize(said);
        if (!IsFullName(name))
        {
            return new SpokenName(name, null, null);
        }

        var a = context.Dns.QueryAsync(name, DnsRecordType.A, cancellationToken);
        var aaaa = context.Dns.QueryAsync(name, DnsRecordType.AAAA, cancellationToken);
        return new SpokenName(name, await a.ConfigureAwait(false), await aaaa.ConfigureAwait(false));
    }

    private static bool IsFullName(string name) =>
        name.Contains('.', StringComparison.Ordinal)
        && DnsNames.CanBeAsked(name)
        && !IPAddress.TryParse(name, out _)
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_')
        && !name.EndsWith(".local", StringComparison.Ordinal)
        && !name.EndsWith(".localdomain", StringComparison.Ordinal);
}
