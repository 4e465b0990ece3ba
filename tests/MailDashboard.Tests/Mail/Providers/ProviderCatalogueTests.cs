using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Spf;
using MailDashboard.Mail.Providers;
using MailDashboard.Mail.Connecting;

namespace MailDashboard.Tests.Mail.Providers;

public class ProviderCatalogueTests
{
    private const string Domain = "harbour.example";

    public static TheoryData<string> Ids => [.. ProviderCatalogue.All.Select(p => p.Id)];

    [Fact]
    public void All_TheProvidersPeopleUse_AreThereOnce()
    {
        string[] expected =
        [
            "sendgrid", "mailjet", "brevo", "mailgun", "postmark", "amazon-ses", "sparkpost", "microsoft-365", "google-workspace", "zoho",
            "ovhcloud", "gandi", "ionos", "infomaniak", "fastmail", "scaleway", "mandrill", "resend", "smtp2go", "own",
        ];

        Assert.Equal(expected.Order(StringComparer.Ordinal), ProviderCatalogue.All.Select(p => p.Id).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Texts_BothLanguages_AreThereWithTheirTypography(string id)
    {
        foreach (var text in Texts(ProviderCatalogue.Find(id)!))
        {
            Assert.False(string.IsNullOrWhiteSpace(text.En), id);
            Assert.False(string.IsNullOrWhiteSpace(text.Fr), id);
            Assert.DoesNotContain('\'', text.Fr);
            Assert.DoesNotMatch(" [:;!?»]", text.Fr);
            Assert.Equal((text.En, text.Fr), (text.In("en"), text.In("fr")));
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Endpoints_AreSecureAndOneIsRecommended(string id)
    {
        var provider = ProviderCatalogue.Find(id)!;
        var chosen = Filled(provider);

        Assert.Single(provider.Endpoints, e => e.IsRecommended);
        Assert.NotEmpty(provider.Authentication);
        Assert.All(provider.Endpoints.Concat(provider.Imap).Concat(provider.Pop3), e =>
        {
            Assert.InRange(e.Port, 1, 65535);
            Assert.NotEqual(ServerSecurity.None, e.Security);
            Assert.Equal(e.Port is 465 or 2465 or 8465 or 993 or 995, e.Security == ServerSecurity.ImplicitTls);
            Assert.True(IsName(chosen.Fill(e.Host, Domain).Text), e.Host);
        });
        Assert.All(provider.Imap, e => Assert.Equal(993, e.Port));
        Assert.All(provider.Pop3, e => Assert.Equal(995, e.Port));
        Assert.All(provider.Limits, l => Assert.True(l.Value > 0));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Templates_NameFieldsThatExist_AndEveryFieldIsUsed(string id)
    {
        var provider = ProviderCatalogue.Find(id)!;
        var keys = Templates(provider).SelectMany(t => ProviderTemplate.Keys(t)).Where(k => k != ProviderTemplate.Domain).Distinct().Order();

        Assert.Equal(provider.Fields.Select(f => f.Key).Order(), keys);
        Assert.All(provider.Fields, f => Assert.NotNull(f.Read(f.Example)));
        Assert.All(provider.Fields, f => Assert.Equal(f.Kind == ProviderFieldKind.Choice, f.Choices.Length > 0));
        Assert.All(provider.Fields, f => Assert.True(f.Default is null || f.Read(f.Default) == f.Default, f.Key));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Records_FilledWithTheExamples_CanStandInAZone(string id)
    {
        var provider = ProviderCatalogue.Find(id)!;
        var chosen = Filled(provider);

        Assert.Empty(chosen.Missing);
        Assert.All(provider.Dkim.Concat(provider.ReturnPath), r =>
        {
            var owner = chosen.Fill(r.Owner, Domain).Text!;
            Assert.True(owner == "@" || DnsNames.CanBeAsked($"{owner}.{Domain}"), owner);
            var value = chosen.Fill(r.Value, Domain).Text!;
            Assert.True(r.Type == DnsRecordType.TXT ? value.All(c => c is >= ' ' and <= '~') : IsName(value), value);
            Assert.Contains(r.Type, new[] { DnsRecordType.CNAME, DnsRecordType.TXT, DnsRecordType.MX });
            Assert.Equal(r.Type == DnsRecordType.MX, r.Priority > 0);
        });
        Assert.All(provider.Dkim.Where(r => r.Owner != "@"), r => Assert.EndsWith("._domainkey", r.Owner, StringComparison.Ordinal));
    }

    [Fact]
    public void Mx_OfMailboxProviders_IsNamedAndRecognised()
    {
        Assert.All(ProviderCatalogue.All, p => Assert.Equal(p.Kind == ProviderKind.Mailbox, !p.Mx.IsEmpty));
        Assert.All(ProviderCatalogue.All.Where(p => !p.Mx.IsEmpty), p =>
        {
            var hosts = p.Mx.Select(r => Filled(p).Fill(r.Value, Domain).Text).ToList();
            Assert.All(p.Mx, r => Assert.Equal(("@", DnsRecordType.MX), (r.Owner, r.Type)));
            Assert.All(hosts, h => Assert.True(IsName(h), h));
            Assert.Equal([p.Id], ProviderRecognition.Of(hosts.OfType<string>(), null));
        });
    }

    [Fact]
    public void FieldsFor_ADomainThatReceivesAlready_LeavesOutThoseOfTheMx()
    {
        var provider = ProviderCatalogue.Find("microsoft-365")!;

        Assert.Equal(["dkim1", "dkim2"], provider.FieldsFor(isMxWanted: false).Select(f => f.Key));
        Assert.Equal(["dkim1", "dkim2", "mx"], provider.FieldsFor(isMxWanted: true).Select(f => f.Key));
        Assert.All(ProviderCatalogue.All, p => Assert.Empty(p.Mx.SelectMany(r => ProviderTemplate.Keys(r.Value)).Intersect(Templates(p with { Mx = [] }).SelectMany(t => ProviderTemplate.Keys(t)))));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Spf_Term_ObeysTheGrammar(string id)
    {
        var provider = ProviderCatalogue.Find(id)!;

        Assert.Equal(provider.Spf.Use == SpfUse.None, provider.Spf.Term is null);
        Assert.Equal(provider.Spf.Use == SpfUse.Subdomain, provider.Spf.At is not null);
        if (provider.Spf.Term is { } term)
        {
            Assert.False(SpfParser.Parse($"v=spf1 {Filled(provider).Fill(term, Domain).Text} ~all").HasErrors);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Facts_ThatWereRead_NameTheirSource(string id)
    {
        var provider = ProviderCatalogue.Find(id)!;
        var facts = provider.Endpoints.Concat(provider.Imap).Concat(provider.Pop3).Select(e => (e.Standing, e.Source))
            .Concat(provider.Dkim.Concat(provider.ReturnPath).Concat(provider.Mx).Select(r => (r.Standing, r.Source)))
            .Concat(provider.Limits.Select(l => (l.Standing, l.Source)))
            .Append((provider.Spf.Standing, provider.Spf.Source));

        Assert.All(facts, f => Assert.True(f.Standing == FactStanding.Unverified || !string.IsNullOrEmpty(f.Source)));
        Assert.Equal("https", provider.Documentation.Scheme);
    }

    [Theory]
    [InlineData(ProviderFieldKind.Name, " Target.Example.ORG. ", "target.example.org")]
    [InlineData(ProviderFieldKind.Name, "nodot", null)]
    [InlineData(ProviderFieldKind.Name, "a b.example", null)]
    [InlineData(ProviderFieldKind.Label, "em1234", "em1234")]
    [InlineData(ProviderFieldKind.Label, "em.1234", null)]
    [InlineData(ProviderFieldKind.Selector, "S1._domainkey.harbour.example", "s1")]
    [InlineData(ProviderFieldKind.Text, "\"v=DKIM1; p=AA\" \"BB\"", "v=DKIM1; p=AABB")]
    [InlineData(ProviderFieldKind.Text, "v=DKIM1\\; p=AA", "v=DKIM1; p=AA")]
    [InlineData(ProviderFieldKind.Text, "é", null)]
    [InlineData(ProviderFieldKind.Text, " ", null)]
    public void Read_WhatPeoplePaste_IsBroughtIntoForm(ProviderFieldKind kind, string typed, string? expected) =>
        Assert.Equal(expected, new ProviderField("k", kind, new ProviderText("k", "k"), "e").Read(typed));

    [Fact]
    public void Fill_FieldMissing_IsNamedAndNothingIsMadeUp()
    {
        var filled = new ChosenProvider(ProviderCatalogue.Find("amazon-ses")!).Fill("{token1}.{region}.{domain}", Domain);

        Assert.Null(filled.Text);
        Assert.Equal(["token1", "region"], filled.Missing);
    }

    private static ChosenProvider Filled(MailProvider provider) => new(provider, provider.Fields.ToImmutableDictionary(f => f.Key, f => f.Example));

    private static bool IsName(string? name) => name is not null && name.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(name.Replace("_", "", StringComparison.Ordinal)) == UriHostNameType.Dns;

    private static IEnumerable<string> Templates(MailProvider p) => p.Endpoints.Concat(p.Imap).Concat(p.Pop3).Select(e => e.Host)
        .Concat(p.Dkim.Concat(p.ReturnPath).Concat(p.Mx).SelectMany(r => new[] { r.Owner, r.Value }))
        .Concat(new[] { p.Spf.Term, p.Spf.At }.OfType<string>());

    private static IEnumerable<ProviderText> Texts(MailProvider p) =>
        p.Fields.Select(f => f.Label)
            .Concat(p.Limits.Select(l => l.Note).OfType<ProviderText>())
            .Concat(new[] { p.Name, p.UserName, p.Password, p.EventLog, p.Console, p.Note, p.Spf.Note }.OfType<ProviderText>());
}
