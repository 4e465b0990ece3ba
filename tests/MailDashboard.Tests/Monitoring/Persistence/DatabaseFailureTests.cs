using System.Net.Sockets;
using MailDashboard.Monitoring.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace MailDashboard.Tests.Monitoring.Persistence;

public sealed class DatabaseFailureTests
{
    public static TheoryData<Exception, DatabaseFault, bool> Failures => new()
    {
        { new InvalidOperationException("transient", new NpgsqlException("Failed to connect", new SocketException((int)SocketError.ConnectionRefused))), DatabaseFault.Away, true },
        { new DbUpdateException("saving", new SqliteException("full", 13)), DatabaseFault.Full, false },
        { new SqliteException("read only", 8), DatabaseFault.ReadOnly, false },
        { new DbUpdateException("saving", new PostgresException("full", "ERROR", "ERROR", "53100")), DatabaseFault.Full, true },
        { new SqliteException("corrupt", 11), DatabaseFault.Away, false },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void FaultOf_NamesWhatPeopleCanMend(Exception failure, DatabaseFault fault, bool mayPass)
    {
        Assert.True(DatabaseFailure.Is(failure));
        Assert.Equal(fault, DatabaseFailure.FaultOf(failure));
        Assert.Equal(mayPass, DatabaseFailure.MayPass(failure));
    }
}
