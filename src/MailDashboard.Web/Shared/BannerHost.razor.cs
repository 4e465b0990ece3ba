using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Scheduling;
using MailDashboard.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Shared;

/// <summary>Asks how sending and checking stand: at the beginning, when something changed, and now and then.</summary>
public sealed partial class BannerHost : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<ShownBanner> _banners = [];
    private IDisposable? _subscription;

    [Inject]
    private OutboxStatus Outbox { get; set; } = default!;

    [Inject]
    private SchedulerStatus Scheduler { get; set; } = default!;

    [Inject]
    private ChangeFeed Feed { get; set; } = default!;

    [Inject]
    private ReaderClock Clock { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    public void Dispose()
    {
        _subscription?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        // Settings and the outbox concern everybody; a single domain does not concern the banners.
        _subscription = Feed.Subscribe(change =>
        {
            if (change.DomainId is null)
            {
                _ = InvokeAsync(RefreshAsync);
            }
        });
        await RefreshAsync();
        _ = WatchAsync(_gone.Token);
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        // An outbox that has failed for an hour announces nothing: only time makes it so.
        using var timer = new PeriodicTimer(Pause, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await InvokeAsync(RefreshAsync);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            var token = _gone.Token;
            var facts = BannerFact.Of(await Outbox.GetAsync(token), await Scheduler.GetAsync(token));
            _banners = [.. facts.Select(f => new ShownBanner(f.Key, f.Tone, f.Icon, f.Href, L[f.Key, f.Since is { } since ? Clock.Format(since) : "", f.Name]))];
            StateHasChanged();
        }
        catch (Exception e) when (DatabaseFailure.Is(e) || e is OperationCanceledException or ObjectDisposedException)
        {
            // What is shown stays: a database that is away says so on the page itself.
        }
    }

    private sealed record ShownBanner(string Key, string Tone, string Icon, string Href, string Text);
}
