using MailDashboard.Checks.Probing.Services;

namespace MailDashboard.Checks.ClientAccess;

/// <summary>What pages show of a port: its greeting, and what it offers before TLS and after it.</summary>
internal static class ServiceFacts
{
    /// <summary>Stands for an offer of nothing.</summary>
    public const string Nothing = "–";

    public static void Add(ServiceSight sight, OutcomeBuilder outcome)
    {
        var (subject, seen) = (sight.Subject, sight.Seen!);
        if (!seen.Greeting.IsEmpty)
        {
            outcome.Fact(subject, "greeting", string.Join('\n', seen.Greeting));
        }

        if (seen.Before is { } before)
        {
            outcome.Fact(subject, "capabilitiesBefore", Lines(before)).Fact(subject, "logInsBefore", LogIns(sight, before));
        }

        if (seen.After is { } after)
        {
            outcome.Fact(subject, "capabilitiesAfter", Lines(after)).Fact(subject, "logInsAfter", LogIns(sight, after));
        }
    }

    public static string Lines(ServiceOffer offer) => Or(string.Join(", ", offer.Capabilities));

    public static string LogIns(ServiceSight sight, ServiceOffer offer) => Or(string.Join(", ", offer.LogIns(sight.Service.Protocol)));

    private static string Or(string text) => text.Length == 0 ? Nothing : text;
}
