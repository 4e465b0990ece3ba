using System.Globalization;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.Smtp;

/// <summary>What a server offers, and how fast it answers.</summary>
internal static class SmtpFacts
{
    /// <summary>Slower answers are said. The greeting is StartTls's: servers delay it on purpose.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);

    /// <summary>PIPELINING (RFC 2920), 8BITMIME (6152), SMTPUTF8 (6531), REQUIRETLS (8689), CHUNKING (3030), DSN (3461).</summary>
    private static readonly string[] Known = ["PIPELINING", "8BITMIME", "SMTPUTF8", "REQUIRETLS", "CHUNKING", "DSN", "ENHANCEDSTATUSCODES"];

    public static void Write(SmtpObservation seen, Subject subject, OutcomeBuilder outcome)
    {
        // After TLS a server may offer more (REQUIRETLS only there), and that is what senders get.
        var offered = (seen.CapabilitiesAfterTls.IsEmpty ? seen.Capabilities : seen.CapabilitiesAfterTls)
            .Select(c => c.Split(' ', 2)).DistinctBy(c => c[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(c => c[0], c => c.Length > 1 ? c[1] : "", StringComparer.OrdinalIgnoreCase);
        var known = Known.Where(offered.ContainsKey).ToList();
        if (known.Count > 0)
        {
            outcome.Fact(subject, "extensions", string.Join(", ", known));
        }

        var missing = Known.Take(4).Where(k => !offered.ContainsKey(k)).ToList();
        if (missing.Count > 0)
        {
            outcome.Fact(subject, "missingExtensions", string.Join(", ", missing));
        }

        if (offered.TryGetValue("SIZE", out var size))
        {
            // "SIZE" and "SIZE 0" say that there is no fixed limit (RFC 1870 §4).
            outcome.Fact(subject, "size", long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var octets) && octets > 0 ? size : "∞");
        }

        if (offered.TryGetValue("LIMITS", out var limits))
        {
            outcome.Fact(subject, "limits", limits);
        }

        outcome.Fact(subject, "greetingTime", Milliseconds(seen.GreetingDelay)).Fact(subject, "helloTime", Milliseconds(seen.HelloDelay));
        if (seen.Mailboxes is { } asked)
        {
            outcome.Fact(subject, "recipientTime", Milliseconds(Slowest(asked)));
        }
    }

    public static void JudgeSpeed(SmtpObservation seen, Subject subject, OutcomeBuilder outcome)
    {
        var mailboxes = seen.Mailboxes is { } asked ? Slowest(asked) : TimeSpan.Zero;
        var (command, delay) = mailboxes > seen.HelloDelay ? ("MAIL, RCPT", mailboxes) : ("EHLO", seen.HelloDelay);
        if (delay > Slow)
        {
            outcome.Report(
                SmtpFindings.Slow,
                subject,
                new Evidence("host", seen.Host),
                new Evidence("command", command),
                new Evidence("seconds", delay.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture), seen.Address.ToString()));
        }
    }

    private static TimeSpan Slowest(MailboxAnswers asked) => asked.Mailboxes.Select(m => m.Answer.Delay).Append(asked.Sender.Delay).Max();

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
}
