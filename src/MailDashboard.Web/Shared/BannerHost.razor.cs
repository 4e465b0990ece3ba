using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Scheduling;
using MailDashboard.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Shared;

/// <summary>Asks how sending and checking stand: at the beginning, when something changed, and now and then.</summary>
public sealed partial class BannerHost
{
    private static readonly TimeSpan NowAndThen = TimeSpan.FromMinutes(1);

    private IReadOnlyList<ShownBanner> _banners = [];

    [Inject]
    private OutboxStatus Outbox { get; set; } = default!;

    [Inject]
    private SchedulerStatus Scheduler { get; set; } = default!;

    [Inject]
    private ReaderClock Clock { get; set; } = default!;

    protected override void OnInitialized() => _ = WatchAsync(Left);

    /// <summary>Settings and the outbox concern everybody; a single domain does not concern the banners.</summary>
    protected override bool Concerns(DashboardChange change) => change.DomainId is null;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var facts = BannerFact.Of(await Outbox.GetAsync(cancellationToken), await Scheduler.GetAsync(cancellationToken));
            _banners = [.. facts.Select(f => new ShownBanner(f.Key, f.Tone, f.Icon, f.Href, L[f.Key, f.Since is { } since ? Clock.Format(since) : "", f.Name]))];
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            // What is shown stays: a database that is away says so on the page itself.
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        // An outbox that has failed for an hour announces nothing: only time makes it so.
        using var timer = new PeriodicTimer(NowAndThen, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await InvokeAsync(ReloadAsync);
                await InvokeAsync(StateHasChanged);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The person went elsewhere.
        }
    }

    private sealed record ShownBanner(string Key, string Tone, string Icon, string Href, string Text);
}
