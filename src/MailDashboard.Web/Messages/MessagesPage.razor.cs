using System.Globalization;
using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.MessageTests;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Web.Account;
using MailDashboard.Web.Layout;
using MailDashboard.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Messages;

/// <summary>Does my mail arrive, and clean? A new test, and what earlier ones came to.</summary>
public sealed partial class MessagesPage
{
    private const int PageSize = 25;

    private IReadOnlyList<MailboxView> _mailboxes = [];
    private IReadOnlyList<ProfileView> _profiles = [];
    private IReadOnlyList<MessageTestView> _waiting = [];
    private IReadOnlyList<MessageTestView> _tests = [];
    private IReadOnlyList<MessageTestPoint> _points = [];
    private IReadOnlyList<(int Id, string Name)> _domains = [];
    private int _total;
    private int? _profileId;
    private int _mailboxId;
    private bool _isBulk;

    [SupplyParameterFromQuery(Name = "domain")]
    private int? Domain { get; set; }

    [SupplyParameterFromQuery(Name = "profile")]
    private int? Profile { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private int? Number { get; set; }

    [Inject]
    private MessageTestQuery Tests { get; set; } = default!;

    [Inject]
    private MessageTestStore Store { get; set; } = default!;

    [Inject]
    private MailboxStore Mailboxes { get; set; } = default!;

    [Inject]
    private ProfileStore Profiles { get; set; } = default!;

    [Inject]
    private ReaderClock Clock { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private int PageIndex => Math.Max(0, (Number ?? 1) - 1);

    private List<TrendPoint> Trend => [.. _points.Select(p => new TrendPoint(p.At, p.Score))];

    private string? Answer => !IsLoaded ? null
        : _points.Count == 0 ? L["Answer.None"].Value
        : L["Answer.Last", MessageWords.Score(_points[^1].Score), Clock.Format(_points[^1].At)].Value;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var filter = new MessageTestFilter(Domain, Profile);
        await base.LoadAsync(cancellationToken);
        _mailboxes = [.. (await Mailboxes.ListAsync(cancellationToken)).OrderBy(m => m.Addressing == TestAddressing.None)];
        _profiles = await Profiles.ListAsync(cancellationToken);
        _waiting = await Tests.UnderWayAsync(cancellationToken);
        (_tests, _total) = await Tests.ListAsync(filter, PageIndex, PageSize, cancellationToken);
        _points = await Tests.TrendAsync(filter, cancellationToken);
        _domains = await Tests.DomainsAsync(cancellationToken);
        if (_mailboxes.All(m => m.Id != _mailboxId))
        {
            _mailboxId = _mailboxes.Select(m => m.Id).FirstOrDefault();
        }
    }

    private Task StartAsync() => ActAsync(async () =>
    {
        var started = await Store.StartAsync(new MessageTestDraft(_mailboxId, _profileId, _isBulk), await Authorizer.UserNameAsync(), CultureInfo.CurrentUICulture, Left);
        if (started.Id is { } id)
        {
            Navigation.NavigateTo($"messages/{id}");
            return;
        }

        Failure = MessageWords.NotStarted(started, Clock, L);
    });

    private void Filter(int? domain, int? profile) => Navigation.NavigateTo(Address(domain, profile, 0));

    private static string Address(int? domain, int? profile, int page)
    {
        string?[] parts = [domain is null ? null : $"domain={domain}", profile is null ? null : $"profile={profile}", page == 0 ? null : $"page={page + 1}"];
        var query = string.Join('&', parts.OfType<string>());
        return query.Length == 0 ? "messages" : $"messages?{query}";
    }
}
