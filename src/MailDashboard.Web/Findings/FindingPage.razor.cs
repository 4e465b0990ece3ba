using MailDashboard.Monitoring.Search;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Findings;

/// <summary>What does this code mean, and which domains have it?</summary>
public sealed partial class FindingPage
{
    private const int MostNamed = 3;
    private CodeStanding? _standing;

    [Parameter]
    public string Code { get; set; } = "";

    [Inject]
    private OpenFindings Findings { get; set; } = default!;

    private string Wanted => Code.ToUpperInvariant();

    private string? Answer => _standing?.DomainCount switch
    {
        null => null,
        0 => L["Answer.None"].Value,
        1 => L["Answer.One"].Value,
        var count => L["Answer.Many", count].Value,
    };

    protected override async Task LoadAsync(CancellationToken cancellationToken) => _standing = await Findings.ReadAsync(Wanted, cancellationToken);
}
