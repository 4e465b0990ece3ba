using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Checks.Strict;
using MailDashboard.Monitoring.Compliance;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Scheduling;
using MailDashboard.Web.Account;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Domains;

/// <summary>What is wrong here, how was it seen, and how do I mend it?</summary>
public sealed partial class DomainPage
{
    private const string Compliance = "compliance";
    private static readonly string[] Tabs = ["findings", "records", "details", "history", "transcript"];

    /// <summary>The last one is a page of its own.</summary>
    private static readonly string[] Links = [.. Tabs, Compliance];
    private readonly RunningCheck _check = new();
    private DomainDossier? _dossier;
    private ImmutableArray<StrictVerdict> _strict = [];

    [Parameter]
    public int Id { get; set; }

    [SupplyParameterFromQuery(Name = "tab")]
    private string? Tab { get; set; }

    [SupplyParameterFromQuery(Name = "family")]
    private string? FamilyFilter { get; set; }

    [SupplyParameterFromQuery(Name = "kind")]
    private string? Kind { get; set; }

    [Inject]
    private DomainActions Actions { get; set; } = default!;

    [Inject]
    private DomainReader Reader { get; set; } = default!;

    [Inject]
    private ComplianceBoard Board { get; set; } = default!;

    [Inject]
    private AuditRunner Runner { get; set; } = default!;

    [Inject]
    private Authorizer Authorizer { get; set; } = default!;

    /// <summary>The finding whose part of the transcript is wanted.</summary>
    [SupplyParameterFromQuery(Name = "finding")]
    private long? FindingId { get; set; }

    private StoredFinding? Pointing => FindingId is { } id ? _dossier!.Findings.FirstOrDefault(f => f.Id == id) : null;

    private string CurrentTab => Tabs.Contains(Tab) ? Tab! : Tabs[0];

    private string Answer => DomainAnswer.Sentence(_dossier!, L);

    protected override bool Concerns(DashboardChange change) => change.DomainId is null || change.DomainId == Id;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var dossier = await Reader.ReadAsync(Id, cancellationToken);
        _strict = dossier is { Domain.IsStrict: true } && await Board.ReadAsync(Id, cancellationToken) is { } judged ? judged.Strict : [];
        _dossier = dossier;
    }

    private string TabHref(string tab) => tab == Compliance ? $"domains/{Id}/compliance" : tab == Tabs[0] ? $"domains/{Id}" : $"domains/{Id}?tab={tab}";

    private int? CountOf(string tab) => tab switch
    {
        "findings" => _dossier!.Findings.Count(f => f.Severity >= Severity.Warning) is var n and > 0 ? n : null,
        _ => null,
    };

    /// <summary>The check goes on when the page is left: what it finds is stored all the same.</summary>
    private async Task CheckNowAsync()
    {
        if (_check.IsRunning)
        {
            return;
        }

        _check.Begin();
        var progress = new InlineProgress(p => _ = InvokeAsync(() =>
        {
            _check.Tell(p);
            StateHasChanged();
        }));
        try
        {
            await Authorizer.DemandAsync(Policies.Operate);
            var result = await Runner.CheckNowAsync(Id, progress, Left);
            _check.End(result == CheckNowResult.Done ? null : L[$"Check.{result}"].Value);
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            _check.End(L["Check.Database", Failures.Say(e)]);
            return;
        }
        catch (NotAllowedException)
        {
            _check.End(null);
            throw;
        }

        await ReloadAsync();
    }
}
