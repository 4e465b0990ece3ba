using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.SigningIn;

namespace MailDashboard.Mail.Sending;

/// <summary>Where and how a message is handed in.</summary>
/// <param name="Host">Host name or address of the submission server.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Security">Encryption.</param>
/// <param name="SignIn">Who we are there.</param>
/// <param name="SenderAddress">The sender, in the envelope and in From.</param>
/// <param name="SenderName">Display name in From.</param>
public sealed record SubmissionSettings(
    string Host,
    int Port,
    ServerSecurity Security,
    SignIn SignIn,
    string SenderAddress,
    string? SenderName)
{
    /// <summary>Without anything secret.</summary>
    public override string ToString() => $"{Host}:{Port} {Security}";
}
