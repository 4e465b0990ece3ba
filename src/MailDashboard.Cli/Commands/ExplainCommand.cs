using System.CommandLine;
using System.Globalization;
using System.Text;
using MailDashboard.Cli.Output;
using MailDashboard.Mail.Replies;

namespace MailDashboard.Cli.Commands;

/// <summary><c>maildash explain</c>: what a server's reply means, and which checks look at it.</summary>
internal sealed class ExplainCommand : CliCommand
{
    private readonly Argument<string[]> _reply = new("REPLY")
    {
        Description = "What the server said: the reply, a line of a log, or a whole report.",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>The command with its options.</summary>
    public ExplainCommand()
        : base("explain", "Explain what a mail server replied.", "maildash explain \"550 5.7.1 …\" [--json]") => Arguments.Add(_reply);

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult result, CommonOptions common, CliHost host, CancellationToken cancellationToken)
    {
        // Who forgets the quotes means the same.
        var text = string.Join(' ', result.GetRequiredValue(_reply));
        var explanation = ReplyDecoder.Explain(text, "en")
            ?? throw new CliException($"'{CliDomain.Show(text)}' holds no reply of a mail server; give its code too, such as \"550 5.7.1 …\"", ExitCode.Usage);
        if (result.GetValue(common.Json))
        {
            await JsonOutput.WriteAsync(host.Output, ExplainJson.From(explanation)).ConfigureAwait(false);
        }
        else
        {
            await host.Output.WriteLineAsync(Render(explanation, Paint.For(host))).ConfigureAwait(false);
        }

        return ExitCode.Good;
    }

    private static string Render(ReplyExplanation explanation, Paint paint)
    {
        var text = new StringBuilder();
        var word = explanation.Class switch
        {
            ReplyClass.Permanent => paint.Bad("PERMANENT"),
            ReplyClass.Temporary => paint.Unknown("TEMPORARY"),
            _ => paint.Good("ACCEPTED"),
        };
        text.Append(string.Join(' ', new[] { word, explanation.Reply.Code?.ToString(CultureInfo.InvariantCulture), explanation.Reply.Enhanced?.ToString() }.OfType<string>()));
        text.Append(CultureInfo.InvariantCulture, $"{(explanation.Provider is { } provider ? $" from {provider}" : "")}\n{explanation.Meaning}\n");
        Append(text, "Likely causes", explanation.Causes);
        Append(text, "What to do", explanation.Remedies);
        if (!explanation.Checks.IsEmpty)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nLook with: maildash check DOMAIN --families {string.Join(',', explanation.Checks)}\n");
        }

        if (explanation.Source is { } source)
        {
            text.Append(paint.Faint($"\nSource: {source}{(explanation.IsVerified ? "" : ", not verified with the provider")}"));
        }

        return text.ToString().TrimEnd();
    }

    private static void Append(StringBuilder text, string heading, IReadOnlyCollection<string> items)
    {
        if (items.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{heading}:\n");
            foreach (var item in items)
            {
                text.Append(CultureInfo.InvariantCulture, $"  - {item}\n");
            }
        }
    }
}
