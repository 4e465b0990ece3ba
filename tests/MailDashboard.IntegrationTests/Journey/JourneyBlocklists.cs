namespace MailDashboard.IntegrationTests.Journey;

/// <summary>The data file that tells the dashboard of the journey's two lists.</summary>
internal static class JourneyBlocklists
{
    public const string Meaning = "Spam was sent from the address lately.";

    public const string MeaningInFrench = "Du spam est parti récemment de cette adresse.";

    public const string Json = $$"""
        {
          "version": 1,
          "verifiedOn": "2026-11-23",
          "lists": [
            {
              "id": "sentinel-addresses", "zone": "{{JourneyWorld.AddressList}}", "name": "{{JourneyWorld.AddressListName}}", "kinds": ["ipv4"],
              "weight": "high", "enabled": true, "privateAddresses": true,
              "lookup": "https://sentinel.example/lookup?{subject}", "removal": "https://sentinel.example/removal?{subject}",
              "verified": true, "verifiedOn": "2026-11-23",
              "codes": [
                {"match": "127.0.0.2", "name": "listed", "en": "Listed.", "fr": "Listée."},
                {"match": "127.0.0.4", "name": "spam", "en": "{{Meaning}}", "fr": "{{MeaningInFrench}}"}
              ]
            },
            {
              "id": "sentinel-domains", "zone": "{{JourneyWorld.DomainList}}", "name": "Sentinel domains", "kinds": ["domain"],
              "weight": "medium", "enabled": true,
              "lookup": "https://sentinel.example/lookup?{subject}", "removal": "https://sentinel.example/removal?{subject}",
              "verified": true, "verifiedOn": "2026-11-23",
              "codes": [{"match": "127.0.0.2", "name": "listed", "en": "Listed.", "fr": "Listé."}]
            }
          ]
        }
        """;
}
