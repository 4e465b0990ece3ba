using System.Data.Common;
using MailDashboard.Monitoring.Persistence.Entities;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>Remembers when the transaction was committed that first wrote an alert about something, as the database says so.</summary>
internal sealed class CommitClock(string about) : DbTransactionInterceptor
{
    /// <summary>Null until then.</summary>
    public DateTimeOffset? CommittedAt { get; private set; }

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Note(eventData);

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Note(eventData);
        return Task.CompletedTask;
    }

    private void Note(TransactionEndEventData eventData)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (eventData.Context?.ChangeTracker.Entries<Alert>().Any(e => e.Entity.SubjectKey.Contains(about, StringComparison.Ordinal)) == true)
        {
            CommittedAt ??= now;
        }
    }
}
