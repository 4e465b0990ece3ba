using System.Collections.Immutable;
using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.SigningIn.OAuth;

namespace MailDashboard.Mail.Sending;

/// <summary>Where sending ended.</summary>
public enum SendStage
{
    /// <summary>The host name has no address, or DNS does not answer.</summary>
    Resolving,

    /// <summary>No TCP connection, or it broke.</summary>
    Connecting,

    /// <summary>TLS: refused, or the certificate is not trusted.</summary>
    Encrypting,

    /// <summary>Sign-in refused or impossible.</summary>
    SigningIn,

    /// <summary>The sender address was refused.</summary>
    Sender,

    /// <summary>The recipient was refused.</summary>
    Recipient,

    /// <summary>The message was refused.</summary>
    Message,

    /// <summary>The server has it.</summary>
    Accepted,
}

/// <summary>How handing in one message ended. A failure is data.</summary>
/// <param name="Stage">Where it ended.</param>
/// <param name="Detail">The server's reply, or what failed; one line, no secret.</param>
/// <param name="IsPermanent">
/// The server refused this recipient or this message for good (5xx): trying again is useless. A refused sign-in or sender is
/// not: somebody will mend the profile, and the message is still wanted.
/// </param>
/// <param name="Conversation">Everything said, secrets hidden.</param>
public sealed record SendResult(SendStage Stage, string Detail, bool IsPermanent, ImmutableArray<string> Conversation)
{
    /// <summary>The server answered 250 to the end of the message.</summary>
    public bool IsAccepted => Stage == SendStage.Accepted;

    /// <summary>DNS gave no definite answer: nothing is known of the server, neither good nor bad.</summary>
    public bool IsUndetermined { get; init; }

    /// <summary>Why there was no token to sign in with; null where that was not it.</summary>
    public TokenFault? Token { get; init; }

    /// <summary>What was wrong with the server's certificate; null where that was not it.</summary>
    public RefusedCertificate? Certificate { get; init; }
}
