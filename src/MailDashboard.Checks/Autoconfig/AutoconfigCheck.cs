using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;

namespace MailDashboard.Checks.Autoconfig;

/// <summary>Whether mail programs find the right settings by themselves: SRV, autoconfig, Autodiscover.</summary>
public sealed class AutoconfigCheck : CheckFamily<AutoconfigObservation>
{
    private const int HostLimit = 12;
    private const int Redirects = 3;

    private static readonly ImmutableArray<(string Name, ClientProtocol Protocol, MailSecurity Security)> Kinds =
    [
        ("_submissions._tcp", ClientProtocol.Submission, MailSecurity.Implicit),
        ("_submission._tcp", ClientProtocol.Submission, MailSecurity.StartTls),
        ("_imaps._tcp", ClientProtocol.Imap, MailSecurity.Implicit),
        ("_imap._tcp", ClientProtocol.Imap, MailSecurity.StartTls),
        ("_pop3s._tcp", ClientProtocol.Pop3, MailSecurity.Implicit),
        ("_pop3._tcp", ClientProtocol.Pop3, MailSecurity.StartTls),
    ];

    /// <inheritdoc/>
    public override FamilyDescriptor Descriptor { get; } = new(
        "autoconfig",
        "ACF",
        FamilyKind.Connection,
        AutoconfigFindings.All,
        new("MailDashboard.Checks.Autoconfig.AutoconfigTexts", typeof(AutoconfigCheck).Assembly));

    /// <inheritdoc/>
    public override async Task<AutoconfigObservation> ObserveAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var roles = await context.RolesAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var isSaidMissing = await context.IsSaidMissingAsync(cancellationToken).ConfigureAwait(false);
        if (roles.IsParked || isSaidMissing)
        {
            return new AutoconfigObservation(context.Domain, roles, [], [], []) { IsSaidMissing = isSaidMissing };
        }

        var srv = await Task.WhenAll(Kinds.Select(k => context.Dns.QueryAsync($"{k.Name}.{context.Domain}", DnsRecordType.SRV, cancellationToken))).ConfigureAwait(false);
        var published = Kinds.Zip(srv).SelectMany(x => Published(x.First.Protocol, x.First.Security, x.Second)).ToImmutableArray();
        var files = await FetchAllAsync(context, cancellationToken).ConfigureAwait(false);
        var services = await ServiceSights.LikelyAsync(context, cancellationToken).ConfigureAwait(false);
        return new AutoconfigObservation(context.Domain, roles, services, [.. srv], published)
        {
            Files = files,
            Stated = context.Target.ClientHosts is { IsDefault: false } stated ? stated : [],
            Hosts = await ResolveAsync(context, published.Concat(files.SelectMany(f => f.Settings ?? [])), cancellationToken).ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    public override CheckOutcome Analyze(AutoconfigObservation observation) => AutoconfigAnalyzer.Analyze(observation);

    private static IEnumerable<MailSetting> Published(ClientProtocol protocol, MailSecurity security, DnsAnswer answer) => answer.Records
        .OfType<SrvRecord>()
        .Where(r => r.Target.Length > 0)
        .OrderBy(r => r.Priority)
        .Take(HostLimit)
        .Select(r => new MailSetting(protocol, r.Target, r.Port, security));

    private static async Task<ImmutableArray<SettingsFile>> FetchAllAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var domain = context.Domain;
        var address = $"emailaddress=postmaster%40{domain}";
        var files = await Task.WhenAll(
            FetchAsync(context, SettingsPlace.ConfigHost, $"https://autoconfig.{domain}/mail/config-v1.1.xml?{address}", cancellationToken),
            FetchAsync(context, SettingsPlace.WellKnown, $"https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml?{address}", cancellationToken),
            AutodiscoverAsync(context, cancellationToken)).ConfigureAwait(false);
        return [.. files.OfType<SettingsFile>()];
    }

    private static async Task<SettingsFile?> FetchAsync(AuditContext context, SettingsPlace place, string address, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            return null;
        }

        var fetch = await context.FetchAsync(new HttpRequest(uri) { RedirectLimit = Redirects }, cancellationToken).ConfigureAwait(false);
        return new SettingsFile(place, uri, fetch, fetch is { End: HttpEnd.Answered, Status: 200 } ? SettingsReader.ReadConfig(fetch.Body, context.Domain) : null);
    }

    /// <summary>What Outlook is told; where it is told nothing, the place that the domain publishes.</summary>
    private static async Task<SettingsFile?> AutodiscoverAsync(AuditContext context, CancellationToken cancellationToken)
    {
        var trace = await context.AutodiscoverAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return (trace.Answering ?? trace.Step(AutodiscoverWay.Srv) ?? trace.Step(AutodiscoverWay.Host)) is { } step
            ? new SettingsFile(SettingsPlace.Autodiscover, step.Asked, step.Fetch, step.Reply.Kind == AutodiscoverReplyKind.Document ? SettingsReader.ReadAutodiscover(step.Fetch.Body) : null)
            : null;
    }

    private static async Task<ImmutableArray<SettingsHost>> ResolveAsync(AuditContext context, IEnumerable<MailSetting> settings, CancellationToken cancellationToken) =>
    [
        .. await Task.WhenAll(settings.Select(s => s.Host).Distinct().Take(HostLimit).Select(async h =>
        {
            var a = context.Dns.QueryAsync(h, DnsRecordType.A, cancellationToken);
            var aaaa = context.Dns.QueryAsync(h, DnsRecordType.AAAA, cancellationToken);
            return new SettingsHost(h, await a.ConfigureAwait(false), await aaaa.ConfigureAwait(false));
        })).ConfigureAwait(false),
    ];
}
