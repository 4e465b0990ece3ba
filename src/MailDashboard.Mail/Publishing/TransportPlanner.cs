using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MailDashboard.Checks;
using MailDashboard.Checks.MtaSts;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.TlsRpt;

namespace MailDashboard.Mail.Publishing;

/// <summary>Plans MTA-STS (RFC 8461) and reports about encryption (RFC 8460) for a domain that receives.</summary>
internal static class TransportPlanner
{
    /// <summary>A week: a mistake in testing is soon forgotten. In seconds.</summary>
    private const int TestingAge = 604_800;

    /// <summary>Thirty days: RFC 8461 §3.2 wants weeks or more. In seconds.</summary>
    private const int EnforceAge = 2_592_000;

    /// <summary>Of at most 32 letters and digits.</summary>
    private const int IdLength = 20;

    public static (IEnumerable<PlannedRecord> Records, PlannedFile? File) Plan(PublishingRequest request, CurrentRecords current)
    {
        if (request.Roles.Receives)
        {
            var (sts, file) = MtaSts(request, current);
            return ([.. sts, .. Reports(request, current)], file);
        }

        // A domain that takes no mail has nothing to say about how it is delivered.
        var why = Reason.Of(Because.TransportLeftover);
        return ([.. RecordSets.Leftovers(request, current, PlanPart.MtaSts, $"_mta-sts.{request.Domain}", why), .. RecordSets.Leftovers(request, current, PlanPart.TlsRpt, $"_smtp._tls.{request.Domain}", why)], null);
    }

    /// <summary>Where senders look for a domain's policy (RFC 8461 §3.2).</summary>
    public static Uri PolicyAddress(string domain) => new($"https://mta-sts.{domain}/.well-known/mta-sts.txt");

    /// <summary>The policy file for some hosts.</summary>
    public static string Policy(MtaStsMode mode, IEnumerable<string> hosts)
    {
        var age = (mode == MtaStsMode.Enforce ? EnforceAge : TestingAge).ToString(CultureInfo.InvariantCulture);
        return string.Concat(new[] { "version: STSv1", $"mode: {(mode == MtaStsMode.Enforce ? "enforce" : "testing")}" }.Concat(hosts.Select(h => $"mx: {h}")).Append($"max_age: {age}").Select(l => $"{l}\r\n"));
    }

    private static (ImmutableArray<PlannedRecord> Records, PlannedFile? File) MtaSts(PublishingRequest request, CurrentRecords current)
    {
        if (request.MtaSts is not { Mode: not MtaStsMode.None } wish)
        {
            return ([], null);
        }

        var owner = $"_mta-sts.{request.Domain}";
        var there = current.MtaStsPolicy is { } text ? MtaStsPolicy.Parse(text) : null;
        var isKept = there is { IsValid: true, Mode: MtaStsMode.Enforce } && wish.Mode == MtaStsMode.Testing;
        var mode = isKept ? MtaStsMode.Enforce : wish.Mode;
        var why = Reason.Of(mode == MtaStsMode.Enforce ? Because.MtaStsEnforce : Because.MtaStsTesting);
        var hosts = MxPlanner.Hosts(request, current);
        if (hosts.IsEmpty)
        {
            return ([RecordSets.Cannot(request, PlanPart.MtaSts, owner, DnsRecordType.TXT, Reason.Of(Because.MxUnknown), why)], null);
        }

        var isRight = there is { IsValid: true } && there.Mode == mode && hosts.All(there.Names) && there.Mx.All(p => hosts.Any(h => p == h || p.StartsWith("*.", StringComparison.Ordinal)));
        var file = new PlannedFile(
            PolicyAddress(request.Domain),
            isRight ? current.MtaStsPolicy! : Policy(mode, hosts),
            isRight ? PlanAction.AlreadyRight : there is null ? PlanAction.Add : PlanAction.Change,
            Reason.Of(Because.MtaStsFile));
        var record = Announcement(request, current, owner, file.Text, isRight, why);
        return ([.. PolicyHost(request, current, wish), isKept ? record with { Notes = [Reason.Of(Because.MtaStsStronger)] } : record], file);
    }

    /// <summary>A new id tells senders to fetch the policy again (RFC 8461 §3.1); where the policy stays, so does the id.</summary>
    private static PlannedRecord Announcement(PublishingRequest request, CurrentRecords current, string owner, string policy, bool isRight, Reason why)
    {
        var texts = current.Texts(owner);
        var valid = texts.Where(t => MtaStsRecord.Parse(t) is { IsValid: true }).ToList();
        var text = isRight && valid.Count == 1 ? valid[0] : $"v=STSv1; id={Id(policy)}";
        return RecordSets.Text(request, current, PlanPart.MtaSts, owner, text, texts, why);
    }

    /// <summary>Made from the policy: whoever plans it twice gets the same, and another policy never has it.</summary>
    private static string Id(string policy) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(policy)))[..IdLength];

    private static IEnumerable<PlannedRecord> PolicyHost(PublishingRequest request, CurrentRecords current, MtaStsWish wish)
    {
        var host = $"mta-sts.{request.Domain}";
        var why = Reason.Of(Because.MtaStsHost);
        if (wish.PolicyHostTarget is { } target)
        {
            var name = DnsNames.Normalize(target);
            return
            [
                PlanNames.IsHost(name)
                    ? RecordSets.Alias(request, current, PlanPart.MtaSts, host, name, why)
                    : RecordSets.Cannot(request, PlanPart.MtaSts, host, DnsRecordType.CNAME, Reason.Of(Because.HostUnusable, name), why),
            ];
        }

        var hasAddress = new[] { DnsRecordType.A, DnsRecordType.AAAA }.Any(t => current.Find(host, t) is { Status: DnsStatus.Answered });
        return hasAddress ? [] : [RecordSets.Cannot(request, PlanPart.MtaSts, host, DnsRecordType.CNAME, Reason.Of(Because.MtaStsHostMissing, host), why)];
    }

    private static ImmutableArray<PlannedRecord> Reports(PublishingRequest request, CurrentRecords current)
    {
        if (request.TlsReports is not { } address)
        {
            return [];
        }

        var owner = $"_smtp._tls.{request.Domain}";
        var why = Reason.Of(Because.TlsRpt);
        if (ReportConsent.Destination(address) is not [var ours])
        {
            return [RecordSets.Cannot(request, PlanPart.TlsRpt, owner, DnsRecordType.TXT, Reason.Of(Because.ReportAddressUnusable, address), why)];
        }

        var texts = current.Texts(owner);
        var kept = texts.Select(TlsRptRecord.Parse).OfType<TlsRptRecord>().SelectMany(r => r.Destinations).Select(d => d.Repaired()?.Text).OfType<string>();
        var destinations = string.Join(',', kept.Append(ours.Text).Distinct(StringComparer.OrdinalIgnoreCase));
        return [RecordSets.Text(request, current, PlanPart.TlsRpt, owner, $"{TlsRptRecord.Version}; rua={destinations}", texts, why)];
    }
}
