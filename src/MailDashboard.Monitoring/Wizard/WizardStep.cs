namespace MailDashboard.Monitoring.Wizard;

/// <summary>The steps, in the order in which they are taken. Stored by name: never renamed.</summary>
public enum WizardStep
{
    /// <summary>Which domain, and whether it sends and receives.</summary>
    Domain,

    /// <summary>Six questions, for who does not know yet what to choose.</summary>
    Advice,

    /// <summary>Who sends: a provider, or a server of one's own.</summary>
    Provider,

    /// <summary>How systems and this dashboard sign in there.</summary>
    Profile,

    /// <summary>What has to stand in DNS.</summary>
    Records,

    /// <summary>The certificates of own servers.</summary>
    Certificate,

    /// <summary>How much may be sent.</summary>
    Limits,

    /// <summary>Where to see what became of a message.</summary>
    Logging,

    /// <summary>A real message.</summary>
    Message,

    /// <summary>Who is told when something breaks.</summary>
    Monitoring,
}
