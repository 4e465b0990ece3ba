using MailDashboard.Monitoring.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace MailDashboard.Migrations.Sqlite;

/// <summary>The context as <c>dotnet ef</c> makes it; the database is never opened.</summary>
public sealed class DesignTimeContext : IDesignTimeDbContextFactory<DashboardContext>
{
    public DashboardContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<DashboardContext>();
        DatabaseChoice.Sqlite("design.db").Configure(options);
        return new DashboardContext(options.Options);
    }
}
