using System.Globalization;
using System.Security.Cryptography;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.Bimi;

/// <summary>Judges the mark certificate.</summary>
internal static class BimiMarkJudge
{
    /// <summary>Whether it proves the logo; null where that could not be seen.</summary>
    public static bool? Judge(BimiObservation seen, BimiRecord record, OutcomeBuilder outcome)
    {
        if (record.Certificate is null || seen.MarkFetch is not { } fetch)
        {
            outcome.Report(BimiFindings.NoMark, Subject.Domain(seen.Domain), new Evidence("record", record.Text, seen.Answer.Server));
            return true;
        }

        if (BimiFetch.Judge(fetch, record.Certificate, BimiFindings.MarkNotFetched, outcome) is var isThere && isThere != true)
        {
            return isThere;
        }

        var subject = Subject.Host(record.Certificate.IdnHost);
        var address = new Evidence("address", Probing.Smtp.ConversationLog.Clean(record.Certificate.ToString()), fetch.Address?.ToString());
        if (seen.Mark is not { } mark)
        {
            outcome.Report(BimiFindings.MarkUnreadable, subject, address);
            return false;
        }

        outcome.Fact(subject, "markSubject", mark.Subject).Fact(subject, "markIssuer", mark.Issuer).Fact(subject, "notAfter", Date(mark.NotAfter));
        var isGood = true;
        var issuer = new Evidence("issuer", mark.Issuer);
        Say(!mark.IsForMarks, BimiFindings.MarkPurpose, issuer);
        Say(!seen.MarkNames.Any(n => mark.Names.Contains(n, StringComparer.OrdinalIgnoreCase) || CertificateNames.Cover(mark.Names, n)), BimiFindings.MarkNames, new Evidence("names", string.Join(", ", mark.Names.Take(50))));
        Say(seen.At >= mark.NotAfter || seen.At < mark.NotBefore, BimiFindings.MarkExpired, new Evidence("notAfter", Date(mark.NotAfter)));
        Say(seen.Logo is { Unreadable: null } logo && IsAnother(mark, logo, seen.LogoFetch!.Body), BimiFindings.MarkLogo, issuer);
        if (mark.ChainStatus is not { } chain)
        {
            outcome.CouldNotTell(Subject.Selector("default"), Reason.Of("NoMarkRoots"), verdictNeedsIt: false);
        }
        else
        {
            Say(!chain.IsEmpty, BimiFindings.MarkUntrusted, new Evidence("chain", string.Join(", ", chain)));
        }

        return isGood;

        void Say(bool isSo, FindingDefinition definition, Evidence evidence)
        {
            if (isSo)
            {
                isGood = false;
                outcome.Report(definition, subject, address, evidence);
            }
        }
    }

    /// <summary>
    /// The certificate speaks of logos, and this is none of them. RFC 9399 hashes what is in a compressed file (appendix B.3); a hash
    /// over the compressed file is no reason to doubt the logo.
    /// </summary>
    private static bool IsAnother(BimiMark mark, BimiLogo logo, ReadOnlyMemory<byte> file) =>
        !mark.Logotypes.IsEmpty
        && !mark.Logotypes.Any(l => l.Embedded.Length > 0 && l.Embedded.Span.SequenceEqual(logo.Content.Span))
        && !mark.Logotypes.SelectMany(l => l.Hashes).Any(h => Matches(h, file.Span) || Matches(h, logo.Content.Span))
        && mark.Logotypes.SelectMany(l => l.Hashes).All(h => Hash(h.Algorithm, []) is not null);

    private static bool Matches((string Algorithm, ReadOnlyMemory<byte> Hash) expected, ReadOnlySpan<byte> octets) =>
        Hash(expected.Algorithm, octets) is { } hash && expected.Hash.Span.SequenceEqual(hash);

    private static byte[]? Hash(string algorithm, ReadOnlySpan<byte> octets) => algorithm switch
    {
        "2.16.840.1.101.3.4.2.1" => SHA256.HashData(octets),
        "2.16.840.1.101.3.4.2.2" => SHA384.HashData(octets),
        "2.16.840.1.101.3.4.2.3" => SHA512.HashData(octets),
        _ => null,
    };

    private static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
