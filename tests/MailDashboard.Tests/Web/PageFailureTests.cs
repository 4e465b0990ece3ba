using Bunit;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Web.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace MailDashboard.Tests.Web;

public sealed class PageFailureTests : PageTest
{
    public PageFailureTests()
    {
        Services.AddSingleton<IDbContextFactory<DashboardContext>>(new NoContexts());
        SetRendererInfo(new RendererInfo("Static", isInteractive: false));
    }

    public static TheoryData<Exception, string, bool> Failures => new()
    {
        { new NpgsqlException("Failed to connect", new TimeoutException()), "The database does not answer", true },
        { new SqliteException("corrupt", 11), "The database cannot be read", false },
        { new InvalidOperationException("a mistake of ours"), "Something went wrong here", false },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Page_Failed_PromisesToComeBackOnlyWhereItDoes(Exception failure, string title, bool comesBack)
    {
        var page = Render<PageFailure>(p => p.Add(f => f.Exception, failure));

        Assert.Equal(title, page.Find("h1").TextContent);
        Assert.Equal(comesBack, page.Markup.Contains("comes back by itself", StringComparison.Ordinal));
        Assert.DoesNotContain(failure.Message, page.Markup, StringComparison.Ordinal);
    }

    /// <summary>Nothing is asked of the database by a page that nobody can press a button on.</summary>
    private sealed class NoContexts : IDbContextFactory<DashboardContext>
    {
        public DashboardContext CreateDbContext() => throw new NotSupportedException();
    }
}
