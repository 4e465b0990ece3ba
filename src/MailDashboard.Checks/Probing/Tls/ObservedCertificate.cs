using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>How far a certificate can be trusted, whatever its names and dates. Ordered: a larger value is better.</summary>
public enum CertificateTrust
{
    /// <summary>Signed by itself.</summary>
    SelfSigned,

    /// <summary>The chain does not lead to a trusted root (RFC 5280 §6.1).</summary>
    Untrusted,

    /// <summary>The chain leads to a trusted root.</summary>
    Trusted,
}

/// <summary>
/// A host's certificate at one address as one line of text: the value of a record of type <see cref="RecordType"/>, kept with its
/// history as DNS records are. Names in certificates are hostile text: cleaned and cut here.
/// </summary>
/// <param name="Address">Where it was presented, in canonical form.</param>
/// <param name="Thumbprint">SHA-256 of the DER, lower-case hexadecimal.</param>
/// <param name="NotAfter">End of its life, UTC, to the minute.</param>
/// <param name="Trust">How far it can be trusted.</param>
/// <param name="Issuer">Distinguished name.</param>
/// <param name="Subject">Distinguished name.</param>
/// <param name="Names">The first names that it is for, lower case, sorted.</param>
public sealed record ObservedCertificate(
    string Address, string Thumbprint, DateTimeOffset NotAfter, CertificateTrust Trust, string Issuer, string Subject, ImmutableArray<string> Names)
{
    /// <summary>The type under which certificates are kept beside DNS records.</summary>
    public const string RecordType = "CERT";

    private const string Separator = " | ";
    private const string TimeFormat = "yyyy-MM-dd HH:mm";
    private const int LongestName = 300;
    private const int MostNames = 20;

    private static readonly ImmutableArray<string> Words = ["self-signed", "untrusted", "trusted"];

    /// <summary>What is kept of a certificate.</summary>
    public static ObservedCertificate Of(IPAddress address, CertificateFacts certificate) => new(
        address.ToString(),
        certificate.Thumbprint,
        certificate.NotAfter,
        TrustOf(certificate),
        Clean(certificate.Issuer),
        Clean(certificate.Subject),
        [.. certificate.Names.Select(n => Clean(n).Replace(' ', '_').ToLowerInvariant()).Order(StringComparer.Ordinal).Take(MostNames)]);

    /// <summary>The organisation that issued it (its <c>O</c>), else the whole name: authorities change their intermediates all the time.</summary>
    public string IssuerOrganisation
    {
        get
        {
            var at = Issuer.StartsWith("O=", StringComparison.Ordinal) ? 0 : Issuer.IndexOf(", O=", StringComparison.Ordinal) is var i and >= 0 ? i + 2 : -1;
            var rest = at < 0 ? Issuer : Issuer[(at + 2)..];
            var end = at < 0 ? -1 : rest.StartsWith('"') ? rest.IndexOf('"', 1) : rest.IndexOf(", ", StringComparison.Ordinal);
            return (end < 0 ? rest : rest[..end]).Trim('"');
        }
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; null where it was not written by it.</summary>
    public static ObservedCertificate? Parse(string value)
    {
        var parts = value.Split(Separator);
        return parts.Length == 7
            && DateTimeOffset.TryParseExact(parts[2], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var notAfter)
            && Words.IndexOf(parts[3]) is var trust and >= 0
            ? new ObservedCertificate(parts[0], parts[1], notAfter, (CertificateTrust)trust, parts[4], parts[5], [.. parts[6].Split(' ', StringSplitOptions.RemoveEmptyEntries)])
            : null;
    }

    /// <summary>One line.</summary>
    public override string ToString() => string.Join(
        Separator,
        Address,
        Thumbprint,
        NotAfter.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture),
        Words[(int)Trust],
        Issuer,
        Subject,
        string.Join(' ', Names));

    /// <summary>Dates and strength of signatures are left out: a certificate that grows old is still the same.</summary>
    private static CertificateTrust TrustOf(CertificateFacts certificate) =>
        certificate.ChainStatus.All(s => s is "HasWeakSignature" or "NotTimeValid") ? CertificateTrust.Trusted
        : certificate.Subject == certificate.Issuer ? CertificateTrust.SelfSigned
        : CertificateTrust.Untrusted;

    private static string Clean(string text)
    {
        var clean = ConversationLog.Clean(text).Replace('|', '¦');
        return clean.Length <= LongestName ? clean : string.Concat(clean.AsSpan(0, LongestName - 1), "…");
    }
}
