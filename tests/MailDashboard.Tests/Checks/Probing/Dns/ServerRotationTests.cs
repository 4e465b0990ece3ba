using System.Net;
using MailDashboard.Checks.Probing.Dns;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.Tests.Checks.Probing.Dns;

public sealed class ServerRotationTests
{
    private static readonly IPEndPoint First = IPEndPoint.Parse("192.0.2.1:53");
    private static readonly IPEndPoint Second = IPEndPoint.Parse("192.0.2.2:53");

    private readonly FakeTimeProvider _time = new();
    private readonly ServerRotation _rotation;

    public ServerRotationTests() => _rotation = new ServerRotation([First, Second], _time);

    [Fact]
    public void InOrder_AtFirst_IsAsConfigured()
    {
        Assert.Equal([First, Second], _rotation.InOrder());
    }

    [Fact]
    public void InOrder_SilentThreeTimes_GoesToTheEndAndComesBack()
    {
        Silent(First, 3);
        Assert.Equal([Second, First], _rotation.InOrder());

        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal([First, Second], _rotation.InOrder());
    }

    [Fact]
    public void InOrder_AnswerBetweenSilences_KeepsItsPlace()
    {
        Silent(First, 2);
        _rotation.Report(First, answered: true);
        Silent(First, 2);

        Assert.Equal([First, Second], _rotation.InOrder());
    }

    [Fact]
    public void InOrder_AllSilent_StillNamesThemAll()
    {
        Silent(First, 3);
        Silent(Second, 3);

        Assert.Equal([First, Second], _rotation.InOrder());
    }

    private void Silent(IPEndPoint server, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _rotation.Report(server, answered: false);
        }
    }
}
