namespace MailDashboard.Checks.ClientAccess;

/// <summary>What the three families of mail programs' ports say in common, each by its own codes.</summary>
internal sealed record ServiceFindingSet
{
    /// <summary>A port in clear that does not offer to encrypt.</summary>
    public required FindingDefinition NoEncryption { get; init; }

    /// <summary>Passwords or tokens are taken as they are before TLS.</summary>
    public required FindingDefinition ClearLogIn { get; init; }

    /// <summary>A log-in that shows no password is offered before TLS.</summary>
    public required FindingDefinition LogInBeforeTls { get; init; }

    /// <summary>Encryption offered and refused.</summary>
    public required FindingDefinition StartTlsRefused { get; init; }

    /// <summary>The handshake fails.</summary>
    public required FindingDefinition HandshakeFailed { get; init; }

    /// <summary>Clear text between the answer to STARTTLS and the handshake.</summary>
    public required FindingDefinition Injected { get; init; }

    /// <summary>Nobody can log in, TLS or not.</summary>
    public required FindingDefinition NoLogIn { get; init; }

    /// <summary>What answers does not speak the protocol.</summary>
    public required FindingDefinition Foreign { get; init; }

    /// <summary>A published port refuses the connection.</summary>
    public required FindingDefinition Refused { get; init; }

    /// <summary>A published port does not answer, although its host does.</summary>
    public required FindingDefinition Silent { get; init; }

    /// <summary>None of the stated hosts serves; null where nobody must.</summary>
    public FindingDefinition? NothingThere { get; init; }

    /// <summary>Certificate expired.</summary>
    public required FindingDefinition Expired { get; init; }

    /// <summary>Certificate not valid yet.</summary>
    public required FindingDefinition NotYetValid { get; init; }

    /// <summary>Signed by itself.</summary>
    public required FindingDefinition SelfSigned { get; init; }

    /// <summary>Authority not trusted, or a fault in the chain.</summary>
    public required FindingDefinition Untrusted { get; init; }

    /// <summary>The chain leads to no root.</summary>
    public required FindingDefinition Incomplete { get; init; }

    /// <summary>The certificate is not for the host.</summary>
    public required FindingDefinition NameMismatch { get; init; }

    /// <summary>Near the end of its life.</summary>
    public required FindingDefinition NearEnd { get; init; }

    /// <summary>No certificate that can be read.</summary>
    public required FindingDefinition NoCertificate { get; init; }
}
