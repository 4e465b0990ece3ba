using System.Collections.Immutable;

namespace MailDashboard.Mail.Providers;

/// <summary>What a provider is to its customer.</summary>
public enum ProviderKind
{
    /// <summary>Sends what programs hand in, and has no mailboxes.</summary>
    Relay,

    /// <summary>Has mailboxes; people's mail programs send through it.</summary>
    Mailbox,

    /// <summary>No provider: a server of one's own.</summary>
    Own,
}

/// <summary>How a mail program or a script proves who it is.</summary>
public enum ProviderAuthentication
{
    /// <summary>User name and password (RFC 4954).</summary>
    Password,

    /// <summary>OAuth 2 with an account of Microsoft (RFC 7628).</summary>
    OAuth2Microsoft,

    /// <summary>OAuth 2 with an account of Google (RFC 7628).</summary>
    OAuth2Google,
}

/// <summary>
/// What is known of a sending provider: where mail is handed in, and what has to stand in DNS for it. A hint: the provider's own console
/// wins, and whoever shows a fact shows its <see cref="FactStanding"/> too.
/// </summary>
/// <param name="Id">Permanent, lower case with dashes.</param>
/// <param name="Name">For people.</param>
/// <param name="Kind">What it is.</param>
/// <param name="UserName">What to enter as the user name.</param>
/// <param name="Password">What to enter as the password.</param>
/// <param name="Spf">What SPF needs.</param>
/// <param name="EventLog">Where the provider shows what became of a message.</param>
/// <param name="Console">The way to the page with the DNS records in the provider's console.</param>
/// <param name="Documentation">Where its documentation begins.</param>
public sealed record MailProvider(
    string Id,
    ProviderText Name,
    ProviderKind Kind,
    ProviderText UserName,
    ProviderText Password,
    SpfContribution Spf,
    ProviderText EventLog,
    ProviderText Console,
    Uri Documentation)
{
    /// <summary>What the user copies from the console; templates name these by their keys.</summary>
    public ImmutableArray<ProviderField> Fields { get; init; } = [];

    /// <summary>Where mail is handed in; one of them is recommended.</summary>
    public ImmutableArray<ProviderEndpoint> Endpoints { get; init; } = [];

    /// <summary>Where mail programs read over IMAP; empty where there are no mailboxes, or it is not known for certain.</summary>
    public ImmutableArray<ProviderEndpoint> Imap { get; init; } = [];

    /// <summary>Where mail programs read over POP3; empty likewise.</summary>
    public ImmutableArray<ProviderEndpoint> Pop3 { get; init; } = [];

    /// <summary>How one signs in, best first.</summary>
    public ImmutableArray<ProviderAuthentication> Authentication { get; init; } = [];

    /// <summary>The records that DKIM needs; the owner of a domain publishes keys or aliases to them.</summary>
    public ImmutableArray<ProviderRecord> Dkim { get; init; } = [];

    /// <summary>The records behind a return path, and other aliases, below the domain.</summary>
    public ImmutableArray<ProviderRecord> ReturnPath { get; init; } = [];

    /// <summary>The servers that receive for a domain with mailboxes there; empty where there are none.</summary>
    public ImmutableArray<ProviderRecord> Mx { get; init; } = [];

    /// <summary>How much may be sent.</summary>
    public ImmutableArray<ProviderLimit> Limits { get; init; } = [];

    /// <summary>Something to be known before the set-up; null where nothing is.</summary>
    public ProviderText? Note { get; init; }

    /// <summary>Fields to be asked for.</summary>
    /// <param name="isMxWanted">Nobody receives yet: those that only the MX needs as well.</param>
    public IEnumerable<ProviderField> FieldsFor(bool isMxWanted) =>
        isMxWanted ? Fields : Fields.Where(f => !Mx.Any(r => ProviderTemplate.Keys(r.Value).Contains(f.Key)));

    /// <summary>The endpoint to begin with.</summary>
    public ProviderEndpoint Recommended => Endpoints.First(e => e.IsRecommended);
}
