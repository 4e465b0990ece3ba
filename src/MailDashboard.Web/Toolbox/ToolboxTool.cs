using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;

namespace MailDashboard.Web.Toolbox;

/// <summary>What the toolbox can do.</summary>
public enum ToolboxTool
{
    /// <summary>All check families of a domain, or chosen ones.</summary>
    Audit,

    /// <summary>Who lists an address or a domain.</summary>
    Blocklists,

    /// <summary>Whether an address may send for a sender.</summary>
    Spf,

    /// <summary>One name and type in DNS.</summary>
    Dns,

    /// <summary>Versions of TLS and certificates of a host's ports.</summary>
    Tls,

    /// <summary>A record that is not published yet.</summary>
    Draft,

    /// <summary>The header of a message.</summary>
    Header,

    /// <summary>What a server's reply means.</summary>
    Reply,
}

/// <summary>Which tools fit what was pasted.</summary>
public static class ToolboxTools
{
    /// <summary>The tools that fit, the likeliest first.</summary>
    public static ImmutableArray<ToolboxTool> Fitting(ToolboxInput input) => input.Kind switch
    {
        ToolboxKind.Name or ToolboxKind.Url => [ToolboxTool.Audit, ToolboxTool.Dns, ToolboxTool.Tls, ToolboxTool.Blocklists, ToolboxTool.Spf],
        ToolboxKind.Mailbox => [ToolboxTool.Audit, ToolboxTool.Spf, ToolboxTool.Dns, ToolboxTool.Blocklists],
        ToolboxKind.DnsName => [ToolboxTool.Dns],
        ToolboxKind.Address => [ToolboxTool.Blocklists, ToolboxTool.Dns, ToolboxTool.Tls, ToolboxTool.Spf],
        ToolboxKind.Service => input.Address is null
            ? [ToolboxTool.Tls, ToolboxTool.Dns, ToolboxTool.Blocklists, ToolboxTool.Audit]
            : [ToolboxTool.Tls, ToolboxTool.Dns, ToolboxTool.Blocklists],
        ToolboxKind.Header => [ToolboxTool.Header],
        ToolboxKind.Reply => [ToolboxTool.Reply],
        _ => input.RecordFamily is { } family && DraftAudit.CanJudge(family) ? [ToolboxTool.Draft] : [],
    };

    /// <summary>Those that run without being asked for.</summary>
    public static ImmutableArray<ToolboxTool> AtOnce(ToolboxInput input) => input.Kind switch
    {
        ToolboxKind.Address => [ToolboxTool.Dns, ToolboxTool.Blocklists],
        ToolboxKind.Service => [ToolboxTool.Tls, ToolboxTool.Dns],
        _ => [.. Fitting(input).Take(1)],
    };

    /// <summary>The id in addresses.</summary>
    public static string Id(ToolboxTool tool) => tool.ToString().ToLowerInvariant();

    /// <summary>Reads an id; null for one that is not ours.</summary>
    public static ToolboxTool? Read(string? id) => Enum.GetValues<ToolboxTool>().Where(t => Id(t) == id).Select(t => (ToolboxTool?)t).FirstOrDefault();
}
