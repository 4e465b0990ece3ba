using System.Net;

namespace MailDashboard.IntegrationTests.Servers.Mail;

/// <summary>How a Postfix behaves.</summary>
public sealed record PostfixSettings
{
    /// <summary>Where it listens; a free port of 127.0.0.1 unless told. A mail exchanger is <c>127.0.1.x:25</c>.</summary>
    public IPEndPoint? EndPoint { get; init; }

    /// <summary>More addresses at which it is the same server.</summary>
    public IReadOnlyList<IPEndPoint> AlsoAt { get; init; } = [];

    /// <summary>Its name in the greeting and in EHLO's answer.</summary>
    public string HostName { get; init; } = "mx.test";

    /// <summary>With one it offers STARTTLS.</summary>
    public TestCertificate? Certificate { get; init; }

    /// <summary>TLS from the first byte (port 465's way) instead of STARTTLS.</summary>
    public bool ImplicitTls { get; init; }

    /// <summary>User and password: then nobody sends without AUTH PLAIN, which is offered after TLS only.</summary>
    public NetworkCredential? Login { get; init; }

    /// <summary>The mechanisms that it offers where <see cref="Login"/> is set; only PLAIN lets anybody in.</summary>
    public IReadOnlyList<string> Mechanisms { get; init; } = ["PLAIN"];

    /// <summary>Domains it takes mail for; null takes everything.</summary>
    public IReadOnlyList<string>? Domains { get; init; }

    /// <summary>More lines of <c>main.cf</c>; the last word on each parameter.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
}
