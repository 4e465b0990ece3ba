using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Checks.Scoring;
using MailDashboard.Checks.Spf;
using MailDashboard.Mail.Headers;
using MailDashboard.Mail.Replies;

namespace MailDashboard.Web.Toolbox;

/// <summary>One tool's answer, filled in while it comes. Changed on the page's own thread only; nothing of it is stored.</summary>
public abstract class ToolboxResult(ToolboxTool tool, ToolboxRequest request)
{
    public ToolboxTool Tool { get; } = tool;

    /// <summary>The question that gives this result alone.</summary>
    public ToolboxRequest Request { get; } = request with { Tool = tool };

    /// <summary>It is still being worked on.</summary>
    public bool IsRunning { get; set; }

    /// <summary>It was stopped before its end.</summary>
    public bool IsStopped { get; set; }

    /// <summary>Why nothing came of it, as the system says it.</summary>
    public string? Failure { get; set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; set; }
}

/// <summary>Check families of a domain.</summary>
public sealed class AuditResult(ToolboxRequest request, string domain, ImmutableArray<string> families) : ToolboxResult(ToolboxTool.Audit, request)
{
    private readonly Dictionary<string, FamilyReport?> _reports = [];

    public string Domain { get; } = domain;

    /// <summary>Ids, in the order of the page.</summary>
    public ImmutableArray<string> Families { get; } = families;

    /// <summary>The domain is one of ours: its stored selectors, hosts and roles count.</summary>
    public bool IsRegistered { get; set; }

    /// <summary>Of a whole audit that came to its end.</summary>
    public Score? Score { get; set; }

    public int Done => _reports.Values.Count(r => r is not null);

    public IEnumerable<FamilyReport> Reports => Families.Select(f => _reports.GetValueOrDefault(f)).OfType<FamilyReport>();

    public FamilyReport? ReportOf(string family) => _reports.GetValueOrDefault(family);

    public bool HasStarted(string family) => _reports.ContainsKey(family);

    public void Tell(FamilyProgress progress) => _reports[progress.Family] = progress.Report;
}

/// <summary>Blocklists, in the order in which they answer.</summary>
public sealed class ListingsResult(ToolboxRequest request, BlocklistSubject subject) : ToolboxResult(ToolboxTool.Blocklists, request)
{
    public BlocklistSubject Subject { get; } = subject;

    /// <summary>Lists asked.</summary>
    public int Total { get; set; }

    public List<ListingLook> Looks { get; } = [];
}

/// <summary>An SPF evaluation; without a question it is a form to be filled in.</summary>
public sealed class SpfResult(ToolboxRequest request, SpfRequest? question) : ToolboxResult(ToolboxTool.Spf, request)
{
    public SpfRequest? Question { get; } = question;

    public SpfEvaluation? Evaluation { get; set; }
}

/// <summary>DNS questions and their answers.</summary>
public sealed class DnsResult(ToolboxRequest request, ImmutableArray<DnsQuestion> questions) : ToolboxResult(ToolboxTool.Dns, request)
{
    public ImmutableArray<DnsQuestion> Questions { get; } = questions;

    public Dictionary<DnsQuestion, DnsAnswer> Answers { get; } = [];
}

/// <summary>Ports of a host, in the order in which they answer.</summary>
/// <param name="host">A name or an address.</param>
/// <param name="port">Null: every port of mail.</param>
public sealed class TlsResult(ToolboxRequest request, string host, int? port) : ToolboxResult(ToolboxTool.Tls, request)
{
    public string Host { get; } = host;

    public int? Port { get; } = port;

    /// <summary>What DNS says of the host; null until it has.</summary>
    public HostAddresses? Addresses { get; set; }

    /// <summary>Ports asked, each at every address.</summary>
    public int Total { get; set; }

    public List<TlsVersionObservation> Seen { get; } = [];
}

/// <summary>A record that is not published yet.</summary>
public sealed class DraftResult(ToolboxRequest request, Draft draft) : ToolboxResult(ToolboxTool.Draft, request)
{
    public Draft Draft { get; } = draft;

    public FamilyReport? Report { get; set; }
}

/// <summary>The header of a message.</summary>
public sealed class HeaderResult(ToolboxRequest request) : ToolboxResult(ToolboxTool.Header, request)
{
    public HeaderAnalysis? Analysis { get; set; }

    /// <summary>The alignment, with what DNS says of the organisations once it has.</summary>
    public ImmutableArray<DomainAlignment> Alignment { get; set; } = [];
}

/// <summary>What a server's reply means.</summary>
public sealed class ReplyResult(ToolboxRequest request) : ToolboxResult(ToolboxTool.Reply, request)
{
    public ReplyExplanation? Explanation { get; set; }
}
