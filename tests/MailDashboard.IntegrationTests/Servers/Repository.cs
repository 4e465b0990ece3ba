using System.Runtime.CompilerServices;

namespace MailDashboard.IntegrationTests.Servers;

/// <summary>Finds files of the repository from wherever the tests were built to.</summary>
public static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", ".."));

    private static string Here([CallerFilePath] string path = "") => path;
}
