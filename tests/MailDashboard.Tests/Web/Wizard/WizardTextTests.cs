using System.Globalization;
using System.Resources;
using MailDashboard.Mail.Advice;
using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Guides;
using MailDashboard.Mail.Providers;
using MailDashboard.Mail.Publishing;
using MailDashboard.Mail.Publishing.Keys;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Wizard;
using MailDashboard.Web.Wizard;

namespace MailDashboard.Tests.Web.Wizard;

/// <summary>Keys that pages compose from what Mail and Monitoring know: each has its sentence in both languages.</summary>
public sealed class WizardTextTests
{
    private static readonly ResourceManager Texts = new(typeof(WizardTexts).FullName!, typeof(WizardTexts).Assembly);

    public static TheoryData<string> Languages => ["", "fr"];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Keys_ThatPagesCompose_HaveTexts(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        var missing = Keys().Where(k => string.IsNullOrWhiteSpace(Texts.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.GetString(k)));

        Assert.Empty(missing);
    }

    private static IEnumerable<string> Keys() =>
    [
        .. Guides().SelectMany(g => g.Steps).Select(s => $"Guide.{s.Key}"),
        .. Of<WizardStep>("Step"), .. Of<WizardStep>("Step").SelectMany(k => new[] { $"{k}.Title", $"{k}.Why" }), .. Of<ProofState>("Proof"),
        .. WizardProofs.Of(new WizardState { Domain = new DomainPart { OwnHosts = ["mx.example.org"] } }, true, true).Select(p => $"Proof.{p.Step}"),
        .. Of<AdviceTopic>("Topic"), .. Of<AdviceOption>("Option"), .. Of<AdviceOption>("Option").Select(k => $"{k}.Text"), .. Of<AdviceReason>("Reason"),
        .. Of<MailPurpose>("Purpose"), .. Of<SendingSystem>("System"), .. Of<ReadingWith>("Reading"),
        .. Of<ProviderKind>("ProviderKind"), .. Of<ProviderLimitKind>("Limit"), .. Of<FactStanding>("Standing"),
        .. Of<MailServer>("Server"), .. Of<CertificateClient>("Client"), .. Of<SigningServer>("Signer"), .. Of<LogFate>("Fate"),
        .. Of<PlanPart>("Part"), .. Of<PlanAction>("Action"), .. Of<DmarcStage>("Dmarc"), .. Of<DmarcStage>("Dmarc.Stage"), .. Of<DmarcStage>("Dmarc.May").Skip(1), .. Of<FileState>("File"),
        .. Of<ServerSecurity>("Security"), .. Of<ProfileFault>("ProfileFault"),
        "Domain.Nowhere", "Domain.IsParked", "Domain.IsReceiving", "Domain.IsSending", "Domain.IsBoth",
    ];

    private static IEnumerable<Guide> Guides()
    {
        var senders = Enum.GetValues<MailServer>().Where(s => s != MailServer.Dovecot).ToList();
        return Enum.GetValues<MailServer>().SelectMany(s => CertificateGuide.ClientsFor(s).Select(c => CertificateGuide.For(c, s, "mx.example.org")))
            .Concat(senders.Select(s => LimitGuide.For(s, 1, 1)))
            .Concat(senders.Select(LoggingGuide.For));
    }

    private static IEnumerable<string> Of<T>(string prefix)
        where T : struct, Enum => Enum.GetNames<T>().Select(n => $"{prefix}.{n}");
}
