using System.Collections.Immutable;
using MailDashboard.Mail.Publishing;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Wizard;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Wizard;

/// <summary>
/// What to publish, and whether it is there. Once asked, it looks again every few seconds until everything is seen or the page is left;
/// what was seen stays seen when one comes back.
/// </summary>
public sealed partial class RecordsStep
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Rounds without anything new after which the person has to ask again.</summary>
    private const int MostIdleRounds = 120;

    private readonly Dictionary<PlannedRecord, RecordSight> _sights = [];
    private RecordsPart _part = new();
    private PublishingPlan? _plan;
    private bool _isPlanning = true;
    private bool _isLooking;

    [Inject]
    private WizardPlanner Planner { get; set; } = default!;

    [Inject]
    private WizardRecords Records { get; set; } = default!;

    [Inject]
    private WizardDomain Domain { get; set; } = default!;

    protected override WizardStep Step => WizardStep.Records;

    private int SeenCount => _plan?.Records.Count(WasSeen) ?? 0;

    private bool IsAllSeen => _plan is { } plan && plan.Records.All(WasSeen);

    private string ZoneFile => string.Join('\n', _plan!.Records.Where(r => r.IsOpen).SelectMany(r => RecordFormat.ZoneLines(r)));

    protected override async Task OnInitializedAsync()
    {
        _part = State.Records ?? new RecordsPart { DmarcReports = State.Domain is { Receives: true } ? $"postmaster@{Run.Domain.Ascii}" : null };
        await PlanAsync();
        if (State.Records is { Seen.IsEmpty: false } || (_plan is { } plan && plan.Records.All(r => r.Action == PlanAction.AlreadyRight)))
        {
            _ = LookUntilSeenAsync();
        }
    }

    protected override WizardState Collect(WizardState state) => state with { Records = (state.Records ?? _part) with { DmarcReports = _part.DmarcReports, Planned = _plan?.Records.Length ?? 0 } };

    /// <summary>Where not all is seen, the button looks; the way on is open beside it.</summary>
    protected override async Task<bool> CompleteAsync()
    {
        if (IsAllSeen)
        {
            return true;
        }

        if (_plan is null)
        {
            await PlanAsync();
        }

        await LookOnceAsync();
        if (!IsAllSeen)
        {
            _ = LookUntilSeenAsync();
        }

        return false;
    }

    private bool WasSeen(PlannedRecord record) =>
        State.Records?.Seen.Any(s => s.Owner == record.Owner && s.Type == record.Type.ToString() && s.Values.SequenceEqual(record.Values)) == true;

    private Task ReportToAsync(string? address)
    {
        _part = _part with { DmarcReports = string.IsNullOrWhiteSpace(address) ? null : address.Trim() };
        return PlanAsync();
    }

    /// <summary>From what was said and what DNS has now; the domain learns where the keys are.</summary>
    private async Task PlanAsync()
    {
        _isPlanning = true;
        try
        {
            var state = Collect(State);
            _part = state.Records!;
            _plan = await Planner.PlanAsync(Run.Domain.Ascii, state, Gone);
            _sights.Clear();
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The person went elsewhere.
        }
        finally
        {
            _isPlanning = false;
        }
    }

    private async Task LookUntilSeenAsync()
    {
        if (_isLooking)
        {
            return;
        }

        _isLooking = true;
        try
        {
            for (var idle = 0; !IsAllSeen && idle < MostIdleRounds; idle++)
            {
                if (_sights.Count > 0)
                {
                    await Task.Delay(Pause, Time, Gone);
                }

                var before = SeenCount;
                await LookOnceAsync();
                idle = SeenCount > before ? 0 : idle;
                StateHasChanged();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The person went elsewhere.
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            Failure = L["Failed", e.Message];
        }
        catch (Exception e)
        {
            // Shown by the page's error boundary.
            await DispatchExceptionAsync(e);
        }
        finally
        {
            _isLooking = false;
        }

        await InvokeAsync(StateHasChanged);
    }

    private async Task LookOnceAsync()
    {
        if (_plan is not { } plan)
        {
            return;
        }

        var progress = new InlineSight(s => _ = InvokeAsync(() =>
        {
            _sights[s.Record] = s;
            StateHasChanged();
        }));
        var sights = await Records.LookAsync(WizardRecords.Of(plan), progress, Gone);
        foreach (var sight in sights)
        {
            _sights[sight.Record] = sight;
        }

        RecordsPart Noted(WizardState state) => Records.Note(Collect(state).Records!, plan, sights);
        var (before, after) = (State.Records?.Seen ?? [], Noted(State));
        var isNew = !before.Select(s => (s.Owner, s.Type)).ToHashSet().SetEquals(after.Seen.Select(s => (s.Owner, s.Type)));
        if ((isNew || State.Records?.Planned != after.Planned) && await Session.SaveAsync(s => s with { Records = Noted(s) }, null, Gone) && isNew)
        {
            Announcer.Say(L["Records.Seen", SeenCount, plan.Records.Length]);
            await PinAsync(sights);
        }
    }

    private async Task PinAsync(ImmutableArray<RecordSight> sights)
    {
        if (await Domain.EnsureAsync(Run.Domain, State, Gone) is DomainChange.Done done)
        {
            await Records.PinAsync(done.Id, Run.Domain.Ascii, sights, await Authorizer.UserNameAsync(), Gone);
        }
    }

    private sealed class InlineSight(Action<RecordSight> tell) : IProgress<RecordSight>
    {
        public void Report(RecordSight value) => tell(value);
    }
}
