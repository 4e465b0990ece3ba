using MailDashboard.Monitoring.Reports;
using MailDashboard.Monitoring.Settings;
using MailDashboard.Web.Account;
using MailDashboard.Web.Hosting;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;
using ReportLink = MailDashboard.Monitoring.Persistence.Entities.ReportLink;

namespace MailDashboard.Web.Reports;

/// <summary>Makes links to the report that was looked at, and ends them. A link is shown once: only its hash is kept.</summary>
public sealed partial class SharePage
{
    private static readonly int[] Offered = [1, 7, 14, 30, 90];

    private IReadOnlyList<ReportLink>? _links;
    private ReportAddress _asked = default!;
    private string _query = "";
    private string? _made;
    private int _days = 14;
    private string _language = Languages.Current;

    protected override string Policy => Policies.Operate;

    [Inject]
    private ReportLinks Links { get; set; } = default!;

    [Inject]
    private SettingsStore Settings { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        var address = new Uri(Navigation.Uri);
        _asked = ReportAddress.Of(address);
        _query = address.Query;
        _links = await Links.ListAsync(Gone);
    }

    private Task CreateAsync() => ChangeAsync(async () =>
    {
        var token = await Links.CreateAsync(_asked.PeriodAt(Time), _asked.TagOrAll, _language, _days, await Authorizer.UserNameAsync(), Gone);
        var root = (await Settings.GetAsync(Gone)).PublicUrl ?? Navigation.BaseUri.TrimEnd('/');
        _made = root + SharedReports.PathOf(token);
        _links = await Links.ListAsync(Gone);
    });

    private async Task RevokeAsync(ReportLink link)
    {
        if (await Dialogs.ConfirmAsync(R["Share.Revoke.Title"], R["Share.Revoke.Text"], R["Share.Revoke"]))
        {
            await ChangeAsync(async () =>
            {
                await Links.RevokeAsync(link.Id, Gone);
                _links = await Links.ListAsync(Gone);
                Say(R["Share.Revoked"]);
            });
        }
    }

    private string Asked()
    {
        var period = _asked.PeriodAt(Time);
        return Which(period.From, period.LastDay, _asked.TagOrAll);
    }

    private bool IsOver(ReportLink link) => link.RevokedAt is not null || link.ExpiresAt <= Time.GetUtcNow();

    private string Which(DateOnly from, DateOnly last, string tag) => tag.Length > 0
        ? R["Share.Which.Tag", ReportWords.Date(from), ReportWords.Date(last), tag]
        : R["Share.Which", ReportWords.Date(from), ReportWords.Date(last)];
}
