using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.Dane;

/// <summary>Puts the chain that a server presented in order. Without the network: nothing is downloaded. Never throws for what it reads.</summary>
/// <param name="time">The clock that validity is judged by.</param>
public sealed class ChainReader(TimeProvider time)
{
    private static readonly string[] NoFaults =
    [
        nameof(X509ChainStatusFlags.NoError), nameof(X509ChainStatusFlags.PartialChain), nameof(X509ChainStatusFlags.UntrustedRoot),
        nameof(X509ChainStatusFlags.RevocationStatusUnknown), nameof(X509ChainStatusFlags.OfflineRevocation),
    ];

    /// <summary>Reads it.</summary>
    /// <param name="presented">As the probe saw it.</param>
    /// <param name="records">Usable TLSA records: what they hold of authorities belongs to the chain (RFC 7671 §5.2).</param>
    /// <returns>Null where the server's own certificate cannot be read.</returns>
    public PresentedChain? Read(CertificateFacts presented, IEnumerable<TlsaRecord> records)
    {
        var anchors = records.Where(r => r.Usage == TlsaUse.Anchor).ToList();
        var sent = presented.Chain.Select(Load).ToList();
        var held = anchors.Where(r => r is { Selector: TlsaUse.Certificate, MatchingType: TlsaUse.Whole }).Select(r => Load(r.Association)).ToList();
        try
        {
            if (sent is not [{ } leaf, ..])
            {
                return null;
            }

            if (anchors.Count == 0)
            {
                return new PresentedChain([Link(leaf, sent, [])], [], [], presented.Names);
            }

            var known = WithoutNamesakes(leaf, [.. sent.Skip(1).Concat(held).OfType<X509Certificate2>().DistinctBy(c => c.Thumbprint)]);
            var path = Build(leaf, sent, known, Alone(known));
            var keys = anchors.Where(r => r is { Selector: TlsaUse.Key, MatchingType: TlsaUse.Whole } && CertificateSignature.IsBy(path[^1].Certificate, r.Association));
            return new PresentedChain(
                path,
                Build(leaf, sent, known, new CertificateInspector(time).Policy()),
                [.. keys.Select(r => r.Association)],
                presented.Names);
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            sent.Concat(held).ToList().ForEach(c => c?.Dispose());
        }
    }

    /// <summary>Nothing is known but what was sent.</summary>
    private X509ChainPolicy Alone(IEnumerable<X509Certificate2> known)
    {
        var policy = new CertificateInspector(time, []).Policy();
        policy.CustomTrustStore.AddRange(known.Where(c => c.Subject == c.Issuer).ToArray());
        return policy;
    }

    /// <summary>Of authorities of one name, as after a change of its key, those that signed something here: the builder goes by names.</summary>
    private static List<X509Certificate2> WithoutNamesakes(X509Certificate2 leaf, List<X509Certificate2> known)
    {
        bool HasSigned(X509Certificate2 authority) => known.Append(leaf).Any(c =>
            c != authority && c.Issuer == authority.Subject && CertificateSignature.IsBy(c.RawDataMemory, authority.PublicKey.ExportSubjectPublicKeyInfo()));

        return [.. known.GroupBy(c => c.Subject).SelectMany(g => g.Count() > 1 && g.Where(HasSigned).ToList() is { Count: > 0 } signers ? signers : g.ToList())];
    }

    private static ImmutableArray<ChainLink> Build(X509Certificate2 leaf, List<X509Certificate2?> sent, List<X509Certificate2> known, X509ChainPolicy policy)
    {
        using var chain = new X509Chain { ChainPolicy = policy };
        chain.ChainPolicy.ExtraStore.AddRange(known.ToArray());
        chain.Build(leaf);
        var links = chain.ChainElements.Take(CertificateInspector.ChainLimit)
            .Select(e => Link(e.Certificate, sent, e.ChainElementStatus.Select(s => s.Status.ToString()).Except(NoFaults)))
            .ToImmutableArray();
        foreach (var element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return links.IsEmpty ? [Link(leaf, sent, [])] : links;
    }

    private static ChainLink Link(X509Certificate2 certificate, List<X509Certificate2?> sent, IEnumerable<string> faults) => new(
        certificate.RawData,
        certificate.PublicKey.ExportSubjectPublicKeyInfo(),
        sent.Exists(s => s is not null && s.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span)),
        [.. faults.Order(StringComparer.Ordinal)]);

    private static X509Certificate2? Load(ReadOnlyMemory<byte> der)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(der.Span);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
