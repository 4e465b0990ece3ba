using System.Net;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Tests.Fakes;

/// <summary>Says of port 25 what the test wants.</summary>
public sealed class FakePort25 : IPort25Vantage
{
    public bool IsProven { get; init; } = true;

    public bool IsProbablyBlocked { get; init; }

    public void Record(IPAddress address, ConnectStatus status, DateTimeOffset at)
    {
    }
}
