using System.Collections.Immutable;

namespace MailDashboard.Checks.Auditing;

/// <summary>A TXT record, or a file that such a record leads to, that is not published yet, to be judged as if it were.</summary>
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

    /// <summary>The file that is drafted, with a record that is right; null where the record itself is.</summary>
    public string? File { get; init; }

    /// <summary>The web address at which <see cref="File"/> would stand.</summary>
    public Uri? FileAddress { get; init; }

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

    /// <summary>A drafted file: the policy of <c>mta-sts</c> (RFC 8461 §3.2) or the logo of <c>bimi</c>; null for a family that has none.</summary>
    /// <param name="family">Id of the family.</param>
    /// <param name="file">What is in it.</param>
    /// <param name="domain">A-labels; null where nobody named one.</param>
    public static Draft? OfFile(string family, string file, string? domain = null)
    {
        var where = domain ?? Placeholder;
        var (record, address) = family switch
        {
            "mta-sts" => ("v=STSv1; id=draft;", $"https://mta-sts.{where}/.well-known/mta-sts.txt"),
            "bimi" => ($"v=BIMI1; l=https://{where}/logo.svg;", $"https://{where}/logo.svg"),
            _ => ("", ""),
        };
        return record.Length == 0 ? null : At(family, record, domain)! with { File = file, FileAddress = new Uri(address) };
    }
}
