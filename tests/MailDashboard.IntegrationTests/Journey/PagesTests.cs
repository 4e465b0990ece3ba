using System.Collections.Concurrent;
using MailDashboard.IntegrationTests.Servers;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Journey;

/// <summary>Every page, on a desk in English and on a telephone in French.</summary>
public sealed class PagesTests(Browser browser)
{
    private const string ToolboxHeader =
        "Received: from a.example.org (a.example.org [192.0.2.10])\n by mx.receiver.example with ESMTPS id 1 (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384); Tue, 24 Nov 2026 10:20:08 +0000\nAuthentication-Results: mx.receiver.example; spf=pass smtp.mailfrom=b.example.org; dkim=fail header.d=example.org\nDKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=s1; h=from; bh=x; b=y\nFrom: Ada <ada@a.example.org>\nSubject: A rather long subject that has to find its place on a telephone too\nDate: Tue, 24 Nov 2026 10:00:05 +0000\nList-Unsubscribe: <https://example.org/a-rather-long-address-of-unsubscription/0123456789012345678901234567890123456789>";

    private static readonly BrowserOptions Telephone = new() { Locale = "fr-FR", Width = 390, Height = 844 };

    private static readonly (string Name, string Path)[] Pages =
    [
        ("overview", ""),
        ("domains", "domains"),
        ("domain", "domains/1"),
        ("domain-records", "domains/1?tab=records"),
        ("domain-details", "domains/1?tab=details"),
        ("domain-history", "domains/1?tab=history"),
        ("domain-transcript", "domains/1?tab=transcript"),
        ("domain-edit", "domains/1/edit"),
        ("domain-add", "domains/add"),
        ("domain-compliance", "domains/1/compliance"),
        ("compliance", "compliance"),
        ("blocklists", "blocklists"),
        ("alerts", "alerts"),
        ("alert", "alerts/1"),
        ("toolbox", "toolbox"),
        ("toolbox-domain", $"toolbox?q={JourneyWorld.Domain}"),
        ("toolbox-address", "toolbox?q=127.0.1.60"),
        ("toolbox-spf", $"toolbox?q=ada%40{JourneyWorld.Domain}&tool=spf&ip=192.0.2.7"),
        ("toolbox-draft", "toolbox?q=v%3Dspf1%20frob%20-all"),
        ("toolbox-reply", "toolbox?q=550-5.7.26%20Unauthenticated%20email%20is%20not%20accepted%20-%20gsmtp"),
        ("toolbox-header", new MailDashboard.Web.Toolbox.ToolboxRequest(ToolboxHeader).ToUri()!),
        ("settings-general", "settings/general"),
        ("profiles", "profiles"),
        ("profile", "profiles/1"),
        ("profile-add", "profiles/add"),
        ("settings-channels", "settings/channels"),
        ("settings-channel", "settings/recipients"),
        ("settings-channel-webhook", "settings/channels/add?kind=Webhook"),
        ("settings-channel-teams", "settings/channels/add?kind=Teams"),
        ("settings-resolver", "settings/resolver"),
        ("settings-blocklists", "settings/blocklists"),
        ("settings-people", "settings/people"),
        ("settings-about", "settings/about"),
        ("account", "account"),
        ("not-found", "nowhere"),
    ];

    private static readonly string[] DarkPages = ["overview", "domains", "domain", "compliance", "domain-compliance", "blocklists", "alert", "toolbox", "toolbox-domain", "toolbox-header", "profiles", "profile", "settings-channels", "settings-channel", "settings-channel-webhook", "account"];

    private readonly ConcurrentQueue<(string Page, string Problem)> problems = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_EnglishOnADeskAndFrenchOnATelephone_AreAccessibleCompleteAndFit()
    {
        await using var world = await JourneyWorld.StartAsync(Token);
        await using var dashboard = await DashboardProcess.StartAsync(world, connection: null, Token);
        await using var desk = await browser.OpenAsync(new() { ExpectedErrors = ["404"] });
        await using var telephone = await browser.OpenAsync(Telephone with { ExpectedErrors = ["404"] });
        await BothAsync(desk, telephone, dashboard, "setup", "setup");

        var ada = new Administrator(desk.Page, dashboard);
        await PrepareAsync(ada, world);
        await using (var stranger = await browser.OpenAsync())
        {
            await LookAsync(stranger, dashboard, "sign-in-en", "sign-in");
            await LookAsync(stranger, dashboard, "forgot-password-en", "forgot-password");
        }

        await LookAsync(telephone, dashboard, "forgot-password-fr", "forgot-password");
        await LookAsync(telephone, dashboard, "sign-in-fr", "sign-in");
        await FrenchReader.SignInAsync(telephone.Page, dashboard);
        foreach (var (name, path) in Pages)
        {
            await BothAsync(desk, telephone, dashboard, name, path);
        }

        await desk.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        foreach (var (name, path) in Pages.Where(p => DarkPages.Contains(p.Name)))
        {
            await LookAsync(desk, dashboard, $"{name}-dark", path);
        }

        Assert.True(problems.IsEmpty, string.Join('\n', problems.GroupBy(p => p.Problem, p => p.Page).Select(g => $"{g.Key} (on {string.Join(", ", g)})")));
    }

    /// <summary>A domain with a fault, and a listing that people were told of.</summary>
    private static async Task PrepareAsync(Administrator ada, JourneyWorld world)
    {
        await ada.SetUpAsync();
        await ada.SetUpSendingAsync(world, "postmaster@office.example");
        await ada.AddDomainAsync(world);
        await Assertions.Expect(ada.Finding("DMARC001")).ToBeVisibleAsync();
        await world.ListAsync(Token);
        await ada.CheckNowAsync();
        await world.Recipient.Mailbox.WaitForAsync(2, cancellationToken: Token);
    }

    private Task BothAsync(BrowserSession desk, BrowserSession telephone, DashboardProcess dashboard, string name, string path) =>
        Task.WhenAll(LookAsync(desk, dashboard, $"{name}-en", path), LookAsync(telephone, dashboard, $"{name}-fr", path));

    private async Task LookAsync(BrowserSession session, DashboardProcess dashboard, string name, string path)
    {
        await session.Page.GotoAsync($"{dashboard.Url}{path}");
        foreach (var problem in await session.InspectAsync(name))
        {
            problems.Enqueue((name, problem));
        }
    }
}
