using System.Text.Json;
using MailDashboard.IntegrationTests.Servers;

namespace MailDashboard.IntegrationTests.Deployment;

/// <summary>One instruction, such as <c>RUN</c> with what follows it.</summary>
public sealed record DockerInstruction(string Keyword, string Arguments)
{
    /// <summary>The words of the JSON form (<c>["dotnet", …]</c>), also of <c>HEALTHCHECK … CMD […]</c>.</summary>
    public IReadOnlyList<string> Words =>
        JsonSerializer.Deserialize<string[]>(Arguments[Arguments.IndexOf('[', StringComparison.Ordinal)..]) ?? [];
}

/// <summary>The image's recipe as instructions, comments and line continuations taken away.</summary>
public sealed record Dockerfile(IReadOnlyList<DockerInstruction> Instructions)
{
    public static Dockerfile Load(string relativePath)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, relativePath));
        var lines = text.Split('\n').Where(line => !line.TrimStart().StartsWith('#'));
        var whole = string.Join('\n', lines).Replace("\\\n", " ", StringComparison.Ordinal);
        return new([.. whole.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' ', 2, StringSplitOptions.TrimEntries))
            .Select(parts => new DockerInstruction(parts[0].ToUpperInvariant(), parts.ElementAtOrDefault(1) ?? ""))]);
    }

    public DockerInstruction Single(string keyword) => Instructions.Single(instruction => instruction.Keyword == keyword);
}
