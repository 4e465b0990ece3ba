using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MailDashboard.Cli.Output;

/// <summary>JSON as every command prints it: camelCase, enum names in camelCase, readable characters left readable.</summary>
public static class JsonOutput
{
    // Relaxed: this goes to a program or a terminal, never into a page.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        WriteIndented = true,
        MaxDepth = 256,
    };

    private static readonly JsonSerializerOptions Line = new(Options) { WriteIndented = false };

    /// <summary>One document.</summary>
    public static Task WriteAsync<T>(TextWriter output, T document) => output.WriteLineAsync(JsonSerializer.Serialize(document, Options));

    /// <summary>One document on one line (JSON Lines).</summary>
    public static Task WriteLineAsync<T>(TextWriter output, T document) => output.WriteLineAsync(JsonSerializer.Serialize(document, Line));
}
