using System.Globalization;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Reports;
using MailDashboard.Web.Hosting;
using MailDashboard.Web.Layout;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Reports;

/// <summary>Who gets which report by e-mail, when, and in which language.</summary>
public sealed partial class SubscriptionsPage
{
    private static readonly ReportKind[] Kinds = [ReportKind.Monthly, ReportKind.Weekly, ReportKind.Digest];
    private static readonly IReadOnlyList<string> Zones =
        ["UTC", .. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Where(id => id.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private IReadOnlyList<ReportSubscription>? _subscriptions;
    private IReadOnlyList<(string Tag, int Count)> _tags = [];
    private bool _hasProfile;
    private ReportKind _kind = ReportKind.Monthly;
    private string _address = "";
    private string _language = Languages.Current;
    private string _tag = "";
    private int _hour = 7;
    private string _zone = "UTC";

    [Inject]
    private SubscriptionStore Store { get; set; } = default!;

    [Inject]
    private DomainCatalogue Domains { get; set; } = default!;

    [Inject]
    private ProfileStore Profiles { get; set; } = default!;

    [Inject]
    private ReaderClock Reader { get; set; } = default!;

    private string? Answer => _subscriptions?.Count(s => s.IsEnabled) switch
    {
        null => null,
        0 => R["Mails.Answer.None"],
        var count => R.Count("Mails.Answer", count.Value),
    };

    protected override async Task OnInitializedAsync()
    {
        _zone = Zones.Contains(Reader.Zone.Id) ? Reader.Zone.Id : "UTC";
        _hasProfile = await Profiles.GetForNoticesAsync(Gone) is not null;
        _tags = await Domains.TagsAsync(Gone);
        await LoadAsync();
    }

    private async Task LoadAsync() => _subscriptions = await Store.ListAsync(Gone);

    private Task AddAsync() => ChangeAsync(async () =>
    {
        if (Take(await Store.AddAsync(new SubscriptionDraft(_kind, _address, _language, _tag, _hour, _zone), Gone)))
        {
            _address = "";
        }

        await LoadAsync();
    });

    private Task EnableAsync(ReportSubscription row, bool isEnabled) => ChangeAsync(async () =>
    {
        Take(await Store.SetEnabledAsync(row.Id, isEnabled, Gone));
        await LoadAsync();
    });

    /// <summary>To whoever clicks, not to the reader: it is a look, and the next regular one comes all the same.</summary>
    private Task SendNowAsync(ReportSubscription row) => ChangeAsync(async () =>
    {
        var own = await Authorizer.UserNameAsync();
        var result = await Store.SendNowAsync(row.Id, own, Gone);
        if (result == SubscriptionChange.Done)
        {
            Say(R["Mails.Sent", own]);
        }
        else
        {
            Failure = R[$"Mails.{result}"];
        }
    });

    private async Task RemoveAsync(ReportSubscription row)
    {
        if (await Dialogs.ConfirmAsync(R["Mails.Remove.Title", row.Address], R["Mails.Remove.Text"], R["Mails.Remove"]))
        {
            await ChangeAsync(async () =>
            {
                await Store.DeleteAsync(row.Id, Gone);
                await LoadAsync();
            });
        }
    }

    private bool Take(SubscriptionChange result)
    {
        if (result == SubscriptionChange.Done)
        {
            Say(R["Mails.Done"]);
            return true;
        }

        var field = result switch
        {
            SubscriptionChange.NotATimeZone => "TimeZone",
            SubscriptionChange.NotAnHour => "Hour",
            SubscriptionChange.TooLong => "Tag",
            _ => "Address",
        };
        Errors[field] = R[$"Mails.{result}"];
        return false;
    }

    private static string Clock(int hour) => new TimeOnly(hour, 0).ToString("HH:mm", CultureInfo.InvariantCulture);
}
