using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Spf;
using MailDashboard.Web.Domains;

namespace MailDashboard.Web.Toolbox;

/// <summary>What a question asks for: the results to fill in, or what is wrong with it.</summary>
/// <param name="Results">Where there is a problem no more than the form that keeps what was typed.</param>
/// <param name="Problem">Key of the sentence that says what to do.</param>
public sealed record ToolboxPlan(ImmutableArray<ToolboxResult> Results, string? Problem = null)
{
    /// <summary>The record types that can be asked for.</summary>
    public static ImmutableArray<DnsRecordType> Types { get; } =
    [
        DnsRecordType.A, DnsRecordType.AAAA, DnsRecordType.MX, DnsRecordType.TXT, DnsRecordType.CNAME, DnsRecordType.NS, DnsRecordType.SOA,
        DnsRecordType.PTR, DnsRecordType.SRV, DnsRecordType.TLSA, DnsRecordType.CAA, DnsRecordType.DS, DnsRecordType.DNSKEY,
    ];

    /// <summary>Reads a question. Pure.</summary>
    public static ToolboxPlan Of(ToolboxRequest request)
    {
        var input = ToolboxInput.Recognise(request.Text);
        var tools = request.Tool is { } chosen ? [chosen] : ToolboxTools.AtOnce(input);
        if (tools.IsEmpty)
        {
            return new ToolboxPlan([], input.Kind == ToolboxKind.Empty ? null : ToolboxAdvice.About(input.Text));
        }

        var results = tools.Select(t => Result(t, request, input)).ToList();
        return results.FirstOrDefault(r => r.Problem is not null).Problem is { } problem
            ? new ToolboxPlan([.. results.Where(r => r.Problem is not null).Select(r => r.Result).OfType<ToolboxResult>()], problem)
            : new ToolboxPlan([.. results.Select(r => r.Result!)]);
    }

    private static (ToolboxResult? Result, string? Problem) Result(ToolboxTool tool, ToolboxRequest request, ToolboxInput input) => tool switch
    {
        ToolboxTool.Audit => input.Name is { } name ? (new AuditResult(request, name, Families(request)), null) : (null, "Problem.NeedsName"),
        ToolboxTool.Blocklists => Subject(input) is { } subject ? (new ListingsResult(request, subject), null) : (null, "Problem.NeedsNameOrAddress"),
        ToolboxTool.Dns => Questions(request, input) is { IsEmpty: false } questions ? (new DnsResult(request, questions), null) : (null, "Problem.NeedsNameOrAddress"),
        ToolboxTool.Tls => Host(input) is { } host ? (new TlsResult(request, host, input.Kind == ToolboxKind.Service ? input.Port : null), null) : (null, "Problem.NeedsNameOrAddress"),
        ToolboxTool.Spf => Spf(request, input),
        ToolboxTool.Draft => DraftOf(request, input),
        ToolboxTool.Header => input.Kind == ToolboxKind.Empty ? (null, "Problem.NeedsHeader") : (new HeaderResult(request), null),
        _ => input.Kind == ToolboxKind.Empty ? (null, "Problem.NeedsReply") : (new ReplyResult(request), null),
    };

    private static ImmutableArray<string> Families(ToolboxRequest request)
    {
        var all = CheckFamilies.All.Select(f => f.Descriptor.Id).OrderBy(FamilyCatalogue.Order).ToImmutableArray();
        var chosen = all.Where(f => request.Families.Contains(f)).ToImmutableArray();
        return chosen.IsEmpty ? all : chosen;
    }

    private static BlocklistSubject? Subject(ToolboxInput input) =>
        input.Address is { } address ? BlocklistSubject.Of(address) : input.Name is { } name ? BlocklistSubject.Domain(name) : null;

    /// <summary>A name of DNS alone (<c>_dmarc…</c>) has no ports.</summary>
    private static string? Host(ToolboxInput input) => input.Kind == ToolboxKind.DnsName ? null : input.Address?.ToString() ?? input.Name;

    private static ImmutableArray<DnsQuestion> Questions(ToolboxRequest request, ToolboxInput input)
    {
        var name = input.Address is { } address ? DnsNames.Reverse(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address) : input.Name;
        if (name is null)
        {
            return [];
        }

        if (Enum.TryParse<DnsRecordType>(request.Type, out var type) && Types.Contains(type))
        {
            return [new DnsQuestion(name, type)];
        }

        DnsRecordType[] usual = input switch
        {
            { Address: not null } => [DnsRecordType.PTR],
            { Kind: ToolboxKind.DnsName } => [DnsRecordType.TXT, DnsRecordType.CNAME],
            { Kind: ToolboxKind.Service } => [DnsRecordType.A, DnsRecordType.AAAA],
            _ => [DnsRecordType.A, DnsRecordType.AAAA, DnsRecordType.MX, DnsRecordType.TXT, DnsRecordType.NS],
        };
        var questions = usual.Select(t => new DnsQuestion(name, t));
        return input is { Kind: ToolboxKind.Service, Address: null }
            ? [.. questions, new DnsQuestion($"_{input.Port}._tcp.{name}", DnsRecordType.TLSA)]
            : [.. questions];
    }

    private static (ToolboxResult? Result, string? Problem) Spf(ToolboxRequest request, ToolboxInput input)
    {
        var sender = request.MailFrom.Length > 0 ? request.MailFrom : input.Kind == ToolboxKind.Mailbox ? input.Text : input.Name ?? "";
        var ip = request.Ip.Length > 0 ? request.Ip : input.Address?.ToString() ?? "";
        var filled = request with { Ip = ip, MailFrom = sender };
        if (request.Ip.Length == 0 && (ip.Length == 0 || sender.Length == 0))
        {
            return (new SpfResult(filled, null), null);
        }

        if (!IPAddress.TryParse(ip, out var address) || (address.AddressFamily == AddressFamily.InterNetwork && ip.Count(c => c == '.') != 3))
        {
            return (new SpfResult(filled, null), "Problem.Ip");
        }

        // "<>" is the null sender: then the HELO name is what is looked at.
        var helo = request.Helo.Length > 0 ? request.Helo : sender[(sender.LastIndexOf('@') + 1)..].Trim('<', '>');
        return helo.Length == 0 ? (new SpfResult(filled, null), "Problem.Sender") : (new SpfResult(filled with { Helo = helo }, SpfRequest.For(address, helo, sender)), null);
    }

    private static (ToolboxResult? Result, string? Problem) DraftOf(ToolboxRequest request, ToolboxInput input)
    {
        if (input.RecordFamily is not { } family || !DraftAudit.CanJudge(family))
        {
            return (null, "Problem.NeedsRecord");
        }

        var domain = request.Domain.Length > 0 ? ToolboxInput.Recognise(request.Domain) is { Kind: ToolboxKind.Name, Name: { } named } ? named : null : input.Name;
        if (request.Domain.Length > 0 && domain is null)
        {
            return (null, "Problem.Domain");
        }

        var selector = request.Selector.Length > 0 ? request.Selector : input.Selector;
        var filled = request with { Domain = domain ?? "", Selector = selector ?? "" };
        return (input.IsFile ? Draft.OfFile(family, input.Text, domain) : Draft.At(family, input.Text, domain, selector)) is { } draft && DnsNames.CanBeAsked(draft.Owner)
            ? (new DraftResult(filled, draft), null)
            : (null, "Problem.Domain");
    }
}
