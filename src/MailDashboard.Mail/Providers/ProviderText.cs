namespace MailDashboard.Mail.Providers;

/// <summary>A sentence or a name in both languages.</summary>
/// <param name="En">English.</param>
/// <param name="Fr">French.</param>
public sealed record ProviderText(string En, string Fr)
{
    /// <summary>In a language: <c>fr</c> for French, anything else gives English.</summary>
    public string In(string language) => language == "fr" ? Fr : En;
}

/// <summary>How far a fact can be relied on. The provider's own console wins over all of them.</summary>
public enum FactStanding
{
    /// <summary>Read in a public source, which is named.</summary>
    Read,

    /// <summary>Known from practice; no source was read for it.</summary>
    Unverified,

    /// <summary>Sources differ.</summary>
    Disputed,
}
