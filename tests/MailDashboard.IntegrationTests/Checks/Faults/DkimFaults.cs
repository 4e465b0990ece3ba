namespace MailDashboard.IntegrationTests.Checks.Faults;

/// <summary>One thing wrong with the key at the stated selector, or something that looks wrong and is not.</summary>
internal static class DkimFaults
{
    private const string At = FaultZone.Selector + "._domainkey";

    public static IEnumerable<FaultZone> All { get; } =
    [
        new("dkim-no-version") { Dkim = "k=rsa; p={rsa2048}" },
        new("dkim-key-only") { Dkim = "p={rsa2048}" },
        new("dkim-everything-stated") { Dkim = "v=DKIM1; h=sha1:sha256; k=rsa; n=a note; s=email; t=s; p={rsa2048};" },
        new("dkim-unknown-tag") { Dkim = "v=DKIM1; x=y; p={rsa2048}" },
        new("dkim-alias") { Dkim = null, More = $"{At} CNAME key\nkey TXT \"v=DKIM1; p=\"\n".Replace("key TXT \"v=DKIM1; p=\"\n", FaultZone.Txt("key", "v=DKIM1; k=rsa; p={rsa2048}"), StringComparison.Ordinal) },
        new("dkim-both-kinds") { More = FaultZone.Txt("selector2._domainkey", "v=DKIM1; k=ed25519; p={ed25519}") },
        new("dkim-blanks-in-key") { Dkim = "v=DKIM1 ; k = rsa ; p = " + FaultKeys.Fill("{rsa2048}").Insert(100, " \t ") },

        Bad("dkim-missing", null, "DKIM001"),
        Bad("dkim-alias-gone", null, "DKIM002") with { More = $"{At} CNAME gone" },
        Bad("dkim-revoked", "v=DKIM1; p=", "DKIM003"),
        Bad("dkim-text", "this is no key", "DKIM004"),
        Bad("dkim-tag-twice", "v=DKIM1; p={rsa2048}; p={rsa2048}", "DKIM005"),
        Bad("dkim-version", "v=DKIM2; p={rsa2048}", "DKIM006"),
        Bad("dkim-no-key", "v=DKIM1; k=rsa", "DKIM007"),
        Bad("dkim-no-base64", "v=DKIM1; p=MIIB!!!", "DKIM008"),
        Bad("dkim-cut-off", "v=DKIM1; p=" + FaultKeys.Fill("{rsa2048}")[..200], "DKIM009"),
        Bad("dkim-unknown-type", "v=DKIM1; k=dsa; p={rsa2048}", "DKIM010"),
        Bad("dkim-other-type", "v=DKIM1; k=ed25519; p={rsa2048}", "DKIM011"),
        Bad("dkim-512", "v=DKIM1; p={rsa512}", "DKIM012"),
        Warned("dkim-1024", "v=DKIM1; p={rsa1024}", "DKIM013"),
        Warned("dkim-testing", "v=DKIM1; t=y; p={rsa2048}", "DKIM014"),
        Bad("dkim-sha1", "v=DKIM1; h=sha1; p={rsa2048}", "DKIM015"),
        Bad("dkim-service", "v=DKIM1; s=other; p={rsa2048}", "DKIM016"),
        Warned("dkim-two", "v=DKIM1; p={rsa2048}", "DKIM017") with { More = FaultZone.Txt(At, "v=DKIM1; k=rsa; p={rsa2048}") },
        Warned("dkim-ed25519-only", "v=DKIM1; k=ed25519; p={ed25519}", "DKIM018"),
        Warned("dkim-version-last", "k=rsa; p={rsa2048}; v=DKIM1", "DKIM019"),
    ];

    private static FaultZone Bad(string id, string? dkim, string code) => new(id, code) { Dkim = dkim, DnsOnlyStatus = 1 };

    private static FaultZone Warned(string id, string? dkim, string code) => new(id, code) { Dkim = dkim };
}
