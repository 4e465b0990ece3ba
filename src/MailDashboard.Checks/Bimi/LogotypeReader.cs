using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace MailDashboard.Checks.Bimi;

/// <summary>Reads the logotype extension of a certificate (RFC 9399 §4.1): the subject's logo, given directly.</summary>
internal static class LogotypeReader
{
    private const string Extension = "1.3.6.1.5.5.7.1.12";
    private const int Limit = 8;

    private static readonly Asn1Tag Subject = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag Direct = new(TagClass.ContextSpecific, 0);

    /// <summary>Empty where there is no such extension, or where it cannot be read.</summary>
    public static ImmutableArray<BimiLogotype> Read(X509Certificate2 certificate)
    {
        try
        {
            var raw = certificate.Extensions.FirstOrDefault(e => e.Oid?.Value == Extension)?.RawData;
            return raw is null ? [] : Read(raw);
        }
        catch (Exception e) when (e is AsnContentException or FormatException or ArgumentException)
        {
            return [];
        }
    }

    private static ImmutableArray<BimiLogotype> Read(byte[] raw)
    {
        var extension = new AsnReader(raw, AsnEncodingRules.BER).ReadSequence();
        while (extension.HasData)
        {
            var tag = extension.PeekTag();
            if (!tag.HasSameClassAndValue(Subject))
            {
                extension.ReadEncodedValue();
                continue;
            }

            var info = extension.ReadSequence(tag);
            return info.HasData && info.PeekTag().HasSameClassAndValue(Direct) ? Images(info.ReadSequence(info.PeekTag())) : [];
        }

        return [];
    }

    private static ImmutableArray<BimiLogotype> Images(AsnReader data)
    {
        var found = ImmutableArray.CreateBuilder<BimiLogotype>();
        if (!data.HasData || !data.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            return [];
        }

        var images = data.ReadSequence();
        while (images.HasData && found.Count < Limit)
        {
            var details = images.ReadSequence().ReadSequence();
            details.ReadCharacterString(UniversalTagNumber.IA5String);
            var hashes = Hashes(details.ReadSequence());
            var uris = details.ReadSequence();
            var embedded = uris.HasData ? Embedded(uris.ReadCharacterString(UniversalTagNumber.IA5String)) : default;
            found.Add(new BimiLogotype(hashes, embedded));
        }

        return found.ToImmutable();
    }

    private static ImmutableArray<(string Algorithm, ReadOnlyMemory<byte> Hash)> Hashes(AsnReader list)
    {
        var hashes = ImmutableArray.CreateBuilder<(string, ReadOnlyMemory<byte>)>();
        while (list.HasData && hashes.Count < Limit)
        {
            var one = list.ReadSequence();
            hashes.Add((one.ReadSequence().ReadObjectIdentifier(), one.ReadOctetString()));
        }

        return hashes.ToImmutable();
    }

    /// <summary>The logo of a <c>data:</c> address, which is how mark certificates carry it.</summary>
    private static ReadOnlyMemory<byte> Embedded(string uri)
    {
        const string Marker = ";base64,";
        var start = uri.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? uri.IndexOf(Marker, StringComparison.OrdinalIgnoreCase) : -1;
        return start < 0 ? default : BimiLogoReader.Decompress(Convert.FromBase64String(uri[(start + Marker.Length)..])) ?? default;
    }
}
