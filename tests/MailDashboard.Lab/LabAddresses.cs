using System.Net;

namespace MailDashboard.Lab;

/// <summary>Where everything of the lab listens. Fixed, so that a dashboard set up yesterday still finds it.</summary>
public static class LabAddresses
{
    public static IPEndPoint Resolver { get; } = new(IPAddress.Loopback, 5300);

    public static IPEndPoint Authority { get; } = new(IPAddress.Loopback, 5301);

    public static IPEndPoint Blocklists { get; } = new(IPAddress.Loopback, 5302);

    public static IPEndPoint SlowAuthority { get; } = new(IPAddress.Loopback, 5303);

    /// <summary>Takes one-line orders: list, delist, mail.</summary>
    public static IPEndPoint Control { get; } = new(IPAddress.Loopback, 5304);

    /// <summary>Takes alert e-mail from anybody; offers STARTTLS.</summary>
    public static IPEndPoint Recipient { get; } = new(IPAddress.Loopback, 5325);

    /// <summary>Takes alert e-mail after STARTTLS and a password.</summary>
    public static IPEndPoint Submission { get; } = new(IPAddress.Loopback, 5587);

    public static NetworkCredential Login { get; } = new("dashboard", "lab-password");

    /// <summary>A mail exchanger's address, 127.0.1.<paramref name="last"/>.</summary>
    public static IPEndPoint Exchanger(int last) => new(IPAddress.Parse($"127.0.1.{last}"), 25);
}
