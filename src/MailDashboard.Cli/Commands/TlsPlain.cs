using System.Collections.Immutable;
using System.Globalization;
using System.Security.Authentication;
using System.Text;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Probing.Tls;
using MailDashboard.Cli.Output;

namespace MailDashboard.Cli.Commands;

/// <summary>What <c>maildash tls</c> prints for people: a line for each port, then each certificate once.</summary>
internal static class TlsPlain
{
    private const int MostNames = 10;

    /// <summary>Oldest first.</summary>
    public static ImmutableArray<SslProtocols> Versions { get; } = [TlsVersions.Tls10, TlsVersions.Tls11, SslProtocols.Tls12, SslProtocols.Tls13];

    public static string Render(IReadOnlyList<TlsLook> looks, DateTimeOffset now, Paint paint)
    {
        var text = new StringBuilder();
        foreach (var look in looks)
        {
            text.Append(CultureInfo.InvariantCulture, $"{paint.Strong(look.Service.Host)}\n");
            if (look.Seen.IsEmpty)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {paint.Unknown(CliText.Clean(NoAddress(look)))}\n\n");
                continue;
            }

            Ports(text, look, now, paint);
            Certificates(text, look, now, paint);
            text.Append('\n');
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>Why a host without addresses has none.</summary>
    public static string NoAddress(TlsLook look) => look.Addresses.Unanswered is { } open
        ? $"the addresses of {look.Service.Host} could not be found out ({open.Question.Type}: {open.Detail ?? open.Status.ToString()})"
        : $"{look.Service.Host} has no address";

    /// <summary>Why a port shows less than it could; null where it shows everything.</summary>
    public static string? Why(TlsVersionObservation seen) => seen switch
    {
        { Connect: ConnectStatus.Refused } => "connection refused",
        { Connect: ConnectStatus.TimedOut } => "no answer",
        { Connect: ConnectStatus.Unreachable } => "unreachable from here",
        { Connect: ConnectStatus.Guarded } => "not allowed",
        { Prelude: TlsPreludeEnd.NotOffered } => "STARTTLS not offered",
        { Prelude: TlsPreludeEnd.Refused } => $"STARTTLS refused: {seen.Failure}",
        _ => seen.Failure,
    };

    public static int DaysLeft(CertificateFacts certificate, DateTimeOffset now) =>
        (int)Math.Clamp(Math.Floor((certificate.NotAfter - now).TotalDays), int.MinValue, int.MaxValue);

    private static void Ports(StringBuilder text, TlsLook look, DateTimeOffset now, Paint paint)
    {
        var width = Math.Max(7, look.Seen.Max(s => s.Target.Address.ToString().Length));
        text.Append(paint.Faint($"  {"PORT",-5}  {"ADDRESS".PadRight(width)}  1.0  1.1  1.2  1.3  RESULT")).Append('\n');
        foreach (var seen in look.Seen)
        {
            var offers = string.Join("  ", Versions.Select(v => Offer(seen, v, paint)));
            text.Append(CultureInfo.InvariantCulture, $"  {seen.Target.Port,-5}  {seen.Target.Address.ToString().PadRight(width)}  {offers}  {Result(seen, now, paint)}\n");
        }
    }

    private static string Offer(TlsVersionObservation seen, SslProtocols version, Paint paint) => seen.Offered(version) switch
    {
        _ when seen.Connect != ConnectStatus.Connected => "-  ",
        true => TlsVersions.IsOld(version) ? paint.Bad("yes") : paint.Good("yes"),
        false => "no ",
        _ => paint.Unknown("?  "),
    };

    private static string Result(TlsVersionObservation seen, DateTimeOffset now, Paint paint)
    {
        var why = CliText.Clean(Why(seen) ?? "");
        return TlsPortStates.Of(seen, now) switch
        {
            TlsPortState.Good => $"{paint.Good("valid")}, {Days(seen.Best!.Certificate!, now)}, {seen.Best.CipherSuite}",
            TlsPortState.BadCertificate => $"{paint.Bad(Faults(seen, now))}{(seen.Best is { } best ? $", {best.CipherSuite}" : "")}",
            TlsPortState.NoTls => paint.Bad(why.Length > 0 ? why : "no TLS"),
            _ => paint.Unknown(why.Length > 0 ? why : "could not be understood"),
        };
    }

    private static void Certificates(StringBuilder text, TlsLook look, DateTimeOffset now, Paint paint)
    {
        foreach (var same in look.Seen.Where(s => s.Best?.Certificate is not null).GroupBy(s => s.Best!.Certificate!.Thumbprint))
        {
            var certificate = same.First().Best!.Certificate!;
            var ports = string.Join(", ", same.Select(s => s.Target.Port).Distinct());
            var more = certificate.Names.Length > MostNames ? $" and {certificate.Names.Length - MostNames} more" : "";
            text.Append(CultureInfo.InvariantCulture, $"\n  {paint.Strong($"Certificate at port {ports}")}\n");
            Line(text, "subject", certificate.Subject);
            Line(text, "issuer", certificate.Issuer);
            Line(text, "names", string.Join(", ", certificate.Names.Take(MostNames)) + more);
            Line(text, "key", $"{CertificateStrength.Key(certificate)}{(CertificateStrength.HasWeakKey(certificate) ? " (weak)" : "")}");
            Line(text, "signed", $"{certificate.SignatureAlgorithm}{(CertificateStrength.HasWeakSignature(certificate) ? " (weak)" : "")}");
            Line(text, "valid", $"{Date(certificate.NotBefore)} to {Date(certificate.NotAfter)}, {Days(certificate, now)}");
            foreach (var (link, i) in TlsChain.Of(certificate).Select((l, i) => (l, i)))
            {
                Line(text, i == 0 ? "chain" : "", link.Subject);
            }
        }
    }

    private static void Line(StringBuilder text, string label, string value) =>
        text.Append(CultureInfo.InvariantCulture, $"    {label,-8} {CliText.Clean(value)}\n");

    private static string Days(CertificateFacts certificate, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture, $"{DaysLeft(certificate, now)} days left ({Math.Floor(certificate.LifetimeUsed(now) * 100):0} % used)");

    private static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Faults(TlsVersionObservation seen, DateTimeOffset now) =>
        seen.Best?.Certificate is { } certificate ? string.Join(", ", TlsPortStates.Faults(certificate, now).Select(Fault)) : "no certificate";

    private static string Fault(CertificateFault fault) => fault switch
    {
        CertificateFault.Expired => "expired",
        CertificateFault.NotYetValid => "not valid yet",
        CertificateFault.NameMismatch => "for other names",
        CertificateFault.SelfSigned => "self-signed",
        CertificateFault.Incomplete => "chain incomplete",
        _ => "not trusted",
    };
}
