using System.Collections.Immutable;
using MailDashboard.Checks;

namespace MailDashboard.Mail.Publishing.Keys;

/// <summary>Software that signs.</summary>
public enum SigningServer
{
    /// <summary>OpenDKIM as a milter of Postfix. Signs with RSA only.</summary>
    OpenDkimPostfix,

    /// <summary>rspamd as a milter of Postfix. Signs with both.</summary>
    RspamdPostfix,

    /// <summary>Exim, which signs by itself, with both.</summary>
    Exim,
}

/// <summary>A text to paste into a file on the mail server.</summary>
/// <param name="Path">Usual place on Debian and its kin.</param>
/// <param name="Text">What goes into it.</param>
/// <param name="Why">One sentence.</param>
public sealed record ServerFile(string Path, string Text, Reason Why)
{
    /// <summary>The text is added to what is in the file; else it is the whole file.</summary>
    public bool IsAddition { get; init; }

    /// <summary>Who owns it, and who may read it; null where the usual will do.</summary>
    public string? Owner { get; init; }

    /// <summary>It holds a private key.</summary>
    public bool IsSecret { get; init; }
}

/// <summary>Writes the settings with which a mail server signs.</summary>
public static class DkimServerFiles
{
    private const string Milter = "milter_default_action = accept\nmilter_protocol = 6\n";

    /// <summary>Whether the software signs with such a key.</summary>
    public static bool Signs(SigningServer signer, DkimAlgorithm algorithm) => signer != SigningServer.OpenDkimPostfix || algorithm == DkimAlgorithm.Rsa;

    /// <summary>The files for one domain and its keys.</summary>
    /// <param name="signer">The software.</param>
    /// <param name="domain">The domain in whose name it signs.</param>
    /// <param name="keys">Its keys; those that the software cannot use are left out.</param>
    public static ImmutableArray<ServerFile> For(SigningServer signer, string domain, IEnumerable<DkimKeyPair> keys)
    {
        var usable = keys.Where(k => Signs(signer, k.Algorithm)).ToImmutableArray();
        return usable.IsEmpty ? [] : signer switch
        {
            SigningServer.OpenDkimPostfix => OpenDkim(domain, usable),
            SigningServer.RspamdPostfix => Rspamd(domain, usable),
            _ => Exim(domain, usable),
        };
    }

    private static ImmutableArray<ServerFile> OpenDkim(string domain, ImmutableArray<DkimKeyPair> keys)
    {
        const string Folder = "/etc/opendkim";
        string File(DkimKeyPair key) => $"{Folder}/keys/{domain}/{key.Selector}.private";
        string Name(DkimKeyPair key) => $"{key.Selector}._domainkey.{domain}";
        return
        [
            .. keys.Select(k => Key(File(k), k, "opendkim:opendkim 600")),
            new($"{Folder}/KeyTable", Lines(keys.Select(k => $"{Name(k)} {domain}:{k.Selector}:{File(k)}")), Reason.Of(Because.FileKeyTable)) { IsAddition = true },
            new($"{Folder}/SigningTable", Lines(keys.Select(k => $"*@{domain} {Name(k)}")), Reason.Of(Because.FileSigningTable)) { IsAddition = true },
            new(
                "/etc/opendkim.conf",
                Lines(["Mode sv", "Canonicalization relaxed/relaxed", $"KeyTable {Folder}/KeyTable", $"SigningTable refile:{Folder}/SigningTable", "OversignHeaders From", "Socket inet:8891@127.0.0.1"]),
                Reason.Of(Because.FileOpenDkim)) { IsAddition = true },
            Postfix("inet:127.0.0.1:8891"),
        ];
    }

    private static ImmutableArray<ServerFile> Rspamd(string domain, ImmutableArray<DkimKeyPair> keys)
    {
        string File(DkimKeyPair key) => $"/var/lib/rspamd/dkim/{domain}.{key.Selector}.key";
        var selectors = keys.Select(k => $"      {{ selector = \"{k.Selector}\"; path = \"{File(k)}\"; }}");
        var text = Lines(["allow_username_mismatch = true;", "domain {", $"  {domain} {{", "    selectors [", string.Join(",\n", selectors), "    ]", "  }", "}"]);
        return
        [
            .. keys.Select(k => Key(File(k), k, "_rspamd:_rspamd 600") with { Text = k.RspamdPrivateKey() }),
            new("/etc/rspamd/local.d/dkim_signing.conf", text, Reason.Of(Because.FileRspamd)),
            Postfix("inet:127.0.0.1:11332"),
        ];
    }

    private static ImmutableArray<ServerFile> Exim(string domain, ImmutableArray<DkimKeyPair> keys)
    {
        const string Folder = "/etc/exim4/dkim";
        string File(string selector) => $"{Folder}/{domain}.{selector}.pem";
        return
        [
            .. keys.Select(k => Key(File(k.Selector), k, "root:Debian-exim 640")),
            new(
                "/etc/exim4/exim4.conf.localmacros",
                Lines(
                [
                    // Mail of other domains is left alone.
                    $"DKIM_DOMAIN = ${{if eqi{{${{domain:$h_from:}}}}{{{domain}}}{{{domain}}}}}",
                    $"DKIM_SELECTOR = {string.Join(" : ", keys.Select(k => k.Selector))}",
                    $"DKIM_PRIVATE_KEY = {File("$dkim_selector")}",
                    "DKIM_CANON = relaxed",
                ]),
                Reason.Of(Because.FileExim)) { IsAddition = true },
        ];
    }

    private static ServerFile Key(string path, DkimKeyPair key, string owner) => new(path, key.PrivateKeyPem, Reason.Of(Because.FilePrivateKey)) { IsSecret = true, Owner = owner };

    private static ServerFile Postfix(string socket) =>
        new("/etc/postfix/main.cf", $"smtpd_milters = {socket}\nnon_smtpd_milters = {socket}\n{Milter}", Reason.Of(Because.FilePostfixMilter)) { IsAddition = true };

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(l => $"{l}\n"));
}
