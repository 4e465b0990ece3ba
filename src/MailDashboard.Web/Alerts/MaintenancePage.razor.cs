using System.Globalization;
using MailDashboard.Monitoring.Alerting.Maintenance;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Account;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace MailDashboard.Web.Alerts;

/// <summary>Work that was announced: what fails meanwhile is told when it is over and still there.</summary>
public sealed partial class MaintenancePage
{
    private IReadOnlyList<MaintenanceWindow>? _windows;
    private IReadOnlyList<string> _problems = [];
    private string _reason = "";
    private DateTime? _start;
    private DateOnly? _until;
    private int _minutes = 120;
    private int _days;
    private string _tags = "";
    private string _domains = "";
    private bool _busy;

    [Inject]
    private MaintenanceStore Store { get; set; } = default!;

    [Inject]
    private Authorizer Authorizer { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    private string? Answer => _windows is null ? null
        : _windows.Count(IsRunning) is var running and > 0 ? L.Count("Maintenance.Answer.Running", running)
        : _windows.Select(w => MaintenanceCalendar.NextStart(w, Time.GetUtcNow())).Min() is { } next ? L["Maintenance.Answer.Next", Clock.Format(next)]
        : L["Maintenance.Answer.None"];

    protected override async Task LoadAsync(CancellationToken cancellationToken) => _windows = MaintenanceCalendar.InOrder(await Store.ListAsync(cancellationToken), Time.GetUtcNow());

    private static string DayName(int monday) => CultureInfo.CurrentCulture.DateTimeFormat.GetAbbreviatedDayName((DayOfWeek)((monday + 1) % 7));

    private static string[] Words(string text, params char[] separators) => text.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private bool IsRunning(MaintenanceWindow window) => MaintenanceCalendar.EndOfCurrent(window, Time.GetUtcNow()) is not null;

    private string When(MaintenanceWindow window)
    {
        var start = Clock.Format(window.StartsAt);
        if (window.WeekDays == 0)
        {
            return L["Maintenance.Once", start, window.Minutes];
        }

        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(window.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        var days = window.WeekDays == 127 ? L["Maintenance.EveryDay"].Value : string.Join(", ", Enumerable.Range(0, 7).Where(i => (window.WeekDays & (1 << i)) != 0).Select(DayName));
        return L["Maintenance.Repeats", days, TimeZoneInfo.ConvertTime(window.StartsAt, zone).ToString("HH:mm", CultureInfo.InvariantCulture), window.Minutes, window.TimeZone];
    }

    private string What(MaintenanceWindow window) => window.Tags.Count + window.Domains.Count == 0
        ? L["Maintenance.Everything"]
        : L.Some("Says.More", window.Tags.Select(t => L["Says.Tag", t].Value).Concat(window.Domains));

    private string State(MaintenanceWindow window)
    {
        var now = Time.GetUtcNow();
        return MaintenanceCalendar.EndOfCurrent(window, now) is { } end ? L["Maintenance.Running", Clock.Format(end)]
            : MaintenanceCalendar.NextStart(window, now) is { } next ? L["Maintenance.Next", Clock.Format(next)]
            : window.StartsAt > now ? L["Maintenance.Next", Clock.Format(window.StartsAt)]
            : L["Maintenance.Over"];
    }

    private Task AddAsync() => DoAsync(async by =>
    {
        if (_start is not { } start)
        {
            _problems = [L["Maintenance.Fault.NoStart"]];
            return;
        }

        var draft = new MaintenanceDraft(
            _reason, ToUtc(start), _minutes, _days, Clock.Zone.Id, _days == 0 ? null : _until is { } day ? ToUtc(day.ToDateTime(new TimeOnly(23, 59))) : null,
            Words(_tags, '\n', ','), Words(_domains, '\n', ',', ' ', ';'));
        _problems = [.. (await Store.AddAsync(draft, by, CancellationToken.None)).Select(p => L[$"Maintenance.Fault.{p.Fault}", p.Value].Value)];
        if (_problems.Count == 0)
        {
            (_reason, _start, _until, _days, _tags, _domains) = ("", null, null, 0, "", "");
            Snackbar.Add(L["Maintenance.Added"], MudBlazor.Severity.Success);
        }
    });

    private async Task DeleteAsync(MaintenanceWindow window)
    {
        if (await Dialogs.ConfirmAsync(L["Maintenance.Remove.Title", window.Reason], L["Maintenance.Remove.Text"], L["Maintenance.Remove"]))
        {
            await DoAsync(_ => Store.DeleteAsync(window.Id, CancellationToken.None));
        }
    }

    private DateTimeOffset ToUtc(DateTime wall)
    {
        var time = DateTime.SpecifyKind(wall, DateTimeKind.Unspecified);
        return new DateTimeOffset(time, Clock.Zone.GetUtcOffset(time)).ToUniversalTime();
    }

    private async Task DoAsync(Func<string, Task> action)
    {
        (_busy, _problems) = (true, []);
        try
        {
            await Authorizer.DemandAsync(Policies.Operate);
            await action(await Authorizer.UserNameAsync());
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            _problems = [L["Change.Database", Failures.Say(e)]];
        }
        finally
        {
            _busy = false;
        }
    }
}
