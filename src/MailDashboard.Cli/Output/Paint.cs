using MailDashboard.Checks;

namespace MailDashboard.Cli.Output;

/// <summary>Colours, where the output is a terminal and nobody asked for none (NO_COLOR).</summary>
internal sealed class Paint(bool isOn)
{
    /// <summary>For what goes to this host's standard output.</summary>
    public static Paint For(CliHost host) =>
        new(host.IsOutputTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));

    /// <summary>A severity, as a word in its colour.</summary>
    public string Severity(Severity severity) => Wrap(severity.ToString().ToUpperInvariant(), severity switch
    {
        Checks.Severity.Critical => "1;31",
        Checks.Severity.Error => "31",
        Checks.Severity.Warning => "33",
        Checks.Severity.Notice => "34",
        _ => "2",
    });

    /// <summary>Good.</summary>
    public string Good(string text) => Wrap(text, "32");

    /// <summary>Bad.</summary>
    public string Bad(string text) => Wrap(text, "31");

    /// <summary>Not known: neither good nor bad.</summary>
    public string Unknown(string text) => Wrap(text, "36");

    /// <summary>Less important.</summary>
    public string Faint(string text) => Wrap(text, "2");

    /// <summary>Stands out.</summary>
    public string Strong(string text) => Wrap(text, "1");

    private string Wrap(string text, string code) => isOn ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
