using System.Globalization;
using System.Resources;
using MailDashboard.Checks;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Texts;

namespace MailDashboard.Mail.Messages;

/// <summary>Marks, facts and reasons in a reader's language. Plain text: encoding is the page's job.</summary>
public static class MessageTexts
{
    /// <summary>The texts under the same keys as those of a check family, so that <see cref="FindingTexts"/> reads them.</summary>
    public static FamilyDescriptor Descriptor { get; } = new(
        "message",
        "MSG",
        FamilyKind.Dns,
        [.. MessageMarks.All.Select(m => m.Finding)],
        new ResourceManager("MailDashboard.Mail.Messages.MessageTexts", typeof(MessageTexts).Assembly));

    private static FamilyDescriptor Lists { get; } = new BlocklistCheck().Descriptor;

    /// <summary>Title, explanation and remedy of a mark.</summary>
    public static FindingText Render(MessageVerdict verdict, MessageMark mark, CultureInfo culture) =>
        MessageMarks.Find(mark.Code) is { } definition
            ? FindingTexts.Render(Descriptor, new Finding(definition.Finding, mark.Subject, mark.Evidence), verdict.FromDomain, culture)
            : new FindingText(mark.Code, "", []);

    /// <summary>The label of a piece of evidence.</summary>
    public static string Label(Evidence evidence, CultureInfo culture) => FindingTexts.Label(Descriptor, evidence, culture);

    /// <summary>What is fine, in words; <see cref="Fact.Value"/> says what was seen.</summary>
    public static string Label(Fact fact, CultureInfo culture) => FindingTexts.Label(Descriptor, fact, culture);

    /// <summary>Why something could not be determined: in our words, or in those of the family that said so.</summary>
    public static string Render(Reason reason, CultureInfo culture) => FindingTexts.Render(
        Descriptor.Texts.GetString($"Reason.{reason.Key}", culture) is null && Lists.Texts.GetString($"Reason.{reason.Key}", culture) is not null ? Lists : Descriptor, reason, culture);

    /// <summary>The evidence of a mark that a reader is shown: what is there in several languages comes in theirs.</summary>
    public static IEnumerable<Evidence> EvidenceFor(MessageMark mark, CultureInfo culture) =>
        FindingTexts.EvidenceFor(new Finding(MessageMarks.Find(mark.Code)?.Finding ?? new FindingDefinition(mark.Code, mark.Severity, ""), mark.Subject, mark.Evidence), culture);

    /// <summary>A word of ours as evidence, in both languages.</summary>
    internal static IEnumerable<Evidence> Local(string label, string key)
    {
        yield return new Evidence(label, Descriptor.Texts.GetString(key, CultureInfo.InvariantCulture) ?? key);
        yield return new Evidence($"{label}.fr", Descriptor.Texts.GetString(key, CultureInfo.GetCultureInfo("fr")) ?? key);
    }

    /// <summary>The name of an area.</summary>
    public static string Name(MarkArea area, CultureInfo culture) => Descriptor.Texts.GetString($"Area.{area}", culture) ?? area.ToString();
}
