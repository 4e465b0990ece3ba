using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Compliance;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Recording;

namespace MailDashboard.Monitoring.Compliance;

/// <summary>Writes how a domain stands with every provider, in the transaction of what changed it.</summary>
internal static class ComplianceLedger
{
    public static void Write(DomainMemory memory) => Write(memory, ComplianceCatalogue.Shipped);

    public static void Write(DomainMemory memory, ComplianceCatalogue catalogue)
    {
        if (memory.Domain.FirstAuditAt is null)
        {
            return;
        }

        var standing = Standings.Of(memory.Domain, memory.Families.Values, memory.Findings.Where(f => f.ResolvedAt is null), memory.Subtests.Values);
        var known = memory.Compliance.ToDictionary(s => s.Provider, StringComparer.Ordinal);
        foreach (var verdict in ComplianceJudge.Judge(standing, catalogue, BlocklistCatalogue.Shipped))
        {
            if (!known.Remove(verdict.Provider.Id, out var state))
            {
                state = new ComplianceState { DomainId = memory.Domain.Id, Provider = verdict.Provider.Id };
                memory.Compliance.Add(state);
                memory.Db.ComplianceStates.Add(state);
            }

            (state.Status, state.RulesVersion) = (verdict.Status, catalogue.Version);
        }

        foreach (var gone in known.Values)
        {
            memory.Compliance.Remove(gone);
            memory.Db.ComplianceStates.Remove(gone);
        }
    }
}
