using System.Collections.Immutable;
using MailDashboard.Checks.MtaSts;
using MailDashboard.Mail.Publishing;
using MailDashboard.Monitoring.Wizard;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Wizard;

/// <summary>
/// What to publish, and whether it is there. Once asked, it looks again every few seconds until everything is seen or the page is left;
/// what was seen stays seen when one comes back.
/// </summary>
public sealed partial class RecordsStep
{
    /// <summary>Test messages that count where no stage has begun.</summary>
    private static readonly TimeSpan SignsBefore = TimeSpan.FromDays(90);

    private readonly Dictionary<PlannedRecord, RecordSight> _sights = [];
    private RecordsPart _part = new();
    private WizardPlan? _made;
    private ImmutableArray<FileSight> _files = [];
    private DmarcSigns _signs = DmarcSigns.None;
    private bool _isPlanning = true;
    private bool _isLooking;

    [Inject]
    private WizardPlanner Planner { get; set; } = default!;

    [Inject]
    private WizardRecords Records { get; set; } = default!;

    [Inject]
    private WizardSigns Signs { get; set; } = default!;

    [Inject]
    private WizardDomain Domain { get; set; } = default!;

    protected override WizardStep Step => WizardStep.Records;

    private PublishingPlan? Plan => _made?.Publishing;

    private MtaStsWish? Wish => (_part.MtaSts ?? _made?.MtaSts) is { Mode: not MtaStsMode.None } wish ? wish : null;

    private DmarcStage Stage => _made?.Stage ?? DmarcStage.Monitor;

    /// <summary>Since when the planned stage is in force; null where it is not yet.</summary>
    private DateTimeOffset? Since => State.Records is { } records && records.Stage == Stage ? records.StageSince : null;

    private int Count => _made?.Count ?? 0;

    private int SeenCount => _made is { Publishing: var plan } ? plan.Records.Count(WasSeen) + plan.Files.Count(WasSeen) : 0;

    private bool IsAllSeen => _made is not null && SeenCount == Count;

    private string ZoneFile => string.Join('\n', Plan!.Records.Where(r => r.IsOpen).SelectMany(r => RecordFormat.ZoneLines(r)));

    protected override async Task OnInitializedAsync()
    {
        _part = State.Records ?? new RecordsPart { DmarcReports = State.Domain is { Receives: true } ? $"postmaster@{Run.Domain.Ascii}" : null };
        await PlanAsync();
        if (State.Records is { Seen.IsEmpty: false } || Plan is { IsDone: true })
        {
            _ = LookUntilSeenAsync();
        }
    }

    protected override WizardState Collect(WizardState state) => state with
    {
        Records = (state.Records ?? _part) with { DmarcReports = _part.DmarcReports, MtaSts = _part.MtaSts, Planned = Count },
    };

    /// <summary>Where not all is seen, the button looks; the way on is open beside it.</summary>
    protected override async Task<bool> CompleteAsync()
    {
        if (IsAllSeen)
        {
            return true;
        }

        if (_made is null)
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

    private bool WasSeen(PlannedRecord record) => State.Records?.Seen.Any(s => s.Is(record)) == true;

    private bool WasSeen(PlannedFile file) => State.Records?.Seen.Any(s => s.Is(file)) == true;

    private Task ReportToAsync(string? address)
    {
        _part = _part with { DmarcReports = string.IsNullOrWhiteSpace(address) ? null : address.Trim() };
        return PlanAsync();
    }

    private Task EncryptAsync(MtaStsWish wish)
    {
        _part = _part with { MtaSts = wish };
        return PlanAsync();
    }

    /// <summary>Another stage of DMARC: its record is planned, and looked for until it is there.</summary>
    private Task TakeAsync(DmarcStage stage) => ChangeAsync(async () =>
    {
        var isBack = stage < Stage;
        if (await Session.SaveAsync(s => Collect(s) is var now ? now with { Records = now.Records! with { Stage = stage, StageSince = null, IsSteppedBack = isBack } } : s, null, Gone))
        {
            await PlanAsync();
            Announcer.Say(L["Dmarc.Taken", L[$"Dmarc.Stage.{stage}"]]);
            _ = LookUntilSeenAsync();
        }
    });

    /// <summary>From what was said and what DNS has now; the domain learns where the keys are.</summary>
    private async Task PlanAsync()
    {
        _isPlanning = true;
        try
        {
            var state = Collect(State);
            _part = state.Records!;
            _made = await Planner.PlanAsync(Run.Domain.Ascii, state, Gone);
            _sights.Clear();
            _files = [];
            _signs = await Signs.ReadAsync(Run.DomainId, Since ?? Time.GetUtcNow() - SignsBefore, Gone);
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
}
