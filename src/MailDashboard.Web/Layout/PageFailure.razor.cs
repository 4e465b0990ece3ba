using System.Security.Cryptography;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Web.Account;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Layout;

/// <summary>Stands in for a page that failed. What happened is in the log under the reference that the reader sees.</summary>
public sealed partial class PageFailure
{
    private readonly string _reference = RandomNumberGenerator.GetHexString(8, lowercase: true);

    [Parameter, EditorRequired]
    public Exception Exception { get; set; } = default!;

    [Parameter]
    public EventCallback OnRetry { get; set; }

    private bool NotAllowed => Exception is NotAllowedException;

    private bool DatabaseIsAway => DatabaseFailure.Is(Exception);

    private string Title => NotAllowed ? L["Denied.Title"] : DatabaseIsAway ? L["DatabaseAway.Title"] : L["Failure.Title"];

    private string Answer => NotAllowed ? L["Denied.Answer"] : DatabaseIsAway ? L["DatabaseAway.Answer"] : L["PageFailure.Answer"];

    private string What => NotAllowed ? L["Denied.What"] : DatabaseIsAway ? L["DatabaseAway.What"] : L["PageFailure.What"];

    protected override void OnInitialized()
    {
        if (!NotAllowed)
        {
            LogFailure(Log, _reference, Exception);
        }
    }

    [LoggerMessage(200, LogLevel.Error, "A page failed (reference {Reference})")]
    private static partial void LogFailure(ILogger log, string reference, Exception exception);
}
