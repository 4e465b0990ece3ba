using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.Portfolio;
using MailDashboard.Monitoring.Reports;

namespace MailDashboard.IntegrationTests.Monitoring;

public sealed class ReportLinkTests(SharedPostgres postgres) : DatabaseTest(postgres)
{
    private static readonly ReportPeriod February = ReportPeriod.Of(PeriodKind.LastMonth, new DateOnly(2026, 3, 1));

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Find_OfAToken_WorksUntilItsEnd(string database)
    {
        await using var dashboard = await StartAsync(database);
        var links = dashboard.Get<ReportLinks>();
        var token = await links.CreateAsync(February, "shop", "fr", 7, "admin", Token);

        var found = await links.FindAsync(token, Token);
        Assert.Equal((February.From, February.To, "shop", "fr"), (found!.From, found.To, found.Tag, found.Language));
        Assert.Null(await links.FindAsync(token[..^1], Token));
        Assert.Null(await links.FindAsync(found.TokenHash, Token));
        Assert.Null(await links.FindAsync(new string('x', 100_000), Token));
        var listed = Assert.Single(await links.ListAsync(Token));
        Assert.Equal(dashboard.Time.GetUtcNow(), listed.LastUsedAt);
        Assert.DoesNotContain(token, listed.TokenHash, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(43, token.Length);

        dashboard.Time.Advance(TimeSpan.FromDays(7));
        Assert.Null(await links.FindAsync(token, Token));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Find_OfAWithdrawnToken_IsNothing(string database)
    {
        await using var dashboard = await StartAsync(database);
        var links = dashboard.Get<ReportLinks>();
        var (one, other) = (await links.CreateAsync(February, "", "en", 7, "admin", Token), await links.CreateAsync(February, "", "en", 7, "admin", Token));

        await links.RevokeAsync((await links.FindAsync(one, Token))!.Id, Token);

        Assert.Null(await links.FindAsync(one, Token));
        Assert.NotNull(await links.FindAsync(other, Token));
    }

    [Theory]
    [InlineData("sqlite", -5, 1)]
    [InlineData("sqlite", 10_000, 90)]
    [InlineData("postgres", 10_000, 90)]
    public async Task Create_ForAnyLength_EndsWithinNinetyDays(string database, int asked, int expected)
    {
        await using var dashboard = await StartAsync(database);
        await dashboard.Get<ReportLinks>().CreateAsync(February, "", "en", asked, "admin", Token);

        Assert.Equal(dashboard.Time.GetUtcNow().AddDays(expected), (await dashboard.Get<ReportLinks>().ListAsync(Token)).Single().ExpiresAt);
    }
}
