using MailDashboard.IntegrationTests.Monitoring;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web.Secrets;

/// <summary>Everything that signs in somewhere is stored, used and shown around; then it is looked for everywhere.</summary>
public sealed class SecretSearchTests(Browser browser, SharedPostgres postgres) : DatabaseTest(postgres)
{
    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Secrets_OfEveryKind_AreInNoColumnPageFileConversationNorLog(string database)
    {
        await using var world = await SecretWorld.StartAsync(await ConnectionAsync(database));
        var userId = await world.Host.CreateAsync(WebHost.Email, AppRoles.Administrator);
        using var administrator = world.Host.Connect();
        using var signedIn = await WebHost.SignInAsync(administrator, WebHost.Password);
        await world.FillAsync(administrator, userId);
        await using var session = await browser.OpenAsync(new() { ExpectedErrors = ["Failed to load resource"] });
        await session.SignInAsync(world.Host, WebHost.Email);

        List<(string Where, string Text)> places =
        [
            .. world.Said,
            .. await SecretPlaces.ColumnsAsync(world),
            .. await SecretPlaces.PagesAsync(world, session.Page),
            .. await SecretPlaces.FilesAsync(world, administrator),
        ];
        places.AddRange(await BreakAsync(world, session.Page));
        places.AddRange(world.Log.Lines.Select(l => ("log", l)));

        foreach (var kind in new[] { "column smtp_profiles.user_name", "page profiles/1", "test of profile 1" })
        {
            Assert.Contains(places, p => p.Where == kind && p.Text.Contains(SecretWorld.User, StringComparison.Ordinal) | p.Text.Contains("********", StringComparison.Ordinal));
        }

        Assert.Contains(places, p => p.Where == "log" && p.Text.Contains("smtp_profiles", StringComparison.Ordinal));
        var found = from place in places from secret in world.Secrets where secret.IsIn(place.Text) && !IsHandedOut(secret, place.Where) select $"{secret.Name} in {place.Where}: {place.Text[..Math.Min(200, place.Text.Length)]}";
        Assert.Equal([], found.Distinct().Take(20));
    }

    /// <summary>The step that makes the key shows it until it is saved: that is what it is for.</summary>
    private static bool IsHandedOut(KnownSecret secret, string where) => secret.Name.StartsWith("DKIM key", StringComparison.Ordinal) && where == $"page {SecretWorld.RecordsPage}";

    /// <summary>The table is gone in the moment in which somebody saves: what the page and the exception say of it.</summary>
    private static async Task<List<(string Where, string Text)>> BreakAsync(SecretWorld world, IPage page)
    {
        await page.GotoAsync($"{world.Host.Url}profiles/1");
        await Assertions.Expect(page.Locator("#password")).ToBeVisibleAsync();
        await using (var db = await world.Get<IDbContextFactory<DashboardContext>>().CreateDbContextAsync(Token))
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE smtp_profiles RENAME TO gone", Token);
        }

        var typed = new KnownSecret("password that was not stored", "np-7Hq2-zephyr");
        world.Secrets.Add(typed);
        var draft = Web.Profiles.Relay with { SignInKind = SignInKind.Password, UserName = "a", Password = "np-7Hq2-zephyr" };
        var exception = await Record.ExceptionAsync(() => world.Get<ProfileStore>().SaveAsync(null, draft, Token));
        Assert.NotNull(exception);
        await page.Locator("#password").FillAsync("np-7Hq2-zephyr");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Eventually.TrueAsync("the failure is in the log", () => world.Log.Lines.Any(l => l.Contains("smtp_profiles", StringComparison.Ordinal) && l.Contains("Exception", StringComparison.Ordinal)), cancellationToken: Token);
        return [("exception", exception.ToString()), ("page that failed", await page.ContentAsync())];
    }
}
