using System.Security.Cryptography;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Web.Account;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Web.Layout;

/// <summary>Stands in for a page that failed. What happened is in the log under the reference that the reader sees.</summary>
public sealed partial class PageFailure : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _gone = new();
    private readonly string _reference = RandomNumberGenerator.GetHexString(8, lowercase: true);

    [Parameter, EditorRequired]
    public Exception Exception { get; set; } = default!;

    [Parameter]
    public EventCallback OnRetry { get; set; }

    [Inject]
    private IDbContextFactory<DashboardContext> Contexts { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    private bool NotAllowed => Exception is NotAllowedException;

    private bool IsDatabase => DatabaseFailure.Is(Exception);

    private bool ComesBack => DatabaseFailure.MayPass(Exception);

    private string Title => NotAllowed ? L["Denied.Title"] : IsDatabase ? L[ComesBack ? "DatabaseAway.Title" : "DatabaseFailed.Title"] : L["Failure.Title"];

    private string Answer => NotAllowed ? L["Denied.Answer"] : IsDatabase ? L[ComesBack ? "DatabaseAway.Answer" : "DatabaseFailed.Answer"] : L["PageFailure.Answer"];

    private string What => NotAllowed ? L["Denied.What"] : IsDatabase ? L["DatabaseAway.What"] : L["PageFailure.What"];

    protected override void OnInitialized()
    {
        if (!NotAllowed)
        {
            LogFailure(Log, _reference, Exception);
        }

        if (RendererInfo.IsInteractive && ComesBack)
        {
            _ = InvokeAsync(RetryWhenBackAsync);
        }
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <summary>The page comes back by itself with the database.</summary>
    private async Task RetryWhenBackAsync()
    {
        try
        {
            do
            {
                await Task.Delay(Pause, Time, _gone.Token);
            }
            while (!await AnswersAsync());

            await OnRetry.InvokeAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The person went elsewhere.
        }
    }

    private async Task<bool> AnswersAsync()
    {
        await using var db = await Contexts.CreateDbContextAsync(_gone.Token);
        return await db.Database.CanConnectAsync(_gone.Token);
    }

    [LoggerMessage(200, LogLevel.Error, "A page failed (reference {Reference})")]
    private static partial void LogFailure(ILogger log, string reference, Exception exception);
}
