using System.Collections;
using System.Data.Common;
using System.IO.Compression;
using System.Text;
using MailDashboard.IntegrationTests.Servers;
using MailDashboard.Monitoring.MessageTests;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Portfolio;
using MailDashboard.Monitoring.Reports;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Web.Secrets;

/// <summary>Where a secret could have got to, as text.</summary>
internal static class SecretPlaces
{
    /// <summary>Routes that hand out nothing: they lead elsewhere.</summary>
    private static readonly string[] Redirects = ["/profiles/connect", "/profiles/connected"];

    private static readonly string[] SettingsFiles = ["config-v1.1.xml", "autodiscover.xml", "srv.zone", "apple.mobileconfig"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Every column of every table, what is compressed unpacked.</summary>
    public static async Task<List<(string Where, string Text)>> ColumnsAsync(SecretWorld world)
    {
        await using var db = await world.Get<IDbContextFactory<DashboardContext>>().CreateDbContextAsync(Token);
        var connection = db.Database.GetDbConnection();
        await connection.OpenAsync(Token);
        var tables = db.Database.IsNpgsql()
            ? "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            : "SELECT name FROM sqlite_master WHERE type = 'table'";
        var values = new List<(string, string)>();
        foreach (var (_, table) in await ReadAsync(connection, tables))
        {
            values.AddRange((await ReadAsync(connection, $"SELECT * FROM \"{table}\"")).Select(v => ($"column {table}.{v.Column}", v.Text)));
        }

        return values;
    }

    /// <summary>Every page there is, what its fields hold included.</summary>
    public static async Task<List<(string Where, string Text)>> PagesAsync(SecretWorld world, IPage page)
    {
        var pages = new List<(string, string)>();
        foreach (var path in SiteMap.Of().Concat(world.Profiles.Select(id => $"profiles/{id}")).Append("settings/mailboxes/2").Append("settings/channels/2").Append("settings/channels/3").Distinct())
        {
            await page.GotoAsync($"{world.Host.Url}{path}");
            await Assertions.Expect(page.Locator("h1").First).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("main [aria-busy='true'], main .skeleton, main .list-skeleton")).ToHaveCountAsync(0);
            var values = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('input, textarea')].map(e => e.value)");
            pages.Add(($"page {path}", await page.ContentAsync() + string.Join('\n', values)));
        }

        return pages;
    }

    /// <summary>Whatever else can be fetched, from the program's own list of routes: none of them may be left out for want of an answer.</summary>
    public static async Task<List<(string Where, string Text)>> FilesAsync(SecretWorld world, HttpClient administrator)
    {
        var period = ReportPeriod.Of(PeriodKind.ThisMonth, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        var report = await world.Get<ReportLinks>().CreateAsync(period, "", "en", 7, "admin", Token);
        var message = (await world.Get<MessageTestLinks>().CreateAsync(1, 7, Token))!;
        var files = new List<(string, string)>();
        foreach (var route in WebRoutes.Of(world.Host).Where(r => r.Metadata.GetMetadata<ComponentTypeMetadata>() is null && WebRoutes.MethodsOf(r).Contains("GET")))
        {
            var path = WebRoutes.Path(route);
            if (WebRoutes.Framework.Contains(path) || Redirects.Contains(path))
            {
                continue;
            }

            string[] names = path.Contains("/autoconfig/", StringComparison.Ordinal) ? SettingsFiles : [""];
            foreach (var name in names)
            {
                var address = WebRoutes.Concrete(route.RoutePattern, p => p switch { "token" => path.Contains("report", StringComparison.Ordinal) ? report : message, "file" => name, _ => null });
                using var response = await administrator.GetAsync(new Uri(address, UriKind.Relative), Token);
                var body = await response.Content.ReadAsByteArrayAsync(Token);
                Assert.True(response.IsSuccessStatusCode && body.Length > 0, $"{address}: {response.StatusCode}");
                files.Add(($"file {address}", response.Content.Headers.ContentType?.MediaType == "application/pdf" ? await PdfAsync(body) : Encoding.UTF8.GetString(body)));
                files.Add(($"headers of {address}", response.Headers.ToString()));
            }
        }

        Assert.Contains(files, f => f.Item2.Contains("harbour.example", StringComparison.Ordinal));
        return files;
    }

    private static async Task<string> PdfAsync(byte[] body)
    {
        using var folder = new ServerFolder("pdf");
        await File.WriteAllBytesAsync(folder["report.pdf"], body, Token);
        return await Shell.RunAsync(["pdftotext", folder["report.pdf"], "-"], Token);
    }

    private static async Task<List<(string Column, string Text)>> ReadAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Token);
        var values = new List<(string, string)>();
        while (await reader.ReadAsync(Token))
        {
            values.AddRange(Enumerable.Range(0, reader.FieldCount).Select(i => (reader.GetName(i), Text(reader.GetValue(i)))));
        }

        return values;
    }

    private static string Text(object value) => value switch
    {
        byte[] bytes => Encoding.Latin1.GetString(bytes) + Unpacked(bytes),
        string text => text,
        IEnumerable list => string.Join('\n', list.Cast<object>()),
        _ => value.ToString() ?? "",
    };

    private static string Unpacked(byte[] bytes)
    {
        try
        {
            using var plain = new MemoryStream();
            using var brotli = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
            brotli.CopyTo(plain);
            return Encoding.UTF8.GetString(plain.ToArray());
        }
        catch (InvalidDataException)
        {
            return "";
        }
    }
}
