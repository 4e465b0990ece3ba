using System.Net;
using System.Text;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Auditing;

/// <summary>Judges what is not published yet: the family that looks at such records runs as ever, over DNS and the web with the draft in them.</summary>
public static class DraftAudit
{
    /// <summary>Whether there is a family that judges such drafts.</summary>
    public static bool CanJudge(string family) => Draft.At(family, "") is not null && CheckFamilies.All.Any(f => f.Descriptor.Id == family);

    /// <summary>Judges it. Looks at DNS alone and at the draft; connects to nobody.</summary>
    /// <exception cref="ArgumentException">No family has this id.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<FamilyReport> RunAsync(Draft draft, IDnsResolver dns, TimeProvider time, CancellationToken cancellationToken)
    {
        var family = CheckFamilies.All.FirstOrDefault(f => f.Descriptor.Id == draft.Family) ?? throw new ArgumentException($"No family {draft.Family}.", nameof(draft));
        var nothing = new Nothing(time);
        var hosts = draft.File is null ? HostProbes.None : HostProbes.None with { Http = new DraftWeb(draft) };
        var audit = new DomainAudit([family], new DraftResolver(dns, draft, time), nothing, nothing, time, hosts: hosts);
        var target = new AuditTarget(draft.Domain) { Roles = MailRoles.Both, Selectors = draft.Selectors };
        var options = new AuditOptions { Families = [draft.Family], DnsOnly = draft.File is null, TimeBudget = TimeSpan.FromSeconds(20) };
        var report = await audit.RunAsync(target, options, BlocklistSettings.Default, null, cancellationToken).ConfigureAwait(false);
        return report.Families[0];
    }

    /// <summary>The web with nothing but the draft in it.</summary>
    private sealed class DraftWeb(Draft draft) : IHttpProbe
    {
        private readonly byte[] _file = Encoding.UTF8.GetBytes(draft.File!);

        public Task<HttpObservation> FetchAsync(HttpRequest request, IDnsResolver dns, CancellationToken cancellationToken)
        {
            var seen = new HttpObservation(request.Uri, HttpEnd.Guarded);
            return Task.FromResult(request.Uri != draft.FileAddress ? seen
                : _file.Length > request.BodyLimit ? seen with { End = HttpEnd.TooLarge, Status = 200 }
                : seen with { End = HttpEnd.Answered, Status = 200, MediaType = draft.Family == "bimi" ? "image/svg+xml" : "text/plain", Body = _file });
        }
    }

    private sealed class Nothing(TimeProvider time) : ISmtpProbe, IPort25Vantage
    {
        public bool IsProven => false;

        public bool IsProbablyBlocked => false;

        public Task<SmtpObservation> ProbeAsync(string host, IPAddress address, CancellationToken cancellationToken) =>
            Task.FromResult(new SmtpObservation(host, address, SmtpStage.Connecting) { Connect = ConnectStatus.Guarded, At = time.GetUtcNow() });

        public void Record(IPAddress address, ConnectStatus status, DateTimeOffset at)
        {
        }
    }
}
