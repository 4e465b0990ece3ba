using System.Net;

namespace MailDashboard.IntegrationTests.Servers.Mail;

/// <summary>How an Exim behaves.</summary>
public sealed record EximSettings
{
    /// <summary>Where it listens; a free port of 127.0.0.1 unless told.</summary>
    public IPEndPoint? EndPoint { get; init; }

    /// <summary>Its name in the greeting and in EHLO's answer.</summary>
    public string HostName { get; init; } = "mx.test";

    /// <summary>The whole greeting after the code, where it differs.</summary>
    public string? Banner { get; init; }

    /// <summary>With one it offers STARTTLS.</summary>
    public TestCertificate? Certificate { get; init; }

    /// <summary>Domains it takes mail for; null takes everything, and is an open relay.</summary>
    public IReadOnlyList<string>? Domains { get; init; }

    /// <summary>Statements at the head of the access list for recipients.</summary>
    public string RecipientRules { get; init; } = "";

    /// <summary>More lines of the main section.</summary>
    public string Main { get; init; } = "";
}
