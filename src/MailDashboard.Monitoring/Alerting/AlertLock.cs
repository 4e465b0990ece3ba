using MailDashboard.Monitoring.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.Alerting;

/// <summary>Keeps other transactions from alerts that are about to be decided: a recorder, a second look and a round of notices may want the same.</summary>
internal static class AlertLock
{
    /// <summary>Always in the same order, so that nobody waits for each other. SQLite has one writer anyway. What is read afterwards is what stands.</summary>
    public static async Task TakeAsync(DashboardContext db, List<long> ids, CancellationToken cancellationToken)
    {
        if (db.Database.IsNpgsql() && ids.Count > 0)
        {
            await db.Database.ExecuteSqlAsync($"SELECT id FROM alerts WHERE id = ANY({ids.ToArray()}) ORDER BY id FOR UPDATE", cancellationToken);
        }
    }
}
