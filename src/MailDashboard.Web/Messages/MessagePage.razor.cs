using System.Globalization;
using MailDashboard.Mail.Headers;
using MailDashboard.Mail.Messages;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.MessageTests;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Shared;
using MailDashboard.Web.Toolbox;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace MailDashboard.Web.Messages;

/// <summary>One test: its address while it waits, then what the message is worth and why.</summary>
public sealed partial class MessagePage
{
    private MessageTestView? _test;
    private MessageTestResult? _result;
    private HeaderResult? _header;

    /// <summary>Somebody else's HTML is drawn when it is asked for.</summary>
    private bool _showsPreview;

    [Parameter]
    public int Id { get; set; }

    [Inject]
    private MessageTestQuery Tests { get; set; } = default!;

    [Inject]
    private MessageTestStore Store { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Heading => _test is { Status: MessageTestStatus.Judged } test
        ? test.Subject is { Length: > 0 } subject ? subject : L["NoSubject"]
        : L["One.Title"];

    protected override bool Concerns(DashboardChange change) => change.DomainId is null && _test is null or { IsUnderWay: true } or { Status: MessageTestStatus.Judged };

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        await base.LoadAsync(cancellationToken);
        var found = await Tests.FindAsync(Id, cancellationToken);
        (_test, _result) = found is { } there ? (there.Test, there.Result) : (null, null);
        if (_result is null)
        {
            _header = null;
        }
        else if (_header?.Request.Text != _result.Header)
        {
            var analysis = HeaderAnalyzer.Analyze(_result.Header);
            _header = new HeaderResult(new ToolboxRequest(_result.Header)) { Analysis = analysis, Alignment = analysis.Alignment };
        }
    }

    private string Costs(MessageVerdict verdict)
    {
        var costly = verdict.Marks.Where(m => m.Costs).ToList();
        return costly.Count == 0 ? L["Costs.Nothing"]
            : $"{L.Count("Costs.Count", costly.Count)} {L["Costs.Most", MessageTexts.Render(verdict, costly[0], CultureInfo.CurrentUICulture).Title, MessageWords.Points(costly[0].Points)]}";
    }

    private async Task DeleteAsync()
    {
        if (!await Dialogs.ConfirmAsync(L["Remove.Title"], L["Remove.Text"], L["Remove"]))
        {
            return;
        }

        await ActAsync(async () =>
        {
            await Store.DeleteAsync(Id, Left);
            Navigation.NavigateTo("messages");
        });
    }
}
