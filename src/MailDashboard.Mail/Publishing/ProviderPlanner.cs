using MailDashboard.Checks;
using MailDashboard.Checks.Dkim;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Providers;

namespace MailDashboard.Mail.Publishing;

/// <summary>Plans the records that providers ask for.</summary>
internal static class ProviderPlanner
{
    public static IEnumerable<PlannedRecord> Plan(PublishingRequest request, CurrentRecords current) =>
        request.Providers.SelectMany(p => p.Provider.Dkim.Select(r => (Chosen: p, Record: r, IsKey: true)).Concat(p.Provider.ReturnPath.Select(r => (Chosen: p, Record: r, IsKey: false))))
            .Where(p => !IsLeftOut(p.Chosen, p.Record))
            .Select(p => Plan(request, current, p.Chosen, p.Record, p.IsKey));

    /// <summary>The complete name of a provider's record; null where a field for it is missing.</summary>
    public static string? Owner(ChosenProvider chosen, string template, string domain) =>
        chosen.Fill(template, domain).Text is { } text ? text == "@" ? domain : $"{text}.{domain}" : null;

    /// <summary>The name whose SPF record a provider belongs into; null where it needs none, or a field for it is missing.</summary>
    public static string? SpfOwner(ChosenProvider chosen, string domain) =>
        chosen.Provider.Spf.Term is null ? null : chosen.Provider.Spf.At is { } at ? Owner(chosen, at, domain) : domain;

    /// <summary>The term for it; null likewise.</summary>
    public static string? SpfTerm(ChosenProvider chosen, string domain) =>
        chosen.Provider.Spf.Term is { } term ? chosen.Fill(term, domain).Text : null;

    private static PlannedRecord Plan(PublishingRequest request, CurrentRecords current, ChosenProvider chosen, ProviderRecord record, bool isKey)
    {
        var provider = chosen.Provider.Name.En;
        var part = !isKey ? PlanPart.ReturnPath : record.Owner == "@" ? PlanPart.Verification : PlanPart.Dkim;
        var why = Reason.Of(part switch { PlanPart.ReturnPath => Because.ReturnPath, PlanPart.Verification => Because.Verification, _ => Because.DkimProvider }, provider);
        var owner = Owner(chosen, record.Owner, request.Domain);
        var value = chosen.Fill(record.Value, request.Domain).Text;
        var planned = owner is null || value is null
            ? RecordSets.Cannot(request, part, owner ?? request.Domain, record.Type, Reason.Of(Because.FieldMissing, provider), why)
            : record.Type switch
            {
                DnsRecordType.CNAME => RecordSets.Alias(request, current, part, owner, value, why),
                DnsRecordType.TXT when part == PlanPart.Dkim && DkimKeyRecord.Parse(value).State != DkimKeyState.Valid =>
                    RecordSets.Cannot(request, part, owner, record.Type, Reason.Of(Because.DkimUnreadable, RecordFormat.Host(owner, request.Domain)), why),
                DnsRecordType.MX => RecordSets.Exchangers(request, current, part, owner, [$"{record.Priority} {value}"], why),
                _ => RecordSets.Text(request, current, part, owner, value, Old(current, owner, value, part), why),
            };
        return planned with
        {
            Provider = chosen.Provider.Id,
            Notes = Doubt(record, provider) is { } doubt ? planned.Notes.Add(doubt) : planned.Notes,
        };
    }

    /// <summary>How little a record can be relied on; null where it can, and where only the console has it.</summary>
    public static Reason? Doubt(ProviderRecord record, string provider) => record.IsFromConsole ? null : record.Standing switch
    {
        FactStanding.Read => null,
        FactStanding.Disputed => Reason.Of(Because.FactDisputed, provider),
        _ => Reason.Of(Because.FactUnverified, provider),
    };

    /// <summary>At a selector everything else is in the way; at the domain only what begins as ours does.</summary>
    private static IEnumerable<string> Old(CurrentRecords current, string owner, string value, PlanPart part)
    {
        var start = value[..(value.AsSpan().IndexOfAny(':', '=') is var end and >= 0 ? end + 1 : value.Length)];
        return current.Texts(owner).Where(t => part != PlanPart.Verification || t.StartsWith(start, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsLeftOut(ChosenProvider chosen, ProviderRecord record)
    {
        var keys = ProviderTemplate.Keys(record.Owner).Concat(ProviderTemplate.Keys(record.Value)).Where(k => k != ProviderTemplate.Domain);
        return record.IsOptional && keys.All(k => !chosen.Entries.TryGetValue(k, out var typed) || string.IsNullOrWhiteSpace(typed));
    }
}
