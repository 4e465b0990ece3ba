using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Persistence;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Shared;

/// <summary>
/// A page, or what stands on every page, that reads once, and again when something that concerns it changed. The feed carries no data; many changes in
/// a moment are one reading. What a person is typing lives in fields of the page and is never touched by a reading.
/// </summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _gone = new();
    private IDisposable? _subscription;
    private int _queued;

    [Inject]
    private ChangeFeed Feed { get; set; } = default!;

    [Inject]
    protected ChangeFailures Failures { get; set; } = default!;

    [Inject]
    protected TimeProvider Time { get; set; } = default!;

    /// <summary>Cancelled when the page is left.</summary>
    protected CancellationToken Left => _gone.Token;

    /// <summary>True once the first reading is there: until then the page shows its skeleton.</summary>
    protected bool IsLoaded { get; private set; }

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task LoadAsync(CancellationToken cancellationToken);

    /// <summary>Whether a change concerns this page.</summary>
    protected virtual bool Concerns(DashboardChange change) => true;

    protected override async Task OnParametersSetAsync()
    {
        _subscription ??= Feed.Subscribe(OnChange);
        await ReloadAsync();
    }

    protected async Task ReloadAsync()
    {
        try
        {
            await LoadAsync(Left);
            IsLoaded = true;
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            // The person went elsewhere.
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _subscription?.Dispose();
            _gone.Cancel();
            _gone.Dispose();
        }
    }

    private void OnChange(DashboardChange change)
    {
        if (Concerns(change) && Interlocked.Exchange(ref _queued, 1) == 0)
        {
            _ = InvokeAsync(ReadSoonAsync);
        }
    }

    private async Task ReadLaterAsync()
    {
        try
        {
            await Task.Delay(PauseAfterFailure, Time, Left);
            OnChange(new DashboardChange(null));
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The person went elsewhere.
        }
    }

    private async Task ReadSoonAsync()
    {
        try
        {
            await Task.Delay(Pause, Time, Left);
            Interlocked.Exchange(ref _queued, 0);
            await ReloadAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The person went elsewhere.
        }
        catch (ObjectDisposedException)
        {
            // The same, a moment earlier.
        }
        catch (Exception e) when (IsLoaded && DatabaseFailure.Is(e))
        {
            // What is shown was true a moment ago: it stays, and is read again when the database is back.
            _ = InvokeAsync(ReadLaterAsync);
        }
        catch (Exception e)
        {
            // Shown by the page's error boundary; a retry reads again.
            await DispatchExceptionAsync(e);
        }
    }
}
