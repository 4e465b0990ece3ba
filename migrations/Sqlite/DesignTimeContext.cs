using MailDashboard.Monitoring.Persistence;
using Microsoft.EntityFrameworkCore.Design;

namespace MailDashboard.Migrations.Sqlite;

/// <summary>The context as <c>dotnet ef</c> makes it; the database is never opened.</summary>
public sealed class DesignTimeContext : IDesignTimeDbContextFactory<DashboardContext>
{
    public DashboardContext CreateDbContext(string[] args) => DatabaseChoice.Sqlite("design.db").CreateForTools();
}
