using System.Collections.Immutable;

namespace MailDashboard.Checks.Auditing;

/// <summary>A TXT record that is not published yet, to be judged as if it were.</summary>
/// <param name="Family">Id of the family that judges it.</param>
/// <param name="Domain">The domain that it is for; <see cref="Placeholder"/> where nobody said.</param>
/// <param name="Owner">The name at which it would stand.</param>
/// <param name="Text">The record.</param>
public sealed record Draft(string Family, string Domain, string Owner, string Text)
{
    /// <summary>Stands for a domain that nobody named; DNS is not asked about it (RFC 2606 §2 keeps .example free).</summary>
    public const string Placeholder = "your-domain.example";

    /// <summary>The selector that a drafted DKIM key gets where nobody named one.</summary>
    public const string PlaceholderSelector = "selector";

    /// <summary>DKIM selectors of the draft.</summary>
    public ImmutableArray<string> Selectors { get; init; } = [];

    /// <summary>Nobody named a domain.</summary>
    public bool IsUnplaced => Domain == Placeholder;

    /// <summary>A draft at the place where its family looks for such a record; null for a family that has no record of text.</summary>
    /// <param name="family">Id of the family.</param>
    /// <param name="text">The record.</param>
    /// <param name="domain">A-labels; null where nobody named one.</param>
    /// <param name="selector">Selector of a DKIM key; null where nobody named one.</param>
    public static Draft? At(string family, string text, string? domain = null, string? selector = null)
    {
        var where = domain ?? Placeholder;
        var name = selector ?? PlaceholderSelector;
        return family switch
        {
            "spf" => new Draft(family, where, where, text),
            "dmarc" => new Draft(family, where, $"_dmarc.{where}", text),
            "dkim" => new Draft(family, where, $"{name}._domainkey.{where}", text) { Selectors = [name] },
            "tls-rpt" => new Draft(family, where, $"_smtp._tls.{where}", text),
            "mta-sts" => new Draft(family, where, $"_mta-sts.{where}", text),
            "bimi" => new Draft(family, where, $"default._bimi.{where}", text),
            _ => null,
        };
    }
}
