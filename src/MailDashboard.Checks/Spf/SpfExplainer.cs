using System.Globalization;
using System.Resources;

namespace MailDashboard.Checks.Spf;

/// <summary>Says in plain words what a term of the tree means and what is wrong with it.</summary>
public static class SpfExplainer
{
    private static readonly ResourceManager Texts = new("MailDashboard.Checks.Spf.SpfTexts", typeof(SpfExplainer).Assembly);

    /// <summary>Whom the term is about and what it says of them: "the mail servers of example.org may send".</summary>
    public static string Meaning(SpfNode node, CultureInfo culture)
    {
        if (node.Kind == SpfTermKind.Invalid)
        {
            return Text($"Evidence.error{node.Error}", culture);
        }

        var what = string.Format(culture, Text($"Term.{node.Kind}", culture), About(node));
        return node.Term.IsDirective ? string.Format(culture, Text($"Qualifier.{node.Qualifier}", culture), what) : what;
    }

    /// <summary>What is wrong with the term or to be known about it; null where nothing is.</summary>
    public static string? Problem(SpfNode node, CultureInfo culture) => node switch
    {
        { Note: SpfNote.Syntax } => Text("Note.Syntax", culture),
        { Note: not SpfNote.None } => Text($"Note.{node.Note}", culture),
        { Included.State: not SpfRecordState.Valid } => Text($"State.{node.Included.State}", culture),
        { PassesLimit: true } => Text("Note.PassesLimit", culture),
        _ => null,
    };

    private static string About(SpfNode node)
    {
        if (node.Kind is SpfTermKind.Ip4 or SpfTermKind.Ip6)
        {
            return node.Text[(node.Text.IndexOf(':', StringComparison.Ordinal) + 1)..];
        }

        // Where the name depends on the client, the macro itself is all that can be shown.
        return node.Target ?? node.Text[(node.Text.AsSpan().IndexOfAny(':', '=') + 1)..];
    }

    private static string Text(string key, CultureInfo culture) => Texts.GetString(key, culture) ?? key;
}
