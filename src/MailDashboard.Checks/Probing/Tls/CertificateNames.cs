using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailDashboard.Checks.Probing.Tls;

/// <summary>The names that a certificate is good for, and whether one of them is the name asked for (RFC 6125 §6).</summary>
public static class CertificateNames
{
    /// <summary>More are not kept: a certificate is hostile input.</summary>
    public const int Limit = 250;

    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = false };

    /// <summary>
    /// DNS names and addresses of the subjectAltName; the common name only where there is none (RFC 6125 §6.4.4).
    /// </summary>
    public static ImmutableArray<string> Of(X509Certificate2 certificate)
    {
        try
        {
            var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
                .SelectMany(e => e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a => a.ToString())))
                .Take(Limit)
                .ToImmutableArray();
            var common = names.IsEmpty ? certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) : "";
            return common.Length > 0 ? [common] : names;
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    /// <summary>Whether one of <paramref name="names"/> covers <paramref name="host"/>, a name (A- or U-labels) or an address.</summary>
    public static bool Cover(IEnumerable<string> names, string host) =>
        IPAddress.TryParse(host, out var address)
            ? names.Any(n => IPAddress.TryParse(n, out var a) && a.Equals(address))
            : names.Any(n => Covers(ToAscii(n), ToAscii(host)));

    private static bool Covers(string pattern, string host)
    {
        if (!pattern.StartsWith("*.", StringComparison.Ordinal))
        {
            return pattern.Length > 0 && pattern == host;
        }

        // The wildcard is a whole left-most label, stands for exactly one, and never for all of a top-level domain.
        var parent = pattern[2..];
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && parent.Contains('.', StringComparison.Ordinal) && host[(dot + 1)..] == parent;
    }

    private static string ToAscii(string name)
    {
        var text = name.TrimEnd('.');
        if (text.All(char.IsAscii))
        {
            return text.ToLowerInvariant();
        }

        try
        {
            return Idn.GetAscii(text).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return "";
        }
    }
}
