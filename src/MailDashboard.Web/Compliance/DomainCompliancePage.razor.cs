using MailDashboard.Checks.Compliance;
using MailDashboard.Monitoring.Compliance;
using MailDashboard.Monitoring.Feed;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Compliance;

/// <summary>Which rules does this domain meet, which not, and what has to be done?</summary>
public sealed partial class DomainCompliancePage
{
    private ComplianceDossier? _dossier;

    [Parameter]
    public int Id { get; set; }

    [Inject]
    private ComplianceBoard Board { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "provider")]
    private string? ProviderId { get; set; }

    /// <summary>The one asked for, else the one where most is wrong.</summary>
    private ProviderVerdict? Current =>
        _dossier!.Providers.FirstOrDefault(p => p.Provider.Id == ProviderId) ?? _dossier.Providers.MaxBy(p => p.Status);

    private string Answer
    {
        get
        {
            if (!_dossier!.Sends)
            {
                return L["Domain.DoesNotSend"];
            }

            if (_dossier.Domain.LastAuditAt is null)
            {
                return L["Domain.New"];
            }

            var sentences = new[] { (ComplianceStatus.NotMet, "Domain.NotMet"), (ComplianceStatus.AtRisk, "Domain.AtRisk"), (ComplianceStatus.Undetermined, "Domain.Undetermined") }
                .Select(s => (Names: string.Join(", ", _dossier.Providers.Where(p => p.Status == s.Item1).Select(p => p.Provider.Name)), Key: s.Item2))
                .Where(s => s.Names.Length > 0)
                .Select(s => L[s.Key, s.Names].Value)
                .ToList();
            return sentences.Count > 0 ? string.Join(' ', sentences) : L["Domain.Met"];
        }
    }

    protected override bool Concerns(DashboardChange change) => change.DomainId is null || change.DomainId == Id;

    protected override async Task LoadAsync(CancellationToken cancellationToken) => _dossier = await Board.ReadAsync(Id, cancellationToken);
}
