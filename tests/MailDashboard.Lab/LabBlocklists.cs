namespace MailDashboard.Lab;

/// <summary>The data file that tells the dashboard of the lab's lists, in the shape of <c>src/MailDashboard.Checks/Blocklists/README.md</c>.</summary>
public static class LabBlocklists
{
    public const string Json = """
        {
          "version": 1,
          "verifiedOn": "2026-11-23",
          "lists": [
            {
              "id": "lab-addresses", "zone": "bl.lab.example", "name": "Lab address list", "kinds": ["ipv4"], "weight": "high", "enabled": true,
              "privateAddresses": true,
              "lookup": "http://127.0.0.1/lookup?{subject}", "removal": "http://127.0.0.1/removal?{subject}", "verified": true, "verifiedOn": "2026-11-23",
              "codes": [
                {"match": "127.0.0.2", "name": "listed", "en": "The lab lists the address.", "fr": "Le laboratoire liste l’adresse."},
                {"match": "127.0.0.4", "name": "spam", "en": "Spam was seen from the address.", "fr": "Du spam est parti de l’adresse."}
              ]
            },
            {
              "id": "lab-domains", "zone": "dbl.lab.example", "name": "Lab domain list", "kinds": ["domain"], "weight": "high", "enabled": true,
              "lookup": "http://127.0.0.1/lookup?{subject}", "removal": "http://127.0.0.1/removal?{subject}", "verified": true, "verifiedOn": "2026-11-23",
              "codes": [
                {"match": "127.0.0.2", "name": "listed", "en": "The lab lists the domain.", "fr": "Le laboratoire liste le domaine."},
                {"match": "127.0.1.2", "name": "spam", "en": "The domain was seen in spam.", "fr": "Le domaine a été vu dans du spam."}
              ]
            },
            {
              "id": "lab-refusing", "zone": "refusing.lab.example", "name": "Lab list that refuses us", "kinds": ["ipv4"], "weight": "low", "enabled": true,
              "privateAddresses": true,
              "lookup": "http://127.0.0.1/lookup?{subject}", "removal": "http://127.0.0.1/removal?{subject}", "verified": true, "verifiedOn": "2026-11-23",
              "codes": [{"match": "127.0.0.2", "name": "listed", "en": "Listed.", "fr": "Listée."}]
            },
            {
              "id": "lab-silent", "zone": "silent.lab.example", "name": "Lab list that never answers", "kinds": ["ipv4"], "weight": "low", "enabled": true,
              "privateAddresses": true,
              "lookup": "http://127.0.0.1/lookup?{subject}", "removal": "http://127.0.0.1/removal?{subject}", "verified": true, "verifiedOn": "2026-11-23",
              "codes": [{"match": "127.0.0.2", "name": "listed", "en": "Listed.", "fr": "Listée."}]
            }
          ]
        }
        """;
}
