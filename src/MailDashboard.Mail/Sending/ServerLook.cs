namespace MailDashboard.Mail.Sending;

/// <summary>What a connection to a submission server showed, without a message.</summary>
/// <param name="Result">How it ended; accepted where we were let in.</param>
/// <param name="Latency">From the first question to DNS to the answer after signing in; null where it did not come so far.</param>
/// <param name="CertificateName">The subject's name; null without encryption. Hostile text, one line.</param>
/// <param name="CertificateEndsAt">The certificate is of no use after that.</param>
/// <param name="Protocol">The version of TLS, such as <c>Tls13</c>.</param>
public sealed record ServerLook(SendResult Result, TimeSpan? Latency, string? CertificateName, DateTimeOffset? CertificateEndsAt, string? Protocol);
