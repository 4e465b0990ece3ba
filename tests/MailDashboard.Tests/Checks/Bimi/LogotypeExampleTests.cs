using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailDashboard.Checks.Bimi;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Checks.Bimi;

/// <summary>The example of RFC 9399, appendix B.3: which octets a logotype's hash is over.</summary>
public class LogotypeExampleTests
{
    private const string Extension = """
        MIIIZAYIKwYBBQUHAQwEgghWMIIIUqKCCE6ggghKMIIIRjCCCEIwggg+FhJpbWFn
        ZS9zdmcreG1sK2d6aXAwMTAvMAsGCWCGSAFlAwQCAQQgxayUGgolH7MWb5fFUkCb
        SZ57kmFasKJsGb+52AnF2ecwggfzFoIH72RhdGE6aW1hZ2Uvc3ZnK3htbCtnemlw
        O2Jhc2U2NCxINHNJQ0lHcHkyRUFBMnh2WjI4dFkyOXdlUzV6ZG1jQXBWYmJiaHMz
        RUgzblYweTNMdzJROWZLMkpMZXdIRFJPVUJSbzJpQnhXK1JSbFRhMlVGa3lwSVdW
        NXV0N3psQjJVcUY5Y3VMbFVrdHlMbWZPelBEOHhhZmJ0ZHlQdS8xcXU1azE3c3cy
        c3AvbW0rVjh2ZDJNczJhemJWNWNtUE52WHYxNmVmWGg3V3ZaMzEvTDI5OWUvdnpU
        cFRSdDEvMFJMcnZ1MWRVcmVmLzdqK0t0ZFhhd3NldGUvOUlZYVc2bTZlNzdyanNj
        RG1lSGNMYmRYWGRYN3pwdTZ0Njl2bXh4b24wOEFSRWRSRHQ3dHB5V0RSUlN6Nyt0
        Z3AyYi9ldy9oRUtJNVdHb1BLeVcwODJzOFNtZVdmMTNOelZ5TTY2dWI2WlprK3hY
        SCs5WDQrSGw5dE9zc1dMbHkzNTUzQVJwZDd0eFArN3V4eC8yZCtOaWVqZWZWdHRa
        OCtuTmF2a0JqOXlPNDBSTGI4ZHB2cHhQOHd0enVSdm4wN2lVUC8rV3UrMjBteTlH
        Y1dmT1BwZkRialZONDRZTGI4ZHAzTW43Y2IzYVhHTkNBSUNDYythOCt5TG8vRnB3
        ZkxQL3VOM2R6aHFkcmlINXV3ZmJuajlhK1V6MmkvbWFLNjZ1dEErelo0MzV1RnF2
        WjgyM1IzOFExdDMyTHczcFpxVGhkL1BwUnBhejVvMkxOa29jdkN6YUltMHZyUXZT
        cG9nMzU5bEx5M215MGdhK2UzSHArQjRJbmpWRlBEOWF3ZGhuckdFRlczMFNsL1Bu
        cHZ0YTJRQlZ4VUVWeEZiSjJWVUZmWUMwMXBVcytPNEdLODRWL2s2Q0hVRnlodmhp
        RFZRRjhZNWFQRGJtbnNyWGJTNzREQU5qZ3V3Z0VOWkxQd2pVWVZUUkpRZ0VwaUxS
        MGN0aVdqK0lnOHJDdlpBQXJ4S0V4RUVXTUpMcU1BMUYrZ2duc1FEWGdwUWVvbUpQ
        Q1ZodENSeWNOckFXeGdBSStnMVFzcjZJVXhsb21Cc3dqeWRZQkVnT2VWQ0RvUnJl
        QmppRmpYMlNkU0E2MEJQNURnUU02M3hvUGxXSGJOcStlZ0FFZUF6eHlOQWRDUXor
        c0RFTU9oYUdpc0tKZFNsUzZndFdXbTRNMXJRd1AwZWdFQkloaEZMb1h1Q0poUjRt
        VDVSSkJhaUxLcXFGUk9VRXpZcjFpZEcwZ2Fod0N6RW5rK0FNSkxkcDBGZXZRUTZW
        WitTS093R2xPSUpPaDFNVmpvMGVCNkRSQTEwU1JwU1k2aWwvZUZGS0FtK01LU0lX
        TkZxU280T0ZuT1Jmd0g1d0pIQ01OTTBxbERSbGNJd1VFa0RsZ2lTQmhpRXBCZ01L
        T3g1RmRBWXFJM0tZZXdLS2tBSXRUQUJUa3A1a2hJODZrZ2JPZ1J5d0VCUjBWR2N3
        QWpmOHQ5d3F2ZFVNRzZnTEFiSTBRUThDYnpDVHRDU24vREVoQ2JtKytkdVFhaVJH
        MW1Ra2RXSG5taW5IQStyNXdwTHZzSmJDQUxVS3NEVzVOQWo0M0orQUQ1dnBmYW1V
        ekpxaVJKQUNtQ1d3SU1oUXE0SG1ZR0thaWlKUG1JdnBTODBVelR0QWpkU3JhQXBR
        Wm9nc2xnRmNKSHcweTVXb0VYRFlyL2FUcWZ4azJxaGNnM3o2RVRRTCtTMThsbHZI
        T1pRdmxFT1ZFVnB6cUNvekU5VjZKWmhoL2xDc2xnN21VRlk0QVI3SWxjQXBtZ1Y2
        Z3ozRENTRGU1NmZRMFNSUzdlbDBOSldPOG1RNm1rYzZ5bFBwYUw3UVVaNUlSL00v
        ZEV3b0ppRXArTDZpVDRjZFN5SXA0bGpEa29hWnBRbGdNb3owQXBhaGpUaVRXYlpZ
        dTl2K01VcVZqWTYxajJCeHI2OGJQRjN1UzEyMzJxQXlBUURNaHI0TVJ5VlpxNWwy
        UWN1d2dZL29Ub3piZ29JS3ljSCt5UXhoelFzUEpRL25lOU9tUkt2WUgxQWVLQS9F
        UVJ0enJtYVlVaUhVaHBKT1c0YnJlU2F4Wi9UVmMzWkFRSktPYWdBSml3NnBSSFZr
        Qk1JQmE1RStTVU1XaTBaTlcxUmZuL3hRWHl3SFh5TUhONUc4V0Y2Z1oySVZqQU5I
        TUlKUTFsQUpRRThNSmpaSEppVXRRWkFXem1raXNEeXdUVldTcUxra1FHMk5OQjN3
        d3lhZXJxUkdMTktwdndVT2hhUUZpWWNxdmlTanZwMW44V25SUnpYRnM5SVhEeGlp
        RGQ4SFUvUk9vQUduOStRZ1RQRVZ1NkhhTjZpMFZQdXYxU0N6d3laZUh3QkExRWpG
        WW9BazJqSjNPRmVKNUdwMUUrM0RsZjNBajcwYmJ2bWFnNW95S0h1blZ5R1BxNitF
        bnZUdWEvSlVuM2lhZE1IbHFVYXBzSzJUOFN3Q0JKVUYxSm5FbWh1MG50QnRoSm9R
        cFpxdW1zQms1bUExaFJjMExSNVpGZXJkamtzYUNxdDNJVVdYY1hXMTZ2YjZ4ZFd5
        SExUZ0NhS1hXS1VLSzFrT3A5SEs1QjNFTGpTZFhiMGxvQjVSWXRTMDFMNmg5eVRQ
        VzUxV3Bxd2dvc3I1STkyN2F3NjQwMStZZndEcmlhNFdvUXdBQUE9PQ==
        """;

    [Fact]
    public void Read_TheRfcsExample_HashesTheDecompressedLogo()
    {
        var extension = new AsnReader(Convert.FromBase64String(Extension), AsnEncodingRules.DER).ReadSequence();
        var id = extension.ReadObjectIdentifier();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Example", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509Extension(id, extension.ReadOctetString(), false));
        using var certificate = request.CreateSelfSigned(PerfectSmtp.Now.AddDays(-1), PerfectSmtp.Now.AddDays(1));

        var logotype = Assert.Single(BimiMarkReader.Read(Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()), null, PerfectSmtp.Now)!.Logotypes);

        var (algorithm, hash) = Assert.Single(logotype.Hashes);
        Assert.Equal("2.16.840.1.101.3.4.2.1", algorithm);
        Assert.Equal(SHA256.HashData(logotype.Embedded.Span), hash.ToArray());
        Assert.StartsWith("<?xml", Encoding.UTF8.GetString(logotype.Embedded.Span), StringComparison.Ordinal);
    }
}
