using MailDashboard.Monitoring.Persistence;
using Microsoft.EntityFrameworkCore.Design;

namespace MailDashboard.Migrations.Postgres;

/// <summary>The context as <c>dotnet ef</c> makes it; the database is never opened.</summary>
public sealed class DesignTimeContext : IDesignTimeDbContextFactory<DashboardContext>
{
    public DashboardContext CreateDbContext(string[] args) => new DatabaseChoice(DatabaseKind.Postgres, "Host=localhost;Database=design").CreateForTools();
}
