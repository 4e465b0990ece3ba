using MailDashboard.Checks;
using MailDashboard.Checks.Dkim;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Mail.Publishing;

/// <summary>Plans the DKIM keys of servers of one's own (RFC 6376), and for a domain that sends nothing the word that there is none.</summary>
internal static class DkimPlanner
{
    /// <summary>No key, for whatever selector (RFC 6376 §3.6.1).</summary>
    public const string NoKey = "v=DKIM1; p=";

    public static string Wildcard(string domain) => $"*.{DkimSelectors.NodeName(domain)}";

    public static IEnumerable<PlannedRecord> Plan(PublishingRequest request, CurrentRecords current)
    {
        if (!request.Roles.Sends)
        {
            var owner = Wildcard(request.Domain);
            return [RecordSets.Text(request, current, PlanPart.Dkim, owner, NoKey, current.Texts(owner), Reason.Of(Because.DkimNone))];
        }

        return request.Keys.Select(k =>
        {
            var owner = DkimSelectors.RecordName(k.Selector, request.Domain);
            var why = Reason.Of(Because.DkimOwn, k.Selector);
            return DkimKeyRecord.Parse(k.Text).State == DkimKeyState.Valid && PlanNames.IsName(owner)
                ? RecordSets.Text(request, current, PlanPart.Dkim, owner, k.Text, current.Texts(owner), why)
                : RecordSets.Cannot(request, PlanPart.Dkim, owner, DnsRecordType.TXT, Reason.Of(Because.DkimUnreadable, k.Selector), why);
        });
    }
}
