using System.Collections.Frozen;
using System.Collections.Immutable;
using MailDashboard.Checks.Autoconfig;
using MailDashboard.Checks.Probing.Http;

namespace MailDashboard.Checks.ClientAccess;

/// <summary>What kind of answer a place gave that was asked for Autodiscover.</summary>
public enum AutodiscoverReplyKind
{
    /// <summary>None, or nothing that Autodiscover says.</summary>
    Other,

    /// <summary>Status 401 with a way to log in that Outlook knows: what a right Exchange says.</summary>
    Login,

    /// <summary>Status 401 without one.</summary>
    LoginWithoutWay,

    /// <summary>An Autodiscover document, whatever it says.</summary>
    Document,
}

/// <summary>What a place said, read (MS-OXDSCLI, MS-OXCMAPIHTTP). Pure; never throws.</summary>
/// <param name="Kind">Which kind of answer.</param>
public sealed record AutodiscoverReply(AutodiscoverReplyKind Kind)
{
    private static readonly FrozenSet<string> Known = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "Bearer", "Negotiate", "NTLM", "Basic");

    private static readonly FrozenSet<string> ExchangeHeaders = FrozenSet.Create(
        StringComparer.Ordinal, "x-feserver", "x-beserver", "x-owa-version", "x-calculatedbetarget", "x-calculatedfetarget", "x-caserrorcode", "x-mapihttp-version");

    private static readonly FrozenSet<string> ExchangeProtocols = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "EXCH", "EXPR", "EXHTTP", "mapiHttp");

    /// <summary>Ways to log in that are offered, as written, in order, at most 20.</summary>
    public ImmutableArray<string> Challenges { get; init; } = [];

    /// <summary>Headers, ways to log in or settings that Exchange and servers like it have.</summary>
    public bool ShowsExchange { get; init; }

    /// <summary>The document names Exchange itself.</summary>
    public bool HasExchangeSettings { get; init; }

    /// <summary>Where the document says that MAPI over HTTP is; null where it does not.</summary>
    public Uri? MapiUrl { get; init; }

    /// <summary>Where the document sends the question (<c>redirectUrl</c>). Hostile text.</summary>
    public string? RedirectUrl { get; init; }

    /// <summary>Ways to log in that Outlook knows.</summary>
    public bool HasKnownChallenge => Challenges.Any(Known.Contains);

    /// <summary>A password is one of the ways, or the only one.</summary>
    public bool Offers(string scheme) => Challenges.Contains(scheme, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads.</summary>
    public static AutodiscoverReply Read(HttpObservation fetch)
    {
        var challenges = HttpChallenges.Of(fetch);
        var byHeader = fetch.Headers.Any(h => ExchangeHeaders.Contains(h.Name))
            || challenges.Any(c => !c.Equals("Basic", StringComparison.OrdinalIgnoreCase) && Known.Contains(c));
        if (fetch is { End: HttpEnd.Answered or HttpEnd.TooLarge, Status: 401 })
        {
            return new AutodiscoverReply(challenges.Any(Known.Contains) ? AutodiscoverReplyKind.Login : AutodiscoverReplyKind.LoginWithoutWay) { Challenges = challenges, ShowsExchange = byHeader };
        }

        if (fetch is not { End: HttpEnd.Answered, Status: 200 } || SettingsReader.Root(fetch.Body) is not { Name.LocalName: "Autodiscover" } root)
        {
            return new AutodiscoverReply(AutodiscoverReplyKind.Other) { ShowsExchange = byHeader };
        }

        string? Value(string name) => root.Descendants().FirstOrDefault(e => e.Name.LocalName == name)?.Value.Trim();
        var protocols = root.Descendants().Where(e => e.Name.LocalName == "Protocol").Take(24).ToList();
        var isExchange = protocols.Exists(p => ExchangeProtocols.Contains((string?)p.Attribute("Type") ?? SettingsReader.Child(p, "Type")));
        var mapi = protocols.Find(p => "mapiHttp".Equals((string?)p.Attribute("Type"), StringComparison.OrdinalIgnoreCase))?
            .Elements().FirstOrDefault(e => e.Name.LocalName == "MailStore");
        return new AutodiscoverReply(AutodiscoverReplyKind.Document)
        {
            ShowsExchange = byHeader || isExchange,
            HasExchangeSettings = isExchange,
            MapiUrl = mapi is not null && Uri.TryCreate(SettingsReader.Child(mapi, "ExternalUrl"), UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps ? url : null,
            RedirectUrl = "redirectUrl".Equals(Value("Action"), StringComparison.OrdinalIgnoreCase) ? Value("RedirectUrl") ?? Value("RedirectURL") : null,
        };
    }
}
